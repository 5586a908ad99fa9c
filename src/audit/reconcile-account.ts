import type { Book } from '../book/book-interface.ts'
import type { BalanceSnapshot, BookAccount, Movement, Stream } from '../book/record.ts'
import type { MovementBatch } from '../book/row-batch.ts'
import { type Decimal, zero } from '../decimal/decimal.ts'
import { potLevelsOf } from '../rules/debt.ts'
import type { Interval } from '../time/interval.ts'
import { covers } from '../time/interval-set.ts'
import { amountOf, unitsFrom, unitsOf } from './evidence/units.ts'

/** What of an asset is reconciled on its own. `interest` is unpaid interest, below zero; `cash` is OKX's, by its bills. */
export type Wallet = 'um' | 'cm' | 'margin' | 'interest' | 'cash'

/** Everything of one kind, in the exchange's own word: an income type, `LOAN`, `REPAY`, a bill's type, or `charge`. */
export interface WalletLine {
  readonly kind: string
  readonly count: number
  /** Signed change of the wallet. */
  readonly amount: Decimal
}

/** One wallet of one asset between two balances: `opening`, every line and `leftOver` added together are `closing`. */
export interface WalletReconciliation {
  readonly account: string
  readonly asset: string
  readonly wallet: Wallet
  /** When the two balances were read, or the first and the last bill came. */
  readonly from: number
  readonly to: number
  readonly opening: Decimal
  readonly lines: readonly WalletLine[]
  readonly closing: Decimal
  /** What nothing recorded accounts for. Of `margin` it is what came from and went to outside, of which there is no history. */
  readonly leftOver: Decimal
  /** Histories that are not proven between the two: what is left over may stand in them. */
  readonly unproven: readonly Stream[]
}

export interface ReconcileOptions {
  readonly book: Pick<Book, 'balances' | 'movementBatches' | 'chargeBatches' | 'marginChargeBatches' | 'proven'>
  readonly account: BookAccount
  /** Balances and rows of these instants alone. */
  readonly within?: Interval | undefined
}

interface Sum {
  count: number
  units: bigint
}

interface Pot {
  readonly from: number
  to: number
  readonly opening: bigint
  closing: bigint
  readonly sums: Map<string, Sum>
}

/** The pots of each asset; an asset seen once alone has none. */
type Pots = Map<string, Map<Wallet, Pot>>

/**
 * Holds the balances of an account against everything recorded between the first and the last of them, wallet by wallet.
 * Reads each history once; what is kept grows with the assets, not with the rows. By asset, in order.
 *
 * @throws `book.account-unknown`
 */
export async function reconcileAccount(options: ReconcileOptions): Promise<readonly WalletReconciliation[]> {
  const pots = options.account.exchange === 'binance' ? await binancePots(options) : await okxPots(options)
  const found: WalletReconciliation[] = []
  for (const [asset, wallets] of [...pots].sort(([left], [right]) => (left < right ? -1 : 1))) {
    for (const [wallet, pot] of wallets) {
      // A wallet that held nothing and did nothing has nothing to reconcile.
      if (pot.sums.size > 0 || pot.opening !== 0n || pot.closing !== 0n) found.push(await reconciled(options, asset, wallet, pot))
    }
  }
  return Object.freeze(found)
}

async function reconciled({ book, account }: ReconcileOptions, asset: string, wallet: Wallet, pot: Pot): Promise<WalletReconciliation> {
  const { from, to, opening, closing, sums } = pot
  let left = closing - opening
  for (const { units } of sums.values()) left -= units
  const unproven: Stream[] = []
  for (const stream of streamsOf(wallet, asset)) {
    if (!covers(await book.proven(account.label, stream), { from: from + 1, to: to + 1 })) unproven.push(stream)
  }
  return Object.freeze({
    account: account.label,
    asset,
    wallet,
    from,
    to,
    opening: amountOf(opening),
    lines: Object.freeze([...sums].map(([kind, { count, units }]) => Object.freeze({ kind, count, amount: amountOf(units) }))),
    closing: amountOf(closing),
    leftOver: amountOf(left),
    unproven: Object.freeze(unproven),
  })
}

function streamsOf(wallet: Wallet, asset: string): readonly Stream[] {
  switch (wallet) {
    case 'um':
      return ['um-income']
    case 'cm':
      return ['cm-income']
    case 'margin':
      return ['um-income', 'cm-income', `margin-loans:${asset}`, `margin-repayments:${asset}`]
    case 'interest':
      return ['interest', 'margin-interest', `margin-repayments:${asset}`]
    case 'cash':
      return ['bills']
  }
}

async function binancePots({ book, account: { label: account }, within }: ReconcileOptions): Promise<Pots> {
  const pots: Pots = new Map()
  for await (const balance of book.balances({ account, within, order: 'oldest-first' })) see(pots, balance)
  for (const [asset, wallets] of pots) if (wallets.get('um')?.from === wallets.get('um')?.to) pots.delete(asset)
  if (pots.size === 0) return pots
  for await (const batch of book.movementBatches({ account, within })) {
    for (let place = 0; place < batch.count; place++) countMovement(pots, batch, place)
  }
  for await (const { count: rows, at, series, seriesOf, interestMantissa, interestScale, beyond64, wide } of book.chargeBatches(
    account,
    within,
  )) {
    for (let place = 0; place < rows; place++) {
      const interest = beyond64.has(place) ? wide.get(place)?.interest : undefined
      const units = interest === undefined ? unitsFrom(interestMantissa[place] ?? 0n, interestScale[place] ?? 0) : unitsOf(interest)
      count(pots, series[seriesOf[place] ?? 0]?.asset ?? '', 'interest', at[place] ?? 0, 'charge', -units)
    }
  }
  for await (const { count: rows, at, names, nameOf, interest } of book.marginChargeBatches({ account, within })) {
    for (let place = 0; place < rows; place++) {
      const { asset = '', type = '' } = names[nameOf[place] ?? 0] ?? {}
      // PORTFOLIO rows tell the charges a second time.
      if (type !== 'PORTFOLIO') count(pots, asset, 'interest', at[place] ?? 0, type, -unitsOf(interest.get(place) ?? zero))
    }
  }
  return pots
}

/** Futures wallets and unpaid interest as what is owed is told from them, and beside them what cross margin holds. */
function see(pots: Pots, balance: BalanceSnapshot): void {
  const { asset, takenAt, total, um, cm } = balance
  const owing = [...potLevelsOf('binance', balance)].map(([pot, level]) => [pot, unitsOf(level)] as const)
  const levels = { ...Object.fromEntries(owing), margin: unitsOf(total) - unitsOf(um) - unitsOf(cm) }
  const wallets = pots.get(asset) ?? new Map<Wallet, Pot>()
  pots.set(asset, wallets)
  for (const [wallet, level] of Object.entries(levels) as [Wallet, bigint][]) {
    const pot = wallets.get(wallet)
    if (pot === undefined) wallets.set(wallet, { from: takenAt, to: takenAt, opening: level, closing: level, sums: new Map() })
    else {
      pot.to = takenAt
      pot.closing = level
    }
  }
}

function countMovement(pots: Pots, { at, names, nameOf, amount, interest }: MovementBatch, place: number): void {
  const name = names[nameOf[place] ?? 0]
  const told = amount.get(place)
  if (name === undefined || told === undefined) return
  for (const [wallet, kind, units] of effectsOf({ ...name, amount: told, interest: interest.get(place) })) {
    count(pots, name.asset, wallet, at[place] ?? 0, kind, units)
  }
}

/** What a movement does to the wallets: what comes into a futures wallet as a transfer leaves cross margin (facts A4.3). */
function effectsOf({
  stream,
  kind,
  amount,
  interest,
}: Pick<Movement, 'stream' | 'kind' | 'amount' | 'interest'>): readonly (readonly [Wallet, string, bigint])[] {
  const units = unitsOf(amount)
  if (stream === 'margin-loans') return [['margin', kind, units]]
  if (stream === 'margin-repayments') {
    const paid: readonly (readonly [Wallet, string, bigint])[] = interest === undefined ? [] : [['interest', kind, unitsOf(interest)]]
    return [['margin', kind, units], ...paid]
  }
  if (stream === 'bills') return []
  const wallet = stream === 'um-income' ? 'um' : 'cm'
  return kind === 'TRANSFER'
    ? [
        [wallet, kind, units],
        ['margin', `${kind} ${wallet.toUpperCase()}`, -units],
      ]
    : [[wallet, kind, units]]
}

function count(pots: Pots, asset: string, wallet: Wallet, at: number, kind: string, units: bigint): void {
  const pot = pots.get(asset)?.get(wallet)
  if (pot === undefined || at <= pot.from || at > pot.to) return
  const sum = pot.sums.get(kind)
  if (sum === undefined) pot.sums.set(kind, { count: 1, units })
  else {
    sum.count++
    sum.units += units
  }
}

/** Each bill tells what cash was after it: from before the first to after the last. */
async function okxPots({ book, account: { label: account }, within }: ReconcileOptions): Promise<Pots> {
  const pots: Pots = new Map()
  for await (const batch of book.movementBatches({ account, within })) {
    for (let place = 0; place < batch.count; place++) countBill(pots, batch, place)
  }
  return pots
}

function countBill(pots: Pots, { at: instants, names, nameOf, amount, balanceAfter }: MovementBatch, place: number): void {
  const { asset = '', kind = '' } = names[nameOf[place] ?? 0] ?? {}
  const at = instants[place] ?? 0
  const [moved, level] = [amount.get(place), balanceAfter.get(place)]
  // A bill that moves no cash may be of an isolated position and tell that one's balance.
  if (level === undefined || moved === undefined || moved.mantissa === 0n) return
  const [units, after] = [unitsOf(moved), unitsOf(level)]
  const known = pots.get(asset)?.get('cash')
  const pot = known ?? { from: at - 1, to: at, opening: after - units, closing: after, sums: new Map<string, Sum>() }
  if (known === undefined) pots.set(asset, new Map<Wallet, Pot>([['cash', pot]]))
  pot.to = at
  pot.closing = after
  count(pots, asset, 'cash', at, kind, units)
}
