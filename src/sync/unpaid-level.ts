import type { BalanceSnapshot } from '../book/record.ts'
import { secondMs } from '../time/units.ts'
import type { UnpaidRow } from './unpaid-rows.ts'
import { unpaidUnits } from './unpaid-rows.ts'

/** What was seen of an asset's unpaid interest without a contradiction, up to the last snapshot. */
export interface UnpaidRun {
  /** What stood unpaid beyond everything known, in every way the snapshots can be read. */
  readonly levels: readonly bigint[]
  /** Those of them that leave nothing out of the last snapshot but what came within seconds of it. */
  readonly likely: readonly bigint[]
  /**
   * The levels that its beginning contradicts, where it begins where another run ended in a contradiction. Then it is not to be
   * read in an unlikely way that fits what follows: what was not in the snapshot yet would hide as much that is not known of at
   * all.
   */
  readonly doubted: readonly bigint[] | undefined
  readonly last: UnpaidSight
  /**
   * The last snapshot that reads in one way alone, or the first: a row that is missing may lie anywhere since. After a
   * contradiction it stays the one before it, until a snapshot is likely in one way alone.
   */
  readonly certain: UnpaidSight
}

/** A snapshot, and everything known up to it as it reads at first sight. */
export interface UnpaidSight {
  readonly snapshot: BalanceSnapshot
  readonly known: bigint
}

/** By so much the exchange's time of a snapshot may be off. */
const datedToMs = 5 * secondMs
/** So many ways to read one snapshot are told apart. */
const readingsMax = 400

/**
 * The unpaid interest of one asset beside everything known to change it. The two differ by what was unpaid before anything was
 * known, always the same: the level. What came shortly before a snapshot may not have been in it yet, so that a snapshot may
 * be read in several ways; each change is in or not, charges and repayments each in their order.
 */
export class UnpaidLevel {
  run: UnpaidRun | undefined
  #certain = 0n
  #recent: UnpaidRow[] = []
  #unsureAt = Number.NEGATIVE_INFINITY

  take(row: UnpaidRow): void {
    this.#recent.push(row)
    if (!row.isExact) this.#unsureAt = row.at
  }

  /** From now on, what came until then is in every snapshot. */
  settle(until: number): void {
    const [settled, recent] = [[] as UnpaidRow[], [] as UnpaidRow[]]
    for (const row of this.#recent) (row.at <= until ? settled : recent).push(row)
    this.#certain += sumOf(settled)
    this.#recent = recent
  }

  /** Whether everything known since then is known to the last digit. */
  isSureSince(instant: number): boolean {
    return this.#unsureAt < instant
  }

  /** A snapshot as a run of its own; `undefined` where it can be read in too many ways. */
  read(snapshot: BalanceSnapshot): UnpaidRun | undefined {
    const unpaid = unpaidUnits(snapshot.interest)
    const paid = this.#recent.filter(({ kind }) => kind === 'repaid')
    const charged = this.#recent.filter(({ kind }) => kind !== 'repaid')
    if (unpaid === undefined || (paid.length + 1) * (charged.length + 1) > readingsMax) return undefined
    const levelsOf = (sureUntil: number) => {
      const repayments = prefixSums(paid, sureUntil)
      const levels = prefixSums(charged, sureUntil).flatMap((charges) => repayments.map((sum) => unpaid - this.#certain - charges - sum))
      return [...new Set(levels)]
    }
    const known = this.#certain + sumOf(this.#recent.filter(({ at }) => at <= snapshot.takenAt))
    const likely = levelsOf(snapshot.takenAt - datedToMs)
    const last = { snapshot, known }
    return { levels: levelsOf(Number.NEGATIVE_INFINITY), likely, doubted: undefined, last, certain: last }
  }
}

/** Sums of the first rows, of at least those until an instant. */
function prefixSums(rows: readonly UnpaidRow[], sureUntil: number): readonly bigint[] {
  const sums = [0n]
  for (const { units } of rows) sums.push((sums.at(-1) ?? 0n) + units)
  return sums.slice(rows.filter(({ at }) => at <= sureUntil).length)
}

function sumOf(rows: readonly UnpaidRow[]): bigint {
  return rows.reduce((sum, { units }) => sum + units, 0n)
}
