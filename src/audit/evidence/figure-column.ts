const int64Max = 2n ** 63n - 1n
const int64Min = -(2n ** 63n)

/** A decimal for each place of `Periods`. */
export class FigureColumn {
  #mantissas = new BigInt64Array(16)
  readonly #scales: number[] = []
  /** Mantissas beyond 64 bits, by their places. */
  readonly #wide: (bigint | undefined)[] = []

  set(place: number, mantissa: bigint, scale: number): void {
    if (place >= this.#mantissas.length) this.#grow()
    const isWide = mantissa > int64Max || mantissa < int64Min
    this.#mantissas[place] = isWide ? 0n : mantissa
    this.#scales[place] = scale
    if (isWide) this.#wide[place] = mantissa
    else if (place < this.#wide.length) this.#wide[place] = undefined
  }

  mantissa(place: number): bigint {
    return (this.#wide.length > 0 ? this.#wide[place] : undefined) ?? (this.#mantissas[place] as bigint)
  }

  scale(place: number): number {
    return this.#scales[place] as number
  }

  /** Moves down by as many places as were forgotten. */
  forget(forgotten: number): void {
    this.#mantissas.copyWithin(0, forgotten)
    this.#scales.splice(0, forgotten)
    this.#wide.splice(0, forgotten)
  }

  #grow(): void {
    const longer = new BigInt64Array(this.#mantissas.length * 2)
    longer.set(this.#mantissas)
    this.#mantissas = longer
  }
}
