import type { Book } from '../book/book-interface.ts'
import type { BalanceSnapshot, BookAccount, Charge, ExchangeRun, MarginCharge, Movement } from '../book/record.ts'
import { isZero, maximum } from '../decimal/arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { boundaryAtOrBefore, everyHour } from '../time/boundary.ts'
import { type Interval, interval } from '../time/interval.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { type LearntThreshold, readLearntThresholds } from './learnt-thresholds.ts'
import { type RateHistory, rateHistoryMs, readRateHistory } from './rate-history.ts'
import { type MaximumThreshold, maximumThresholdOf } from './thresholds.ts'

/** What the book knows of an account that its future follows from. Plain frozen data. */
export interface PlayFacts {
  readonly account: BookAccount
  /** One of each asset, all of the newest reply; empty where there is none. */
  readonly balances: readonly BalanceSnapshot[]
  /** By the exchange's clock; `undefined` where the account was never synced. */
  readonly balancesAt: number | undefined
  /** The newest charge of each series. */
  readonly latestCharges: readonly Charge[]
  /** Where the interest history is proven. */
  readonly proven: readonly Interval[]
  /** Of each asset of which a record has shown one. */
  readonly maximums: ReadonlyMap<string, MaximumThreshold>
  /** Binance: free thresholds that charges of the last 30 days showed. */
  readonly learntThresholds: ReadonlyMap<string, LearntThreshold>
  /** `undefined` where the switch was never seen (facts A4.4: on by default). */
  readonly autoRepay: boolean | undefined
  /** The newest hourly charges on margin loans; `undefined` where the book holds no proven history of them. */
  readonly loanCharges: readonly MarginCharge[] | undefined
  /** Margin loans taken and repaid between those charges and the balances. */
  readonly loanMovements: readonly Movement[]
  /** OKX: cash of owed currencies at the instant of the balances, where the newest bill tells it. */
  readonly cash: ReadonlyMap<string, Decimal>
  /** OKX: the most of a cross liability that a charge of the last week left free. */
  readonly freeSeen: ReadonlyMap<string, Decimal>
  readonly rates: ReadonlyMap<string, RateHistory>
  /** OKX: what published rates are told by; `doubtful` where nothing settled it, and `undefined` where none was asked for. */
  readonly rateUnit: RateUnit | undefined
  /** Newest known, in USD. */
  readonly prices: ReadonlyMap<string, Decimal>
}

/** How far back prices are still taken: they only tell whether other assets suffice for an auto-exchange. */
const pricesSinceMs = 2 * dayMs

/** How far back the free part of OKX charges is looked at. */
const freeSeenMs = 7 * dayMs

/**
 * Reads what the forecast of an account needs.
 *
 * @param ratesSinceMs how far back rates are read; what is charged does not depend on it, only ranges do
 * @throws `book.account-unknown`
 */
export async function readPlayFacts(book: Book, account: BookAccount, now: number, ratesSinceMs = rateHistoryMs): Promise<PlayFacts> {
  const { label } = account
  const known = await book.latestBalances(label)
  const balancesAt = known.length === 0 ? undefined : Math.max(...known.map(({ takenAt }) => takenAt))
  const latestCharges = await book.latestCharges(label)
  const balances = known.filter(({ takenAt }) => takenAt === balancesAt)
  const assets = new Set([...balances, ...latestCharges].map(({ asset }) => asset))
  const isBinance = account.exchange === 'binance'
  return Object.freeze({
    account,
    balances,
    balancesAt,
    latestCharges,
    proven: await book.proven(label, 'interest'),
    maximums: isBinance ? await readMaximums(book, label) : new Map(),
    learntThresholds: isBinance ? await readLearntThresholds(book, label, now) : new Map(),
    autoRepay: isBinance ? await readAutoRepay(book, label, now) : undefined,
    loanCharges: isBinance && balancesAt !== undefined ? await readLoanCharges(book, label, balancesAt) : undefined,
    loanMovements: isBinance && balancesAt !== undefined ? await readLoanMovements(book, label, balancesAt) : [],
    cash: isBinance ? new Map() : await readCash(book, label, balances),
    freeSeen: isBinance ? new Map() : await readFreeSeen(book, label, now),
    rates: await readRateHistory({ book, account, assets, now, sinceMs: ratesSinceMs }),
    rateUnit: isBinance ? undefined : await readRateUnit(book, label, now),
    prices: isBinance ? await readPrices(book, now) : new Map(),
  })
}

async function readMaximums(book: Book, account: string): Promise<ReadonlyMap<string, MaximumThreshold>> {
  const runs: ExchangeRun[] = []
  for await (const run of book.exchangeRuns({ accounts: [account] })) runs.push(run)
  const assets = new Set(runs.flatMap(({ details }) => details.map(({ asset }) => asset)))
  return new Map(
    [...assets].flatMap((asset) => {
      const maximum = maximumThresholdOf(asset, runs)
      return maximum === undefined ? [] : [[asset, maximum] as const]
    }),
  )
}

export type RateUnit = 'hour' | 'day' | 'doubtful'

async function readRateUnit(book: Book, account: string, now: number): Promise<RateUnit | undefined> {
  const told = (await book.fact(account, 'interest-rate-unit', now + dayMs))?.value
  return told === 'hour' || told === 'day' || told === 'doubtful' ? told : undefined
}

async function readAutoRepay(book: Book, account: string, now: number): Promise<boolean | undefined> {
  const fact = await book.fact(account, 'auto-repay', now)
  return fact === undefined ? undefined : fact.value === 'true' || fact.value === 'on'
}

/** Those of the last full hour before the balances, or of the hour before it: rows appear late. */
async function readLoanCharges(book: Book, account: string, balancesAt: number): Promise<readonly MarginCharge[] | undefined> {
  if ((await book.proven(account, 'margin-interest')).length === 0) return undefined
  const hour = boundaryAtOrBefore(balancesAt, everyHour)
  const charges: MarginCharge[] = []
  for await (const charge of book.marginCharges({ account, within: interval(hour - hourMs, hour + 1) })) {
    if (charge.type.startsWith('PERIODIC')) charges.push(charge)
  }
  const newestAt = Math.max(...charges.map(({ at }) => at))
  return charges.filter(({ at }) => at === newestAt)
}

async function readLoanMovements(book: Book, account: string, balancesAt: number): Promise<readonly Movement[]> {
  const hour = boundaryAtOrBefore(balancesAt, everyHour)
  const movements: Movement[] = []
  for await (const movement of book.movements({ account, within: interval(hour - hourMs, balancesAt + 1) })) {
    if (movement.stream === 'margin-loans' || movement.stream === 'margin-repayments') movements.push(movement)
  }
  return movements
}

/** A bill says what cash was after it; it is the last before the balance when the currency has not changed since. */
async function readCash(book: Book, account: string, balances: readonly BalanceSnapshot[]): Promise<ReadonlyMap<string, Decimal>> {
  const cash = new Map<string, Decimal>()
  for (const { asset, owed, takenAt, updatedAt } of balances) {
    if (isZero(owed)) continue
    const within = interval(0, takenAt + 1)
    for await (const { at, wallet, balanceAfter } of book.movements({ account, asset, within, order: 'newest-first', limit: 1 })) {
      if (wallet === 'cash' && balanceAfter !== undefined && at >= updatedAt) cash.set(asset, balanceAfter)
    }
  }
  return cash
}

async function readFreeSeen(book: Book, account: string, now: number): Promise<ReadonlyMap<string, Decimal>> {
  const seen = new Map<string, Decimal>()
  const within = interval(now - freeSeenMs, now + hourMs)
  for await (const { asset, marginMode, interestFreeLiability: free } of book.charges({ accounts: [account], within })) {
    if (marginMode === 'isolated' || free === undefined || free === null) continue
    seen.set(asset, maximum(free, seen.get(asset) ?? free))
  }
  return seen
}

async function readPrices(book: Book, now: number): Promise<ReadonlyMap<string, Decimal>> {
  const prices = await book.prices({ currency: 'USD', within: interval(now - pricesSinceMs, now + hourMs) })
  return new Map(prices.map(({ asset, price }) => [asset, price]))
}
