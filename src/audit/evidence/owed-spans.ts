import { nextBinanceCharge } from '../../rules/binance-charge-instant.ts'

/** How it is known what an asset stood at: see `Standing.by`. */
export type Basis = 'unchanged' | 'rolled' | 'futures-alone'

/** What one asset of a Binance account stood at while charge after charge fell due; amounts are units of evidence, signed. */
export interface Standing {
  /** First and last instant of a charge for which it holds, both included. */
  readonly from: number
  readonly to: number
  /**
   * `unchanged`: a balance read afterwards had last changed before. `rolled`: two balances and everything recorded between
   * them add up, and what no history tells would have had to come or go within a minute of the charge. `futures-alone`: only
   * the futures wallets are known, and cross margin is never below zero.
   */
  readonly by: Basis
  /** All wallets together; two values where it changed at the very instant. `low` of `futures-alone` is the lowest possible. */
  readonly low: bigint
  readonly high: bigint
  readonly um: { readonly low: bigint; readonly high: bigint } | undefined
  /** When the balances were read on which this rests. */
  readonly readBefore: number | undefined
  readonly readAfter: number
  /** The exchange's instant of the last change, as the later balance told it. */
  readonly changedAt: number
}

/** What an asset stood at, span after span, for who goes through time once. */
export class OwedSpans {
  readonly #spans: Standing[] = []
  #place = 0

  get spans(): readonly Standing[] {
    return this.#spans
  }

  /** Spans come in the order of time. */
  add(standing: Standing): void {
    const last = this.#spans.at(-1)
    const isSame =
      last !== undefined &&
      nextBinanceCharge(last.to) === standing.from &&
      last.by === standing.by &&
      last.low === standing.low &&
      last.high === standing.high &&
      last.um?.low === standing.um?.low &&
      last.um?.high === standing.um?.high
    // Where nothing moved for months the balances of each sync say the same; the last one says it for all.
    if (isSame) this.#spans[this.#spans.length - 1] = { ...standing, from: last.from, readBefore: last.readBefore }
    else this.#spans.push(standing)
  }

  /** Starts over from the first instant. */
  rewind(): void {
    this.#place = 0
  }

  /** What it stood at when the charge of this instant fell due; instants ascend from one question to the next. */
  at(instant: number): Standing | undefined {
    while (this.#place < this.#spans.length && (this.#spans[this.#place]?.to ?? 0) < instant) this.#place++
    const span = this.#spans[this.#place]
    return span !== undefined && span.from <= instant ? span : undefined
  }
}
