import type { Book } from '../book/book-interface.ts'
import type { BookAccount, Charge, PublishedRate } from '../book/record.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { type Interval, interval } from '../time/interval.ts'
import { dayMs } from '../time/units.ts'
import { dailyFromHourly, dailyRateOf } from './daily-rate.ts'
import { borrowedAssetOf } from './loan-charge.ts'

/** A daily rate at an instant. */
export interface RateAt {
  readonly at: number
  readonly rateDaily: Decimal
}

/** The rates of one asset, oldest first, one at an instant. */
export interface RateHistory {
  /** By which debts and margin loans were charged. */
  readonly charged: readonly RateAt[]
  /** What the exchange published; each in force until the next. */
  readonly published: readonly RateAt[]
}

/** How far back rates are looked at. */
export const rateHistoryMs = 90 * dayMs
/** VIP loans have rates of their own. */
const vipLoanType = '1'

/** How long after its last charge a margin loan still tells the rate of what was borrowed. */
const loanRateMs = 2 * dayMs

export interface RateQuestion {
  readonly book: Book
  readonly account: BookAccount
  readonly assets: Iterable<string>
  readonly now: number
  /** How far back. The newest rate is the same whatever this is; a range needs the whole of it. */
  readonly sinceMs: number
}

/** The rates of a span that ends now, and the newest before it where there is none within. */
export async function readRateHistory(question: RateQuestion): Promise<ReadonlyMap<string, RateHistory>> {
  const { book, account, assets, now } = question
  const charged = await readCharged(question)
  for (const charge of newestFirst(await book.latestCharges(account.label))) {
    if (charge.loanType !== vipLoanType && !charged.has(charge.asset)) charged.set(charge.asset, [rateOfCharge(account, charge)])
  }
  if (account.exchange === 'binance') await addLoanRates(question, charged)
  const published = new Map<string, RateAt[]>()
  const within = withinOf(question)
  for await (const rate of book.rates({ account: account.label, within, order: 'oldest-first' })) addPublished(published, rate)
  for (const asset of new Set([...assets, ...charged.keys()])) {
    if (published.has(asset)) continue
    for await (const rate of book.rates({
      account: account.label,
      asset,
      within: interval(0, now + dayMs),
      order: 'newest-first',
      limit: 1,
    }))
      addPublished(published, rate)
  }
  const known = new Set([...charged.keys(), ...published.keys()])
  return new Map([...known].map((asset) => [asset, { charged: charged.get(asset) ?? [], published: published.get(asset) ?? [] }]))
}

function withinOf({ now, sinceMs }: RateQuestion): Interval {
  return interval(now - sinceMs, now + dayMs)
}

async function readCharged(question: RateQuestion): Promise<Map<string, RateAt[]>> {
  const { book, account } = question
  const charged = new Map<string, RateAt[]>()
  for await (const charge of book.charges({ accounts: [account.label], within: withinOf(question), order: 'oldest-first' })) {
    const rates = charged.get(charge.asset) ?? []
    if (charge.loanType === vipLoanType || rates.at(-1)?.at === charge.at) continue
    rates.push(rateOfCharge(account, charge))
    charged.set(charge.asset, rates)
  }
  return charged
}

/** A margin loan is charged at the rate of a negative balance (facts A4.2), by the hour and also where no balance is negative. */
async function addLoanRates(question: RateQuestion, charged: Map<string, RateAt[]>): Promise<void> {
  const { book, account, now } = question
  const loans = new Map<string, Map<number, RateAt>>()
  for await (const row of book.marginCharges({ account: account.label, within: withinOf(question) })) {
    const asset = row.type === 'PORTFOLIO' ? undefined : borrowedAssetOf(row)
    if (asset === undefined) continue
    const rates = loans.get(asset) ?? new Map<number, RateAt>()
    loans.set(asset, rates.set(row.at, Object.freeze({ at: row.at, rateDaily: row.rate })))
  }
  for (const [asset, rates] of loans) {
    if (Math.max(...rates.keys()) < now - loanRateMs) continue
    for (const own of charged.get(asset) ?? []) rates.set(own.at, own)
    charged.set(asset, [...rates.values()].sort(byInstant))
  }
}

function rateOfCharge({ exchange }: BookAccount, charge: Charge): RateAt {
  return Object.freeze({ at: charge.at, rateDaily: dailyRateOf(exchange, charge) })
}

function addPublished(published: Map<string, RateAt[]>, { asset, at, rate, per }: PublishedRate): void {
  const rates = published.get(asset) ?? []
  if (rates.at(-1)?.at === at) rates.pop()
  rates.push(Object.freeze({ at, rateDaily: per === 'day' ? rate : dailyFromHourly(rate) }))
  published.set(asset, rates)
}

function newestFirst(charges: readonly Charge[]): readonly Charge[] {
  return [...charges].sort((left, right) => right.at - left.at)
}

function byInstant(left: RateAt, right: RateAt): number {
  return left.at - right.at
}

/** The rate in force as far as it is known, and where from. */
export interface CurrentRate extends RateAt {
  readonly from: 'charged' | 'published'
}

/**
 * The one rule of which rate is taken for today's: the newest that was charged or published; on a tie what was charged. Every
 * face that tells a rate, or an amount by it, takes it from here.
 */
export function currentRate(history: RateHistory | undefined): CurrentRate | undefined {
  const charged = history?.charged.at(-1)
  const published = history?.published.at(-1)
  if (published !== undefined && (charged === undefined || published.at > charged.at)) return { ...published, from: 'published' }
  return charged === undefined ? undefined : { ...charged, from: 'charged' }
}
