import { add } from '../../decimal/arithmetic.ts'
import { zero } from '../../decimal/decimal.ts'
import type { Account, Holding } from './account.ts'
import { amountOf } from './amount.ts'
import { negativeBalanceChargeId, onBorrowChargeId, periodicLoanChargeId } from './charge-id.ts'
import type { ChargeStore } from './charge-store.ts'
import type { ChargeQuery, OkxChargeQuery } from './engine-interface.ts'
import type { BinanceCharge, LoanCharge, OkxCharge } from './record.ts'
import type { State } from './state.ts'

/** Rows of Binance charges, newest first. */
export function queryBinanceCharges(state: State, store: ChargeStore, account: Account, query: ChargeQuery): BinanceCharge[] {
  const debtors = debtorsOf(account, ({ asset }) => query.asset === undefined || asset === query.asset)
  const found: BinanceCharge[] = []
  const limit = query.limit ?? Number.POSITIVE_INFINITY
  if (limit <= 0) return found
  for (const { at, debtor, rate, amounts } of store.rows(debtors, query.from ?? 0, query.to ?? Number.POSITIVE_INFINITY)) {
    const [principal = 0n, interest = 0n] = amounts
    found.push(
      Object.freeze({
        id: negativeBalanceChargeId(at, debtor),
        account: account.label,
        asset: state.holdings.binance[debtor]?.asset ?? '',
        at,
        principal: amountOf(principal, 'binance'),
        rateDaily: state.market.rates[rate] ?? zero,
        interest: amountOf(interest, 'binance'),
      }),
    )
    if (found.length >= limit) break
  }
  return found
}

/** Rows of charges on Binance margin loans, newest first. */
export function queryLoanCharges(state: State, store: ChargeStore, account: Account, query: ChargeQuery): LoanCharge[] {
  const debtors = debtorsOf(account, ({ asset }) => query.asset === undefined || asset === query.asset)
  const found: LoanCharge[] = []
  const limit = query.limit ?? Number.POSITIVE_INFINITY
  if (limit <= 0) return found
  for (const { at, tag, debtor, rate, amounts } of store.rows(debtors, query.from ?? 0, query.to ?? Number.POSITIVE_INFINITY)) {
    const [principal = 0n, interest = 0n] = amounts
    found.push(
      Object.freeze({
        id: tag === 0 ? periodicLoanChargeId(at, debtor) : onBorrowChargeId(at, tag),
        account: account.label,
        asset: state.holdings.binance[debtor]?.asset ?? '',
        at,
        principal: amountOf(principal, 'binance'),
        rateDaily: state.market.rates[rate] ?? zero,
        interest: amountOf(interest, 'binance'),
        type: tag === 0 ? 'periodic' : 'on-borrow',
      }),
    )
    if (found.length >= limit) break
  }
  return found
}

/** Rows of OKX charges, newest first; those the exchange does not show yet at `visibleAt` are left out. */
export function queryOkxCharges(
  state: State,
  store: ChargeStore,
  account: Account,
  query: OkxChargeQuery,
  recordDelayMs: number,
): OkxCharge[] {
  const debtors = debtorsOf(account, (holding) => matches(holding, query))
  const visibleTo = query.visibleAt === undefined ? Number.POSITIVE_INFINITY : query.visibleAt - recordDelayMs
  const to = Math.min(query.to ?? Number.POSITIVE_INFINITY, visibleTo)
  const found: OkxCharge[] = []
  const limit = query.limit ?? Number.POSITIVE_INFINITY
  if (limit <= 0) return found
  for (const { at, debtor, rate, amounts } of store.rows(debtors, query.from ?? 0, to)) {
    const [charged = 0n, free = 0n, interest = 0n] = amounts
    const holding = state.holdings.okx[debtor]
    const liability = amountOf(charged, 'okx')
    const interestFreeLiability = amountOf(free, 'okx')
    const instId = holding?.instId ?? ''
    found.push(
      Object.freeze({
        account: account.label,
        asset: holding?.asset ?? '',
        loanType: (holding?.order ?? '') === '' ? '2' : '1',
        order: holding?.order ?? '',
        instId,
        marginMode: instId === '' ? 'cross' : 'isolated',
        at,
        liability,
        totalLiability: add(liability, interestFreeLiability),
        interestFreeLiability,
        rateDaily: state.market.rates[rate] ?? zero,
        interest: amountOf(interest, 'okx'),
        visibleAt: at + recordDelayMs,
      }),
    )
    if (found.length >= limit) break
  }
  return found
}

function matches({ asset, instId, order }: Holding, query: OkxChargeQuery): boolean {
  if (query.loanType !== undefined && (query.loanType === '1') !== (order !== '')) return false
  if (query.order !== undefined && order !== query.order) return false
  if (query.asset !== undefined && asset !== query.asset) return false
  if (query.instId !== undefined && instId !== query.instId) return false
  return query.marginMode === undefined || (query.marginMode === 'cross') === (instId === '')
}

/** Ids of the account's holdings that match, ascending. */
function debtorsOf(account: Account, wanted: (holding: Holding) => boolean): number[] {
  return [...account.holdings.values()]
    .filter(wanted)
    .map(({ id }) => id)
    .sort((left, right) => left - right)
}
