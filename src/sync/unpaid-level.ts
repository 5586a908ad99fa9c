import type { BalanceSnapshot } from '../book/record.ts'
import type { UnpaidRow } from './unpaid-rows.ts'
import { unpaidUnits } from './unpaid-rows.ts'

/** What was seen of an asset's unpaid interest without a contradiction, up to the last snapshot. */
export interface UnpaidRun {
  /** What stood unpaid beyond everything known, in every way the snapshots can be read. */
  readonly levels: readonly bigint[]
  readonly last: BalanceSnapshot
  /** Everything known up to the last snapshot, as it reads at first sight. */
  readonly known: bigint
}

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
    const paid = prefixSums(this.#recent.filter(({ kind }) => kind === 'repaid'))
    const charged = prefixSums(this.#recent.filter(({ kind }) => kind !== 'repaid'))
    if (unpaid === undefined || paid.length * charged.length > readingsMax) return undefined
    const levels = charged.flatMap((charges) => paid.map((repayments) => unpaid - this.#certain - charges - repayments))
    const known = this.#certain + sumOf(this.#recent.filter(({ at }) => at <= snapshot.takenAt))
    return { levels: [...new Set(levels)], last: snapshot, known }
  }
}

function prefixSums(rows: readonly UnpaidRow[]): readonly bigint[] {
  const sums = [0n]
  for (const { units } of rows) sums.push((sums.at(-1) ?? 0n) + units)
  return sums
}

function sumOf(rows: readonly UnpaidRow[]): bigint {
  return rows.reduce((sum, { units }) => sum + units, 0n)
}
