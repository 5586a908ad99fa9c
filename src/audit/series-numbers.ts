import type { ChargeBatch, ChargeSeriesName } from '../book/book-interface.ts'

/** Numbers series from 0 on, the same for the same series through a whole audit, whatever place a batch gives it. */
export class SeriesNumbers {
  readonly #numbers = new Map<string, number>()
  readonly #names: ChargeSeriesName[] = []
  #lastSeries: readonly ChargeSeriesName[] | undefined
  #lastNumbers: readonly number[] = []

  /** The number of each place of `batch.series`. */
  ofBatch({ series }: ChargeBatch): readonly number[] {
    if (series !== this.#lastSeries) {
      this.#lastNumbers = series.map((name) => this.#number(['charges', name.asset, name.instId, name.marginMode, name.loanType], name))
      this.#lastSeries = series
    }
    return this.#lastNumbers
  }

  /** Of Binance's margin interest history: what is borrowed, paid and how it is charged make the series. */
  ofMargin(asset: string, rawAsset: string, type: string): { readonly name: ChargeSeriesName; readonly number: number } {
    const number = this.#number(['margin', asset, rawAsset, type], { asset, instId: '', marginMode: '', loanType: '' })
    return { name: this.#names[number] as ChargeSeriesName, number }
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
