import type { Book } from '../book/book-interface.ts'
import type { BookAccount, ForecastCharge } from '../book/record.ts'
import { zero } from '../decimal/decimal.ts'
import { boundaryAtOrBefore, everyDayAtMidnightUtc } from '../time/boundary.ts'
import { interval } from '../time/interval.ts'
import { dayMs } from '../time/units.ts'
import { type AccountForecast, oldAfterMs, readAccountForecast } from './account-forecast.ts'
import { lagOf, seriesOf } from './asset-forecast.ts'
import { boundsOf } from './expected.ts'
import { chargesBetween } from './play.ts'
import type { PlayedCharge } from './play-event.ts'
import { rateRange } from './rate-range.ts'

export interface ForecastRecording {
  readonly book: Book
  readonly account: BookAccount
  /** Epoch ms; charges of the 24 hours after it are foreseen. */
  readonly now: number
}

/**
 * Keeps the first forecast of each UTC day: the charges of the next 24 hours, so that it can be held against what is
 * charged then. Gives how many were kept; none where the day has one already, or the balances are older than a day.
 *
 * @throws `book.account-unknown`
 */
export async function recordForecasts({ book, account, now }: ForecastRecording): Promise<number> {
  const day = boundaryAtOrBefore(now, everyDayAtMidnightUtc)
  const kept = await book.forecasts(account.label, interval(day, day + 2 * dayMs))
  if (kept.some((forecast) => forecast.day === day)) return 0
  const forecast = await readAccountForecast(book, account, now)
  const charges = foreseen(forecast, now)
  if (charges.length > 0) await book.recordForecast(account.label, charges)
  return charges.length
}

/** The charges of the next 24 hours, each with the range of its own distance. Pure. */
export function foreseen(forecast: AccountForecast, now: number): readonly ForecastCharge[] {
  const { balancesAt, played } = forecast
  if (balancesAt === undefined || now - balancesAt > oldAfterMs) return []
  return chargesBetween(played, now, now + dayMs).flatMap((charge) => foreseenCharge(forecast, charge, now) ?? [])
}

function foreseenCharge({ account, facts }: AccountForecast, charge: PlayedCharge, now: number): ForecastCharge | undefined {
  const { asset, position, at, interest } = charge
  if (interest === undefined) return undefined
  const range = rateRange(seriesOf(facts, asset, now), { distance: lagOf(facts, asset, charge), length: 1 })
  const low = charge.certainty === 'at-most' ? zero : interest
  const bounds = range === undefined ? { low, high: interest } : boundsOf(interest, charge.certainty, range)
  const day = boundaryAtOrBefore(now, everyDayAtMidnightUtc)
  return Object.freeze({ account: account.label, day, asset, position, chargeAt: at, madeAt: now, amount: interest, ...bounds })
}
