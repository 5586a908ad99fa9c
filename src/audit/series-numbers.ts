import type { ChargeBatch, ChargeSeriesName } from '../book/book-interface.ts'
import type { MarginChargeBatch, MarginChargeName } from '../book/row-batch.ts'

/** A series and its number. */
export interface NumberedSeries {
  readonly name: ChargeSeriesName
  readonly number: number
}

/** Numbers series from 0 on, the same for the same series through a whole audit, whatever place a batch gives it. */
export class SeriesNumbers {
  readonly #numbers = new Map<string, number>()
  readonly #names: ChargeSeriesName[] = []
  #lastSeries: readonly ChargeSeriesName[] | undefined
  #lastNumbers: readonly number[] = []
  #lastNames: readonly MarginChargeName[] | undefined
  #ofNames: NumberedSeries[] = []

  /** The number of each place of `batch.series`. */
  ofBatch({ series }: ChargeBatch): readonly number[] {
    if (series !== this.#lastSeries) {
      this.#lastNumbers = series.map((name) => this.#number(['charges', name.asset, name.instId, name.marginMode, name.loanType], name))
      this.#lastSeries = series
    }
    return this.#lastNumbers
  }

  /** Of each name of a batch of Binance's margin interest history: what is borrowed, paid and how it is charged make the series. */
  ofMarginBatch({ names }: MarginChargeBatch): readonly NumberedSeries[] {
    if (names !== this.#lastNames) this.#ofNames = []
    this.#lastNames = names
    for (const { asset, rawAsset, type } of names.slice(this.#ofNames.length)) {
      const number = this.#number(['margin', asset, rawAsset, type], { asset, instId: '', marginMode: '', loanType: '' })
      this.#ofNames.push({ name: this.#names[number] as ChargeSeriesName, number })
    }
    return this.#ofNames
  }

  // None of the parts holds a line break: they are words of the exchanges.
  #number(parts: readonly string[], name: ChargeSeriesName): number {
    const key = parts.join('\n')
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.#names.length
    this.#numbers.set(key, number)
    this.#names.push(Object.freeze({ ...name }))
    return number
  }
}
