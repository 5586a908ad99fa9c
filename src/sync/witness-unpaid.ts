import type { Book } from '../book/book-interface.ts'
import type { BalanceSnapshot, Stream } from '../book/record.ts'
import { nextBinanceCharge } from '../rules/binance-charge-instant.ts'
import { boundaryAtOrBefore, everyHour } from '../time/boundary.ts'
import { type Interval, interval } from '../time/interval.ts'
import { covers, type IntervalSet, intersection, intervalSet } from '../time/interval-set.ts'
import { dayMs, minuteMs } from '../time/units.ts'
import { sightBefore, sightsSince } from './sights-before.ts'
import { isDated, snapshotSlackMs } from './snapshot-clock.ts'
import { UnpaidLevel, type UnpaidRun, type UnpaidSight } from './unpaid-level.ts'
import { type UnpaidRow, unpaidRows, unpaidUnits } from './unpaid-rows.ts'

/** The unpaid interest of an asset from one snapshot to a later one, beside everything known between them. */
export interface UnpaidStep {
  readonly kind: 'fits' | 'more' | 'less'
  readonly asset: string
  readonly before: BalanceSnapshot
  readonly after: BalanceSnapshot
  /** Everything that can have come between the two. */
  readonly window: Interval
  /** By how much it grew, and by how much as far as is known; at the scale of Binance's ledger. */
  readonly grown: bigint
  readonly known: bigint
}

export interface UnpaidSearch {
  readonly book: Book
  readonly account: string
  /** What was proven just now; steps that do not touch it are left alone. */
  readonly within: IntervalSet
}

/** A charge is in a balance so long after its instant at the latest; as long as until its row is shown. */
const bookedAfterMs = 10 * minuteMs

/**
 * Holds the unpaid interest of each asset of a Binance account against everything that changes it: between two snapshots it
 * grows by exactly the charges between them less the interest of repayments (facts A4.2, A5), and never on itself. A step is
 * told only where all of that is proven, was read in all its digits, and both snapshots are of when they say.
 *
 * Each history is read once; what is kept grows with the assets alone.
 */
export async function* unpaidSteps({ book, account, within }: UnpaidSearch): AsyncGenerator<UnpaidStep> {
  const first = within[0]
  if (first === undefined) return
  const from = await sightBefore(book, account, first.from)
  const rows = unpaidRows(book, account, interval(from - bookedAfterMs, Number.MAX_SAFE_INTEGER))
  const proofs = new Proofs(book, account)
  const levels = new Map<string, UnpaidLevel>()
  let next = await rows.next()
  try {
    for await (const sights of sightsSince(book, account, from)) {
      const takenAt = sights[0]?.takenAt ?? 0
      for (; next.done !== true && (next.value[0]?.at ?? 0) <= takenAt + snapshotSlackMs; next = await rows.next()) {
        takeRows(levels, next.value, takenAt - bookedAfterMs)
      }
      for (const level of levels.values()) level.settle(takenAt - bookedAfterMs)
      for (const snapshot of sights) {
        const step = await seen(levelOf(levels, snapshot.asset), snapshot, proofs)
        if (step !== undefined && intersection([step.window], within).length > 0) yield step
      }
    }
  } finally {
    await rows.return(undefined)
  }
}

function takeRows(levels: Map<string, UnpaidLevel>, rows: readonly UnpaidRow[], settledUntil: number): void {
  for (const row of rows) {
    const level = levelOf(levels, row.asset)
    level.take(row)
    if (row.at <= settledUntil) level.settle(settledUntil)
  }
}

function levelOf(levels: Map<string, UnpaidLevel>, asset: string): UnpaidLevel {
  const level = levels.get(asset) ?? new UnpaidLevel()
  levels.set(asset, level)
  return level
}

/** Holds one snapshot against the run it would continue; what begins a run contradicts nothing. */
async function seen(level: UnpaidLevel, snapshot: BalanceSnapshot, proofs: Proofs): Promise<UnpaidStep | undefined> {
  const { run } = level
  const read = level.read(snapshot)
  const isContinued =
    run !== undefined && (await proofs.cover(run.last.snapshot, snapshot)) && level.isSureSince(beginOf(run.last.snapshot))
  if (read === undefined || !isContinued) {
    level.run = read !== undefined && (await proofs.isDated(snapshot)) ? read : undefined
    return undefined
  }
  const agreed = read.levels.filter((one) => run.levels.includes(one))
  const narrows = agreed.length < run.levels.length
  if (narrows && !(await proofs.isDated(snapshot))) return undefined
  const fits = run.doubted === undefined ? agreed.length > 0 : agreed.some((one) => run.likely.includes(one))
  if (!fits) {
    level.run = contradicting(run, read)
    return { ...stepBetween(run.certain, read.last), kind: isAbove(levelsHeld(read, run), levelsHeld(run, run)) ? 'more' : 'less' }
  }
  level.run = continued(run, read, agreed)
  // Where a contradiction left several levels, what is missing may as well lie after it, up to what tells them apart.
  if (run.doubted !== undefined && run.likely.length > 1) {
    return { ...stepBetween(run.certain, read.last), kind: isAbove(level.run.likely, run.doubted) ? 'more' : 'less' }
  }
  const step = stepBetween(run.last, read.last)
  return step.known === 0n ? undefined : { ...step, kind: 'fits' }
}

function stepBetween(before: UnpaidSight, after: UnpaidSight): Omit<UnpaidStep, 'kind'> {
  const { asset, takenAt, updatedAt, interest } = after.snapshot
  return {
    asset,
    before: before.snapshot,
    after: after.snapshot,
    window: interval(beginOf(before.snapshot), Math.max(takenAt, updatedAt) + snapshotSlackMs + 1),
    grown: (unpaidUnits(interest) ?? 0n) - (unpaidUnits(before.snapshot.interest) ?? 0n),
    known: after.known - before.known,
  }
}

/** What begins where a run is contradicted. */
function contradicting(run: UnpaidRun, read: UnpaidRun): UnpaidRun {
  return { ...read, doubted: levelsHeld(run, run), certain: read.likely.length === 1 ? read.last : run.certain }
}

/** What both say; after a doubt not what is only likely to neither. */
function continued(run: UnpaidRun, read: UnpaidRun, agreed: readonly bigint[]): UnpaidRun {
  const certain = read.levels.length === 1 ? read.last : run.certain
  if (run.doubted === undefined) return { ...read, levels: agreed, certain }
  const likely = agreed.filter((one) => run.likely.includes(one))
  return { ...read, levels: likely, likely, doubted: likely.length === 1 ? undefined : run.doubted, certain }
}

/** Of what is read, the levels that count beside a run: after a doubt only likely ones do. */
function levelsHeld(read: UnpaidRun, { doubted }: UnpaidRun): readonly bigint[] {
  return doubted === undefined ? read.levels : read.likely
}

function isAbove(levels: readonly bigint[], others: readonly bigint[]): boolean {
  return largest(levels) > largest(others)
}

function largest(levels: readonly bigint[]): bigint {
  return levels.reduce((most, level) => (level > most ? level : most))
}

function beginOf({ takenAt }: BalanceSnapshot): number {
  return takenAt - bookedAfterMs
}

/** What is proven of an account's histories, each read once. */
class Proofs {
  readonly #book: Book
  readonly #account: string
  readonly #proven = new Map<Stream, IntervalSet>()
  readonly #dated = new Map<number, boolean>()

  constructor(book: Book, account: string) {
    this.#book = book
    this.#account = account
  }

  /**
   * Whether everything is known that can have changed the unpaid interest between two snapshots: negative balances are charged
   * once a day, loans at full hours and when they are taken; and neither loans nor repayments leave `updatedAt` alone, as
   * interest does (facts A3.1).
   */
  async cover(before: BalanceSnapshot, after: BalanceSnapshot): Promise<boolean> {
    const from = beginOf(before)
    const until = after.takenAt + snapshotSlackMs
    const movedAt = after.updatedAt > 0 ? after.updatedAt : until
    const lastHour = boundaryAtOrBefore(until, everyHour)
    return (
      (await this.#covers('interest', from, lastChargeUntil(until))) &&
      (await this.#covers('margin-interest', from, Math.max(lastHour, movedAt))) &&
      (await this.#covers(`margin-repayments:${after.asset}`, from, movedAt))
    )
  }

  async isDated({ takenAt }: BalanceSnapshot): Promise<boolean> {
    const known = this.#dated.get(takenAt) ?? (await isDated(this.#book, this.#account, takenAt))
    this.#dated.set(takenAt, known)
    return known
  }

  /** Both instants included; nothing is to be proven where the last comes before the first. */
  async #covers(stream: Stream, from: number, last: number): Promise<boolean> {
    if (last < from) return true
    const known = this.#proven.get(stream) ?? intervalSet(await this.#book.proven(this.#account, stream))
    this.#proven.set(stream, known)
    return covers(known, interval(from, last + 1))
  }
}

function lastChargeUntil(instant: number): number {
  const next = nextBinanceCharge(instant - dayMs)
  return next <= instant ? next : Number.NEGATIVE_INFINITY
}
