import type { BalanceSnapshot, BookAccount, Charge, ExchangeRun } from '../book/record.ts'
import {
  add,
  divide,
  isNegative,
  isZero,
  maximum,
  minimum,
  multiply,
  negate,
  rescale,
  strip,
  subtract,
  sum,
} from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf, zero } from '../decimal/decimal.ts'
import { boundaryAtOrBefore, everyDayAtMidnightUtc, everyHour, nextBoundary } from '../time/boundary.ts'
import type { Interval } from '../time/interval.ts'
import { dailyRateOf } from './daily-rate.ts'
import { binanceFreePart, type FreePart, type MaximumThreshold, maximumThresholdOf, okxFreePart } from './thresholds.ts'

/**
 * An amount of interest to come. `at-most`: the part free of interest is not known, so none was taken off. `about`: on
 * what was charged last, which may have moved since.
 */
export interface Cost {
  readonly amount: Decimal
  readonly certainty: 'exact' | 'at-most' | 'about'
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
  const base = account.exchange === 'binance' ? binanceBase(balance.owed, freePart) : okxBase(balance, facts.latestCharges)
  return Object.freeze({
    account: account.label,
    exchange: account.exchange,
    asset: balance.asset,
    owed: balance.owed,
    unpaidInterest: balance.interest,
    rateDaily,
    rateAt: last?.at,
    freePart: owesNothing ? nothingLearnt : freePart,
    costPerDay: costOf(base, rateDaily, account.exchange, 'day'),
    nextChargeAt: owesNothing ? undefined : nextBoundary(now, account.exchange === 'binance' ? everyDayAtMidnightUtc : everyHour),
    nextCharge: owesNothing ? undefined : costOf(base, rateDaily, account.exchange, 'charge'),
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

/** Binance charges what is owed beyond the free part (facts A4.2). */
function binanceBase(owed: Decimal, freePart: FreePart): Cost {
  if (isZero(owed) || freePart.kind === 'at-least') return { amount: zero, certainty: 'exact' }
  if (freePart.kind === 'unknown') return { amount: owed, certainty: 'at-most' }
  return { amount: maximum(subtract(owed, freePart.amount), zero), certainty: 'exact' }
}

/**
 * OKX charges liabilities of unrealised losses beyond a free quota as well (facts B4), which are no part of what the
 * balance says is owed: what was charged within the last two hours tells more. Rows appear late, hence two.
 */
function okxBase(balance: BalanceSnapshot, latestCharges: readonly Charge[]): Cost {
  if (isZero(balance.owed)) return { amount: zero, certainty: 'exact' }
  const since = boundaryAtOrBefore(balance.takenAt, everyHour) - everyHour.everyMs
  const recent = latestCharges.filter((charge) => charge.at >= since)
  return { amount: recent.length === 0 ? balance.owed : sum(recent.map(({ principal }) => principal)), certainty: 'about' }
}

/** Interest for a day, or for one charge, rounded up as the exchange rounds (facts A3.2, B3.1). */
function costOf(base: Cost, rateDaily: Decimal | undefined, exchange: BookAccount['exchange'], span: 'day' | 'charge'): Cost | undefined {
  if (isZero(base.amount)) return base
  if (rateDaily === undefined) return undefined
  const perDay = multiply(base.amount, rateDaily)
  const isHourly = exchange === 'okx' && span === 'charge'
  const amount = isHourly ? divide(perDay, hoursPerDay, 16, 'up') : rescale(perDay, exchange === 'binance' ? 8 : 16, 'up')
  return { amount: strip(amount), certainty: base.certainty }
}
