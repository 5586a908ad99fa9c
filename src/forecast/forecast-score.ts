import type { Book } from '../book/book-interface.ts'
import type { BookAccount, Charge, ForecastCharge } from '../book/record.ts'
import { add, compare, subtract } from '../decimal/arithmetic.ts'
import { type Decimal, zero } from '../decimal/decimal.ts'
import { contains, type Interval, interval } from '../time/interval.ts'
import { dayMs } from '../time/units.ts'
import { borrowedAssetOf, interestInBorrowed } from './loan-charge.ts'

/** How forecasts of one asset of an account did. */
export interface AssetScore {
  readonly account: string
  readonly asset: string
  /** UTC days on which the forecasts were made. */
  readonly days: number
  /** Charges that were foreseen or came, and of which it is known what came. */
  readonly charges: number
  readonly foreseen: Decimal
  readonly charged: Decimal
  /** Charged less foreseen. */
  readonly difference: Decimal
  /** How many of the charges came within the range foreseen. */
  readonly withinRange: number
  /** Came while a forecast was there that did not have them; part of `charges`, and never within range. */
  readonly unforeseen: number
  /** Foreseen charges whose instant has passed and of which the history is not proven yet; in no figure above. */
  readonly pending: number
}

/** The span that scores look at. */
export const scoreMs = 30 * dayMs

/** How the charges of the last 30 days came out against the forecasts of the days before. @throws `book.account-unknown` */
export async function readForecastScore(book: Book, account: BookAccount, now: number): Promise<readonly AssetScore[]> {
  const within = interval(now - scoreMs, now + 1)
  const forecasts = await book.forecasts(account.label, within)
  if (forecasts.length === 0) return []
  const charges: Charge[] = []
  for await (const charge of book.charges({ accounts: [account.label], within, order: 'oldest-first' })) charges.push(charge)
  const loans = forecasts.some(({ position }) => position === 'margin-loan') ? await readLoanCharges(book, account.label, within) : []
  const proven = await book.proven(account.label, 'interest')
  const loansProven = await book.proven(account.label, 'margin-interest')
  return forecastScore({ forecasts, charged: [...charges.map(cameOf), ...loans], proven, loansProven, now })
}

/** A charge that came, by the name its forecast would have. */
export interface CameCharge {
  readonly account: string
  readonly asset: string
  readonly position: string
  readonly at: number
  readonly interest: Decimal
}

export interface ScoreFacts {
  /** Of one account. */
  readonly forecasts: readonly ForecastCharge[]
  readonly charged: readonly CameCharge[]
  readonly proven: readonly Interval[]
  /** Of the charges on margin loans. */
  readonly loansProven: readonly Interval[]
  readonly now: number
}

/** Holds each charge against the oldest forecast of it. Pure. */
export function forecastScore({ forecasts, charged, proven, loansProven, now }: ScoreFacts): readonly AssetScore[] {
  const scores = new Map<string, Tally>()
  const tallyOf = (account: string, asset: string) => {
    const tally = scores.get(asset) ?? new Tally(account, asset)
    scores.set(asset, tally)
    return tally
  }
  const came = new Map<string, Decimal>()
  for (const charge of charged) came.set(nameOf(charge), add(came.get(nameOf(charge)) ?? zero, charge.interest))
  const oldest = oldestForecasts(forecasts.filter(({ chargeAt }) => chargeAt <= now))
  for (const [name, forecast] of oldest) {
    const isProven = (forecast.position === 'margin-loan' ? loansProven : proven).some((span) => contains(span, forecast.chargeAt))
    const interest = came.get(name) ?? (isProven ? zero : undefined)
    tallyOf(forecast.account, forecast.asset).take(forecast, interest)
  }
  for (const charge of charged) {
    const { account, asset, at } = charge
    if (oldest.has(nameOf(charge)) || !isForecastDay(forecasts, at)) continue
    tallyOf(account, asset).takeUnforeseen(charge.interest)
  }
  return [...scores.values()].map((tally) => tally.score()).sort((left, right) => (left.asset < right.asset ? -1 : 1))
}

/** Whether some forecast reached over the instant: then it should have had the charge. */
function isForecastDay(forecasts: readonly ForecastCharge[], at: number): boolean {
  return forecasts.some(({ madeAt }) => madeAt < at && at <= madeAt + dayMs)
}

function oldestForecasts(forecasts: readonly ForecastCharge[]): ReadonlyMap<string, ForecastCharge> {
  const oldest = new Map<string, ForecastCharge>()
  for (const forecast of forecasts) {
    const name = nameOf({ ...forecast, at: forecast.chargeAt })
    const known = oldest.get(name)
    if (known === undefined || forecast.day < known.day) oldest.set(name, forecast)
  }
  return oldest
}

function nameOf({ asset, position, at }: Pick<CameCharge, 'asset' | 'position' | 'at'>): string {
  return `${at} ${asset} ${position}`
}

function cameOf({ account, asset, instId, marginMode, loanType, at, interest }: Charge): CameCharge {
  const position = loanType === '1' ? 'vip' : marginMode === 'isolated' ? `isolated ${instId}` : marginMode === '' ? '' : 'cross'
  return { account, asset, position, at, interest }
}

async function readLoanCharges(book: Book, account: string, within: Interval): Promise<readonly CameCharge[]> {
  const charges: CameCharge[] = []
  for await (const row of book.marginCharges({ account, within })) {
    const asset = borrowedAssetOf(row)
    if (asset === undefined || !row.type.startsWith('PERIODIC')) continue
    charges.push({ account, asset, position: 'margin-loan', at: row.at, interest: interestInBorrowed(row) })
  }
  return charges
}

/** The score of one asset as it adds up. */
class Tally {
  readonly #account: string
  readonly #asset: string
  readonly #days = new Set<number>()
  #charges = 0
  #foreseen: Decimal = zero
  #charged: Decimal = zero
  #withinRange = 0
  #unforeseen = 0
  #pending = 0

  constructor(account: string, asset: string) {
    this.#account = account
    this.#asset = asset
  }

  take({ day, low, amount, high }: ForecastCharge, came: Decimal | undefined): void {
    this.#days.add(day)
    if (came === undefined) {
      this.#pending++
      return
    }
    this.#charges++
    this.#foreseen = add(this.#foreseen, amount)
    this.#charged = add(this.#charged, came)
    if (compare(low, came) <= 0 && compare(came, high) <= 0) this.#withinRange++
  }

  takeUnforeseen(came: Decimal): void {
    this.#charges++
    this.#unforeseen++
    this.#charged = add(this.#charged, came)
  }

  score(): AssetScore {
    return Object.freeze({
      account: this.#account,
      asset: this.#asset,
      days: this.#days.size,
      charges: this.#charges,
      foreseen: this.#foreseen,
      charged: this.#charged,
      difference: subtract(this.#charged, this.#foreseen),
      withinRange: this.#withinRange,
      unforeseen: this.#unforeseen,
      pending: this.#pending,
    })
  }
}
