import type { Book } from '../book/book-interface.ts'
import type { BookAccount, Charge, PublishedRate } from '../book/record.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { interval } from '../time/interval.ts'
import { dayMs } from '../time/units.ts'
import { dailyFromHourly, dailyRateOf } from './daily-rate.ts'

/** A daily rate at an instant. */
export interface RateAt {
  readonly at: number
  readonly rateDaily: Decimal
}

/** The rates of one asset, oldest first, one at an instant. */
export interface RateHistory {
  /** By which debts were charged. */
  readonly charged: readonly RateAt[]
  /** What the exchange published; each in force until the next. */
  readonly published: readonly RateAt[]
}

/** How far back rates are looked at. */
export const rateHistoryMs = 90 * dayMs
/** VIP loans have rates of their own. */
const vipLoanType = '1'

/** The rates of the last 90 days, and the newest before them where there is none within. */
export async function readRateHistory(
  book: Book,
  account: BookAccount,
  assets: Iterable<string>,
  now: number,
): Promise<ReadonlyMap<string, RateHistory>> {
  const within = interval(now - rateHistoryMs, now + dayMs)
  const histories = new Map<string, { charged: RateAt[]; published: RateAt[] }>()
  const historyOf = (asset: string) => {
    const history = histories.get(asset) ?? { charged: [], published: [] }
    histories.set(asset, history)
    return history
  }
  for await (const charge of book.charges({ accounts: [account.label], within, order: 'oldest-first' }))
    addCharge(historyOf(charge.asset).charged, account, charge)
  for await (const rate of book.rates({ account: account.label, within, order: 'oldest-first' }))
    addPublished(historyOf(rate.asset).published, rate)
  for (const charge of await book.latestCharges(account.label)) {
    const { charged } = historyOf(charge.asset)
    if (charged.length === 0) addCharge(charged, account, charge)
  }
  for (const asset of assets) {
    const { published } = historyOf(asset)
    if (published.length > 0) continue
    for await (const rate of book.rates({ account: account.label, asset, order: 'newest-first', limit: 1 })) addPublished(published, rate)
  }
  return histories
}

function addCharge(charged: RateAt[], { exchange }: BookAccount, charge: Charge): void {
  if (charge.loanType === vipLoanType || charged.at(-1)?.at === charge.at) return
  charged.push(Object.freeze({ at: charge.at, rateDaily: dailyRateOf(exchange, charge) }))
}

function addPublished(published: RateAt[], { at, rate, per }: PublishedRate): void {
  if (published.at(-1)?.at === at) published.pop()
  published.push(Object.freeze({ at, rateDaily: per === 'day' ? rate : dailyFromHourly(rate) }))
}

/** The rate in force as far as it is known: the newest that was charged or published; on a tie what was charged. */
export function currentRate(history: RateHistory | undefined): RateAt | undefined {
  const charged = history?.charged.at(-1)
  const published = history?.published.at(-1)
  if (charged === undefined || published === undefined) return charged ?? published
  return published.at > charged.at ? published : charged
}
