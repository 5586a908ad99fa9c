import type { Stream } from '../../src/book/record.ts'
import { divide, negate, strip } from '../../src/decimal/arithmetic.ts'
import { type Decimal, decimal, toText } from '../../src/decimal/decimal.ts'
import { okxLiabilityFields, okxLiabilityFieldsDefaults } from '../../src/rules/okx-liability-fields.ts'
import { boundaryAtOrBefore, everyDayAtMidnightUtc } from '../../src/time/boundary.ts'
import { dayMs } from '../../src/time/units.ts'
import { incomeOf } from '../../src/venue/http/binance/answers/income-rows.ts'
import { changeOf, repaidBy } from '../../src/venue/http/binance/answers/repaid.ts'
import { billSubTypeOf, billTypeOf } from '../../src/venue/http/okx/answers/bill-types.ts'
import type { AccountTruth, OkxBill, OkxCharge, RateTruth, Venue } from '../../src/venue/index.ts'
import { absent, empty, type Row, rowKey } from './row.ts'

type Binance = Extract<AccountTruth, { exchange: 'binance' }>
type Okx = Extract<AccountTruth, { exchange: 'okx' }>

const hoursOfDay = decimal('24')
const plain = (value: Decimal, least = 0) => toText(strip(value, least))

/** Every record there really is of every history, as the exchanges print them (documents 000, 001 and 002, facts A5, A6, B5), by key. */
export function trueRows(venue: Venue): ReadonlyMap<string, Row> {
  const { accounts, rates, now } = venue.truth()
  const rows = accounts.flatMap((state) =>
    state.exchange === 'okx'
      ? okxRows(venue, state)
      : [
          ...interest(state),
          ...runs(state),
          ...marginInterest(state),
          ...income(state),
          ...loans(state),
          ...publishedRates(state, rates, now),
        ],
  )
  return new Map(rows.map((row) => [row.key, row]))
}

/** Interest that the bills, or the margin interest history, tell a second time. */
function withTwins(rows: readonly Row[], twinOf: (row: Row) => string | undefined): readonly Row[] {
  return rows.map((row) => {
    const twin = twinOf(row)
    return twin === undefined ? row : { ...row, twin }
  })
}

function rowOf(account: string, stream: Stream, at: number, names: readonly string[], values: readonly string[], record?: unknown): Row {
  return { account, stream, at, key: rowKey(account, stream, at, ...names), values, ...(record === undefined ? {} : { record }) }
}

function okxRows(venue: Venue, state: Okx): readonly Row[] {
  const told = bills(venue, state)
  const place = (of: { readonly asset: string; readonly instId: string; readonly at: number }) => `${of.asset} ${of.instId} ${of.at}`
  const byPlace = new Map(
    told.flatMap(({ key, record }) => ((record as OkxBill).kind === 'interest' ? [[place(record as OkxBill), key]] : [])),
  )
  return [...withTwins(accrued(state), ({ record }) => byPlace.get(place(record as OkxCharge))), ...told]
}

function accrued({ account, charges }: Okx): readonly Row[] {
  return charges.map((record) => {
    const { at, asset, instId, marginMode, liability, rateDaily, interest, totalLiability, interestFreeLiability } = record
    const hourly = strip(divide(rateDaily, hoursOfDay, 16, 'down'))
    const fields = okxLiabilityFields(at, okxLiabilityFieldsDefaults)
    const told = (value: Decimal) => (fields === 'present' ? plain(value) : fields === 'empty' ? empty : absent)
    const values = [plain(liability), toText(hourly), plain(interest), told(totalLiability), told(interestFreeLiability)]
    return rowOf(account, 'interest', at, [asset, instId, marginMode], values, record)
  })
}

function bills({ engine }: Venue, { account }: Okx): readonly Row[] {
  return engine.okxBills({ account }).map((record) => {
    const { id, asset, at, balanceChange, balance, interest } = record
    const values = [`${billTypeOf(record)}/${billSubTypeOf(record)}`, plain(balanceChange), plain(balance), plain(interest)]
    return rowOf(account, 'bills', at, [String(id), asset], values, record)
  })
}

function interest({ account, charges }: Binance): readonly Row[] {
  return charges.map((record) => {
    const { at, asset, principal, rateDaily, interest: charged } = record
    const row = rowOf(account, 'interest', at, [asset, '', ''], [plain(principal), plain(rateDaily), plain(charged, 4)], record)
    return { ...row, twin: rowKey(account, 'margin-interest', at, String(record.id), asset) }
  })
}

function runs({ account, exchangeRuns }: Binance): readonly Row[] {
  return exchangeRuns.map((record) => {
    const details = record.details.flatMap(({ asset, negativeBalance, maximumThreshold }) => [
      asset,
      plain(negativeBalance),
      plain(maximumThreshold),
    ])
    return rowOf(account, 'exchanges', record.from, [], [String(record.to), ...details], record)
  })
}

/** The charges on margin loans, and those on negative balances a second time. */
function marginInterest({ account, charges, loanCharges }: Binance): readonly Row[] {
  return [...charges, ...loanCharges].map((record) => {
    const { id, at, asset, principal, rateDaily, interest: charged } = record
    const type = 'type' in record ? (record.type === 'on-borrow' ? 'ON_BORROW' : 'PERIODIC') : 'PORTFOLIO'
    return rowOf(account, 'margin-interest', at, [String(id), asset], [type, plain(principal), plain(rateDaily), plain(charged)], record)
  })
}

function income({ account, movements }: Binance): readonly Row[] {
  return (['um', 'cm'] as const).flatMap((wallet) =>
    movements
      .flatMap((movement) => incomeOf(movement, wallet))
      .map(({ movement, type, amount }) =>
        rowOf(account, `${wallet}-income`, movement.at, [`${type}:${movement.id}`, movement.asset], [type, plain(amount)], movement),
      ),
  )
}

function loans({ account, movements }: Binance): readonly Row[] {
  return movements.flatMap((movement) => {
    const { cause, asset, at, id } = movement
    const names = [String(id), asset]
    if (cause === 'borrow') {
      return [rowOf(account, `margin-loans:${asset}`, at, names, ['LOAN', plain(changeOf(movement, 'cross-free'))], movement)]
    }
    const { amount } = repaidBy(movement)
    const isRepayment = (cause === 'repay-loan' || cause === 'repay-debt') && amount.mantissa !== 0n
    return isRepayment ? [rowOf(account, `margin-repayments:${asset}`, at, names, ['REPAY', plain(negate(amount))], movement)] : []
  })
}

/** Where a rate changed, and at every midnight since. */
function publishedRates({ account, vip }: Binance, rates: readonly RateTruth[], now: number): readonly Row[] {
  const rows: Row[] = []
  const newest = new Map<string, RateTruth>()
  // Oldest first; of rates set at one instant the last took effect.
  for (const rate of rates.filter((one) => one.exchange === 'binance' && one.vip === vip).toReversed()) {
    const before = newest.get(rate.asset)
    if (before !== undefined) rows.push(...midnights(account, before, rate.at))
    if (before === undefined || plain(before.rateDaily) !== plain(rate.rateDaily) || before.at === rate.at) newest.set(rate.asset, rate)
    else newest.set(rate.asset, { ...before })
  }
  for (const rate of newest.values()) rows.push(...midnights(account, rate, now + 1))
  return rows
}

function midnights(account: string, { asset, at, rateDaily }: RateTruth, until: number): readonly Row[] {
  const values = [plain(rateDaily)]
  const rows = at < until ? [rowOf(account, `rates:${asset}`, at, [asset], values)] : []
  for (let midnight = boundaryAtOrBefore(at, everyDayAtMidnightUtc) + dayMs; midnight < until; midnight += dayMs) {
    rows.push(rowOf(account, `rates:${asset}`, midnight, [asset], values))
  }
  return rows
}
