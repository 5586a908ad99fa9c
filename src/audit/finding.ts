import type { Decimal } from '../decimal/decimal.ts'
import type { Verdict } from './verdict.ts'

/** Which charge a finding is about; the natural key of the book, within an account. */
export interface ChargeName {
  readonly account: string
  readonly asset: string
  readonly instId: string
  readonly marginMode: string
  readonly loanType: string
  readonly at: number
  /** Only of Binance's margin interest history: more than one row may share the rest. */
  readonly txId?: string | undefined
}

/** One step of an argument, as `--explain` prints it. */
export interface Step {
  /** What is looked at or computed, such as `principal by the balance of 23:58 UTC`. */
  readonly what: string
  /** The arithmetic or the source, such as `0.0001164 × 210000`. */
  readonly how: string
  readonly result: string
  /** The rule, document or fact it rests on; empty for plain arithmetic. */
  readonly restsOn: string
}

/** A charge, or one that is missing, that is not as it should be. Plain frozen data. */
export interface Finding {
  /** Short and stable over runs: of the charge's name and the verdict. `audit --explain` takes it. */
  readonly id: string
  readonly verdict: Exclude<Verdict, 'exact' | 'within-rounding' | 'hidden-digits'>
  readonly charge: ChargeName
  /** What was charged; 0 where a charge is missing. */
  readonly charged: Decimal
  /** What was due, as far as it is known: an interval, both ends included. `undefined` where nothing can be said. */
  readonly due: { readonly low: Decimal; readonly high: Decimal } | undefined
  /** Charged less due, at the end of the interval that is nearest; positive when too much was charged. */
  readonly difference: Decimal | undefined
  /** One sentence for people, with the amounts. */
  readonly sentence: string
  readonly steps: readonly Step[]
}
