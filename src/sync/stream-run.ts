import type { Book } from '../book/book-interface.ts'
import type { CoverageSpan, Stream } from '../book/record.ts'
import { type Interval, interval } from '../time/interval.ts'
import { type IntervalSet, intersection, intervalSet, totalMs, union } from '../time/interval-set.ts'
import { planStream, type StreamPlan } from './plan.ts'
import type { StreamRule } from './stream-rule.ts'
import { type SourcePage, streamPages } from './stream-source.ts'
import type { SyncClient } from './sync-client.ts'
import type { StreamOutcome } from './sync-outcome.ts'
import type { SyncPhase, SyncProgress } from './sync-progress.ts'

/** What the runs of all streams of an account share. */
export interface RunContext {
  readonly book: Book
  readonly account: string
  readonly client: SyncClient
  readonly since: number | undefined
  readonly signal: AbortSignal | undefined
  readonly tell: (progress: SyncProgress) => void
}

/** The sync of one stream of one account: planned once, then fetched page by page. */
export class StreamRun {
  readonly #context: RunContext
  readonly #rule: StreamRule
  #plan: StreamPlan | undefined
  #proven: IntervalSet = []
  /** Up to here rows were settled when the newest page came, by what was known of the exchange's clock then. */
  #settledUntil = Number.POSITIVE_INFINITY
  #pages = 0
  #rows = 0
  #added = 0
  readonly #changed: string[] = []
  readonly #late: string[] = []

  constructor(context: RunContext, rule: StreamRule) {
    this.#context = context
    this.#rule = rule
  }

  /** Fetches what the phase still lacks, newest first; stops after a page once the signal is given. */
  async run(phase: SyncPhase): Promise<void> {
    const { book, account, client, signal } = this.#context
    const plan = await this.#planned()
    for (const within of [...plan[phase]].reverse()) {
      for await (const page of streamPages(book, account, client, this.#stream, { within, signal })) {
        await this.#record(page, phase)
        if (signal?.aborted === true) return
      }
    }
  }

  get outcome(): StreamOutcome {
    return Object.freeze({
      stream: this.#stream,
      pages: this.#pages,
      rows: this.#rows,
      added: this.#added,
      changed: Object.freeze([...this.#changed]),
      late: Object.freeze([...this.#late]),
      provenFraction: this.#provenFraction(),
    })
  }

  get #stream(): Stream {
    return this.#rule.stream
  }

  async #planned(): Promise<StreamPlan> {
    const { book, account, client, since } = this.#context
    if (this.#plan === undefined) {
      this.#proven = intervalSet(await book.proven(account, this.#stream))
      this.#plan = planStream(this.#rule, { proven: this.#proven, now: client.serverNow(), since })
    }
    return this.#plan
  }

  async #record(page: SourcePage, phase: SyncPhase): Promise<void> {
    const { account, tell } = this.#context
    const proven = this.#settledPart(page)
    const span: CoverageSpan = { account, stream: this.#stream, ...proven, provenBy: page.request, provenAt: page.receivedAt }
    const { added, changed, late } = await page.record([span])
    this.#pages++
    this.#rows += page.rows
    this.#added += added
    this.#changed.push(...changed)
    this.#late.push(...late)
    this.#proven = union(this.#proven, [proven])
    tell({
      kind: 'page',
      account,
      stream: this.#stream,
      phase,
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
    const { retentionMs } = this.#rule
    const oldestKept = retentionMs === undefined ? 0 : this.#context.client.serverNow() - retentionMs
    // What the exchange dropped while the sync ran is nobody's to prove, and what a clock better known than when the
    // sync was planned shows to be unsettled is not to be proven yet.
    const reachable = intersection(this.#plan.settled, [interval(Math.min(oldestKept, this.#settledUntil), this.#settledUntil)])
    const wantedMs = totalMs(reachable)
    return wantedMs === 0 ? 1 : totalMs(intersection(this.#proven, reachable)) / wantedMs
  }
}
