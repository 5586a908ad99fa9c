import type { PeriodsPerDay } from '../../rules/interest.ts'
import type { Holding } from './account.ts'
import { RateColumns } from './interest-columns.ts'
import type { State } from './state.ts'

/**
 * Numbers for what decides which rate a holding has, so that a new rate is looked up once for all of them. What has no
 * rate, or one of zero, is not charged and has no number.
 */
export class HoldingRates {
  readonly #state: State
  readonly #periodsPerDay: PeriodsPerDay
  readonly #slots = new Map<string, number>()
  readonly #examples: Holding[] = []
  readonly #places: number[] = []
  #columns: RateColumns | undefined

  constructor(state: State, periodsPerDay: PeriodsPerDay) {
    this.#state = state
    this.#periodsPerDay = periodsPerDay
  }

  clear(): void {
    this.#slots.clear()
    this.#examples.length = 0
    this.#places.length = 0
    this.#columns = undefined
  }

  /** The number of the holding's rate; undefined when it is not charged. */
  slotOf(holding: Holding): number | undefined {
    const key = holding.rate >= 0 ? `own ${holding.rate}` : `${holding.asset} ${holding.account.vip}`
    const known = this.#slots.get(key)
    if (known !== undefined) return known
    const place = placeOfRate(this.#state, holding)
    if (place === undefined) return undefined
    this.#slots.set(key, this.#examples.length)
    this.#places.push(place)
    this.#columns = undefined
    return this.#examples.push(holding) - 1
  }

  /** Place of the rate in the market's list. */
  placeOf(slot: number): number {
    return this.#places[slot] ?? 0
  }

  /** Looks every rate up again; false when some holding is charged no more, or was not charged and may be now. */
  renew(): boolean {
    const places = this.#examples.map((holding) => placeOfRate(this.#state, holding))
    if (places.some((place) => place === undefined)) return false
    for (const [slot, place] of places.entries()) this.#places[slot] = place ?? 0
    this.#columns = undefined
    return true
  }

  /** For loops over columns whose rows have these numbers. */
  columns(): RateColumns {
    const { rates } = this.#state.market
    this.#columns ??= new RateColumns(
      this.#places.flatMap((place) => rates[place] ?? []),
      this.#periodsPerDay,
    )
    return this.#columns
  }
}

/** The place of the rate that a holding is charged at; undefined when nothing is. */
export function placeOfRate({ market }: State, { asset, account, rate }: Holding): number | undefined {
  const place = rate >= 0 ? rate : market.rateIndex(account.exchange, asset, account.vip)
  return place === undefined || (market.rates[place]?.mantissa ?? 0n) === 0n ? undefined : place
}
