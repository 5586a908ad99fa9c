import type { BalanceSnapshot, BookAccount, Charge, ExchangeRun } from '../book/record.ts'
import { add, divide, isNegative, isZero, maximum, minimum, multiply, negate, rescale, strip, subtract } from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf, zero } from '../decimal/decimal.ts'
import { everyDayAtMidnightUtc, everyHour, nextBoundary } from '../time/boundary.ts'
import type { Interval } from '../time/interval.ts'
import { dailyRateOf } from './daily-rate.ts'
import { binanceFreePart, type FreePart, type MaximumThreshold, maximumThresholdOf, okxFreePart } from './thresholds.ts'

/** An amount of interest to come. `at-most`: the part free of interest is not known, so none was taken off. */
export interface Cost {
  readonly amount: Decimal
  readonly certainty: 'exact' | 'at-most'
}

/** One asset of an account as it stands: what is owed, what that costs, what comes next. */
export interface AssetStatus {
  readonly account: string
  readonly exchange: BookAccount['exchange']
  readonly asset: string
  /** Magnitude. */
  readonly owed: Decimal
  /** Accrued and not yet paid. */
  readonly unpaidInterest: Decimal
  /** Of the last charge; `undefined` when the asset was never charged. */
  readonly rateDaily: Decimal | undefined
  readonly rateAt: number | undefined
  readonly freePart: FreePart
  readonly costPerDay: Cost | undefined
  /** `undefined` when nothing is owed. */
  readonly nextChargeAt: number | undefined
  readonly nextCharge: Cost | undefined
  /** Where auto-exchange begins; `undefined` when no record has shown it. */
  readonly maximumThreshold: MaximumThreshold | undefined
  /** How much more may be owed before auto-exchange; negative when it is due. */
  readonly headroom: Decimal | undefined
  /** Debt of the UM and CM wallets, and what of it cross margin could repay now. */
  readonly futuresDebt: Decimal
  readonly coverable: Decimal
  readonly takenAt: number
}

export interface AssetFacts {
  readonly account: BookAccount
  readonly balance: BalanceSnapshot
  /** The newest charge of each instrument and margin mode of the asset. */
  readonly latestCharges: readonly Charge[]
  readonly runs: readonly ExchangeRun[]
  /** Where the interest history is proven. */
  readonly proven: readonly Interval[]
  readonly now: number
}

const nothingLearnt: FreePart = Object.freeze({ kind: 'unknown' })
const hoursPerDay = decimalOf(24n)

/** What the book knows of one asset, told forward. Pure. */
export function assetStatus(facts: AssetFacts): AssetStatus {
  const { account, balance, now } = facts
  const newestAt = Math.max(...facts.latestCharges.map((charge) => charge.at))
  const newest = facts.latestCharges.filter((charge) => charge.at === newestAt)
  const [last] = newest
  const freePart = account.exchange === 'binance' ? binanceFreePart(balance, last, facts.proven) : okxFreePart(newest)
  const rateDaily = last === undefined ? undefined : dailyRateOf(account.exchange, last)
  const maximumThreshold = maximumThresholdOf(balance.asset, facts.runs)
  const futuresDebt = add(shortfall(balance.um), shortfall(balance.cm))
  const owesNothing = isZero(balance.owed)
  return Object.freeze({
    account: account.label,
    exchange: account.exchange,
    asset: balance.asset,
    owed: balance.owed,
    unpaidInterest: balance.interest,
    rateDaily,
    rateAt: last?.at,
    freePart: owesNothing ? nothingLearnt : freePart,
    costPerDay: costOf(account.exchange, balance.owed, freePart, rateDaily, 'day'),
    nextChargeAt: owesNothing ? undefined : nextBoundary(now, account.exchange === 'binance' ? everyDayAtMidnightUtc : everyHour),
    nextCharge: owesNothing ? undefined : costOf(account.exchange, balance.owed, freePart, rateDaily, 'charge'),
    maximumThreshold,
    headroom: maximumThreshold === undefined ? undefined : subtract(maximumThreshold.amount, balance.owed),
    futuresDebt,
    coverable: minimum(futuresDebt, maximum(balance.free, zero)),
    takenAt: balance.takenAt,
  })
}

function shortfall(wallet: Decimal): Decimal {
  return isNegative(wallet) ? negate(wallet) : zero
}

/** Interest for a day, or for one charge, rounded up as the exchange rounds (facts A3.2, B3.1). */
function costOf(
  exchange: BookAccount['exchange'],
  owed: Decimal,
  freePart: FreePart,
  rateDaily: Decimal | undefined,
  span: 'day' | 'charge',
): Cost | undefined {
  const isCovered = freePart.kind === 'at-least'
  if (isZero(owed) || isCovered) return { amount: zero, certainty: 'exact' }
  if (rateDaily === undefined) return undefined
  const charged = freePart.kind === 'exact' ? maximum(subtract(owed, freePart.amount), zero) : owed
  const perDay = multiply(charged, rateDaily)
  const amount =
    exchange === 'binance'
      ? rescale(perDay, 8, 'up')
      : span === 'charge'
        ? divide(perDay, hoursPerDay, 16, 'up')
        : rescale(perDay, 16, 'up')
  return { amount: strip(amount), certainty: freePart.kind === 'exact' ? 'exact' : 'at-most' }
}
