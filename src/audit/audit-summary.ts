import type { BookAccount } from '../book/record.ts'
import { add } from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf, zero } from '../decimal/decimal.ts'
import type { Interval } from '../time/interval.ts'
import type { Unjudged } from './evidence.ts'
import type { Finding } from './finding.ts'
import type { LearnedRounding } from './learned-rounding.ts'
import type { VerdictCounts } from './verdict-counts.ts'

/** What an audit came to. Plain frozen data. */
export interface AuditSummary {
  readonly account: string
  readonly exchange: BookAccount['exchange']
  readonly within: Interval | undefined
  /** How many were looked at of each history; each of them has one verdict, or is told under `unjudged`. */
  readonly charges: number
  readonly marginCharges: number
  /** `missing` counts charges that are not there; all others are charges that are. */
  readonly verdicts: VerdictCounts
  /** Interest charged, of both histories together but for PORTFOLIO rows, which tell the others a second time. */
  readonly sums: readonly AssetSum[]
  /** How each kind of charge is rounded, as the charges show. */
  readonly rounding: readonly LearnedRounding[]
  /** In which spans the history of interest is proven to be complete. */
  readonly proven: readonly Interval[]
  readonly unjudged: readonly Unjudged[]
}

export interface AssetSum {
  readonly asset: string
  readonly charged: Decimal
  readonly findings: number
  /** Of findings that name an amount: charged less due, added up. */
  readonly disputed: Decimal
}

/** Adds up by asset what was charged and what findings dispute of it. */
export class AssetSums {
  readonly #sums = new Map<string, { charged: Decimal; findings: number; disputed: Decimal }>()

  charged(asset: string, mantissa: bigint, scale: number): void {
    const sum = this.#of(asset)
    sum.charged = add(sum.charged, decimalOf(mantissa, scale))
  }

  disputed({ charge, difference }: Finding): void {
    const sum = this.#of(charge.asset)
    sum.findings++
    if (difference !== undefined) sum.disputed = add(sum.disputed, difference)
  }

  /** By asset, in order. */
  list(): readonly AssetSum[] {
    const sorted = [...this.#sums].sort(([left], [right]) => (left < right ? -1 : 1))
    return Object.freeze(sorted.map(([asset, sum]) => Object.freeze({ asset, ...sum })))
  }

  #of(asset: string) {
    const known = this.#sums.get(asset)
    if (known !== undefined) return known
    const sum = { charged: zero, findings: 0, disputed: zero }
    this.#sums.set(asset, sum)
    return sum
  }
}
