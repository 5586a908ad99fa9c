import type { Book } from '../book/book-interface.ts'
import type { CoverageSpan, Stream } from '../book/record.ts'
import type { OverdraftError } from '../errors/overdraft-error.ts'
import type { History } from '../histories/history.ts'
import { type Interval, interval, isEmpty } from '../time/interval.ts'
import { type IntervalSet, intersection, intervalSet, totalMs, union } from '../time/interval-set.ts'
import { dayMs } from '../time/units.ts'
import { clientOfUrgency } from './client-of-urgency.ts'
import { errorOfStrays, findingOfDoubt, findingsOfStrays } from './doubt-finding.ts'
import type { PageGate } from './page-gate.ts'
import { isPassing } from './passing-errors.ts'
import { planStream, type StreamPlan } from './plan.ts'
import { withdrawFuture } from './snapshot-clock.ts'
import { type SourcePage, streamPages } from './stream-source.ts'
import type { SyncClient } from './sync-client.ts'
import type { StreamOutcome } from './sync-outcome.ts'
import { phaseOf, type SyncProgress } from './sync-progress.ts'
import type { Urgency } from './urgency.ts'

/** What the runs of all streams of an account share. */
export interface RunContext {
  readonly book: Book
  readonly account: string
  readonly addedAt: number
  readonly client: SyncClient
  readonly since: number | undefined
  readonly signal: AbortSignal | undefined
  readonly tell: (progress: SyncProgress) => void
  /** What all accounts share. */
  readonly gate: PageGate
}

/** After so many failures one after the other a stream is left for the next sync. */
const failuresMax = 3
/** What is left out where a request fails and no window bounds what it asked for. */
const skippedMs = 30 * dayMs

/** How urgent a span is, and whether the walk is worth going on with below a page. */
export interface WalkGuide {
  urgencyOf(span: Interval): Urgency
  takePage(settled: Interval, rows: number): boolean
}

/** The sync of one stream of one account: opened once, then fetched span by span, page by page. */
export class StreamRun {
  readonly #context: RunContext
  readonly #rule: History
  #plan: StreamPlan | undefined
  #proven: IntervalSet = []
  #provenNow: IntervalSet = []
  /** Up to here rows were settled when the newest page came, by what was known of the exchange's clock then. */
  #settledUntil = Number.POSITIVE_INFINITY
  #pages = 0
  #rows = 0
  #added = 0
  #failures = 0
  #error: OverdraftError | undefined
  readonly #changed: string[] = []
  readonly #late: string[] = []
  readonly #vanished: string[] = []
  readonly #unproven: string[] = []

  constructor(context: RunContext, rule: History) {
    this.#context = context
    this.#rule = rule
  }

  /** Reads what is proven, and tells what is to be asked for. */
  async open(): Promise<StreamPlan> {
    const { book, account, client, since, addedAt } = this.#context
    await withdrawFuture(book, account, client, this.#rule)
    this.#proven = intervalSet(await book.proven(account, this.stream))
    this.#plan = planStream(this.#rule, { proven: this.#proven, now: client.serverNow(), since, addedAt })
    return this.#plan
  }

  /**
   * Fetches one span, newest first; stops after a page once the signal is given, others need its place, or the
   * guide wants nothing below it.
   * @returns whether it came to the end of the span
   */
  async fetch(within: Interval, guide: WalkGuide): Promise<boolean> {
    let span: Interval | 'done' | 'left' = within
    while (typeof span !== 'string') {
      if (this.hasFailed) return true
      span = await this.#walk(span, guide)
    }
    return span === 'done'
  }

  /** Takes what witnesses of the histories said: what they contradict is no longer proven. */
  async takeWitness(sentences: readonly string[]): Promise<void> {
    const { book, account } = this.#context
    this.#unproven.push(...sentences)
    this.#proven = intervalSet(await book.proven(account, this.stream))
  }

  /** Whether so many requests failed, one after the other, that the rest is left for the next sync. */
  get hasFailed(): boolean {
    return this.#failures >= failuresMax
  }

  /** What this sync proved. */
  get provenNow(): IntervalSet {
    return this.#provenNow
  }

  /** A request beside its walk failed: what was asked stays open. */
  takeError(error: OverdraftError): void {
    this.#error ??= error
  }

  get outcome(): Omit<StreamOutcome, 'ended'> {
    return Object.freeze({
      stream: this.stream,
      pages: this.#pages,
      rows: this.#rows,
      added: this.#added,
      changed: Object.freeze([...this.#changed]),
      late: Object.freeze([...this.#late]),
      vanished: Object.freeze([...this.#vanished]),
      unproven: Object.freeze([...this.#unproven]),
      provenFraction: this.#provenFraction(),
      ...(this.#error === undefined ? {} : { error: this.#error }),
    })
  }

  get stream(): Stream {
    return this.#rule.stream
  }

  /** Walks a span; where a request fails for good, gives what lies behind it, which may succeed. */
  async #walk(span: Interval, guide: WalkGuide): Promise<Interval | 'done' | 'left'> {
    const { book, account, client, signal, gate } = this.#context
    let urgency = guide.urgencyOf(span)
    let reached = span.to
    const asking = clientOfUrgency(client, () => urgency)
    const leave = await gate.enter(urgency)
    try {
      for await (const page of streamPages(book, account, asking, this.stream, { within: span, signal })) {
        await this.#record(page, urgency)
        // What was shown before a request failed settles nothing, and its failure comes next.
        if (page.doubt === undefined && isEmpty(page.proven)) continue
        // What is doubted was asked for often enough.
        const isWanted = guide.takePage(page.doubt?.span ?? page.proven, page.rows)
        reached = Math.min(reached, page.proven.from, page.doubt?.span.from ?? reached)
        this.#failures = page.doubt?.kind === 'outside' ? this.#failures + 1 : 0
        if (this.hasFailed) return 'left'
        if (signal?.aborted === true || !isWanted || gate.isCrowded) return 'left'
        urgency = guide.urgencyOf(interval(Math.min(span.from, reached), reached))
      }
    } catch (error) {
      if (signal?.aborted === true || !isPassing(error)) throw error
      this.#error ??= error
      // A walk that does not come to its end will not behind there either.
      this.#failures = error.code === 'client.walk-stuck' ? failuresMax : this.#failures + 1
      const to = reached - (this.#rule.windowMs ?? skippedMs)
      return to > span.from ? interval(span.from, to) : 'done'
    } finally {
      leave()
    }
    return 'done'
  }

  async #record(page: SourcePage, urgency: Urgency): Promise<void> {
    const { book, account, client, tell } = this.#context
    const proven = this.#settledPart(page)
    const span: CoverageSpan = { account, stream: this.stream, ...proven, provenBy: page.request, provenAt: page.receivedAt }
    const { added, changed, late, vanished } = await page.record([span])
    const foundAt = client.serverNow()
    await book.recordFindings(findingsOfStrays(account, this.stream, page, foundAt))
    if (page.doubt?.kind === 'outside') this.#error ??= errorOfStrays(account, this.stream, page.doubt)
    if (page.doubt !== undefined) {
      const finding = findingOfDoubt(account, this.stream, page.doubt, foundAt)
      await book.recordFindings([finding])
      this.#unproven.push(finding.sentence)
    }
    this.#pages++
    this.#rows += page.rows
    this.#added += added
    this.#changed.push(...changed)
    this.#late.push(...late)
    this.#vanished.push(...vanished)
    this.#proven = union(this.#proven, [proven])
    this.#provenNow = union(this.#provenNow, [proven])
    tell({
      kind: 'page',
      account,
      stream: this.stream,
      phase: phaseOf(urgency),
      pages: this.#pages,
      rows: this.#rows,
      added: this.#added,
      proven,
      provenFraction: this.#provenFraction(),
    })
  }

  /** Rows newer than the settle delay may still appear, so a page does not prove that part. By the exchange's clock. */
  #settledPart({ proven, askedAt }: SourcePage): Interval {
    const settledAt = askedAt - this.#rule.settleMs
    if (settledAt < proven.to) this.#settledUntil = Math.min(this.#settledUntil, settledAt)
    return interval(Math.min(proven.from, settledAt), Math.min(proven.to, settledAt))
  }

  #provenFraction(): number {
    // Not planned: the account failed before, and nothing is known of what is wanted.
    if (this.#plan === undefined) return 0
    const { retention } = this.#rule
    // Who asks for more than is kept for certain is told how much of it is there.
    const keptMs = this.#context.since === undefined ? retention?.shortestMs : retention?.longestMs
    const oldestKept = keptMs === undefined ? 0 : this.#context.client.serverNow() - keptMs
    // What the exchange dropped while the sync ran is nobody's to prove, and what a clock better known than when the
    // sync was planned shows to be unsettled is not to be proven yet.
    const reachable = intersection(this.#plan.settled, [interval(Math.min(oldestKept, this.#settledUntil), this.#settledUntil)])
    const wantedMs = totalMs(reachable)
    return wantedMs === 0 ? 1 : totalMs(intersection(this.#proven, reachable)) / wantedMs
  }
}
