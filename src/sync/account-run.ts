import { accountHistories, reachesRates } from '../book/account-histories.ts'
import type { Book } from '../book/book-interface.ts'
import type { BalanceSnapshot, BookAccount, Stream } from '../book/record.ts'
import { fail, isOverdraftError, type OverdraftError } from '../errors/overdraft-error.ts'
import { wholeHistories } from '../histories/histories.ts'
import type { History } from '../histories/history.ts'
import type { Clock } from '../time/clock.ts'
import { union } from '../time/interval-set.ts'
import { clientOfUrgency } from './client-of-urgency.ts'
import { OddTimes } from './odd-times.ts'
import { PageGate } from './page-gate.ts'
import { isOfOneEndpoint } from './passing-errors.ts'
import { readAccountInput } from './plan-input.ts'
import { poolOf } from './plan-pools.ts'
import { takeKey } from './same-account.ts'
import { stateAfterFailure, stateAfterSuccess } from './schedule.ts'
import { StreamRun } from './stream-run.ts'
import { StreamSchedule } from './stream-schedule.ts'
import { syncBalances } from './sync-balances.ts'
import type { SyncClient } from './sync-client.ts'
import { syncFacts } from './sync-facts.ts'
import type { StreamOutcome, SyncOutcome } from './sync-outcome.ts'
import type { SyncPhase, SyncProgress } from './sync-progress.ts'
import { unwitnessed } from './unwitnessed.ts'
import { witnessAccount } from './witness.ts'

export interface AccountRunOptions {
  readonly book: Book
  readonly account: BookAccount
  readonly client: SyncClient
  readonly clock: Clock
  /** Where the wanted history begins, epoch ms; default as `stream-rule.ts` says. */
  readonly since?: number | undefined
  /** Stops after the page at hand; what was fetched stays. */
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: SyncProgress) => void) | undefined
  /** Default: one of its own. */
  readonly gate?: PageGate | undefined
}

/** One history of the account: what it still has to ask for, and how that is fetched. */
interface Task {
  readonly run: StreamRun
  readonly schedule: StreamSchedule
}

/**
 * The sync of one account: its balances, then its histories, the most urgent span first. Histories that the exchange
 * counts in different pools are fetched side by side; those of one pool one after the other, which fills it.
 */
export class AccountRun {
  readonly #options: AccountRunOptions
  readonly #signal: AbortSignal
  readonly #gate: PageGate
  /** Ends what other pools are doing once the account has failed. */
  readonly #ending = new AbortController()
  readonly #runs: StreamRun[]
  readonly #told = new Set<SyncPhase>()
  readonly #oddTimes: OddTimes
  #tasks: readonly Task[] = []
  #error: OverdraftError | undefined
  #factsError: OverdraftError | undefined

  constructor(options: AccountRunOptions) {
    this.#options = options
    const { signal, gate = new PageGate() } = options
    this.#gate = gate
    this.#oddTimes = new OddTimes(options.client)
    this.#signal = signal === undefined ? this.#ending.signal : AbortSignal.any([signal, this.#ending.signal])
    this.#runs = wholeHistories(options.account.exchange).map((rule) => this.#streamRun(rule))
  }

  /** @throws only what is not one of our errors: a mistake in Overdraft itself */
  async run(): Promise<SyncOutcome> {
    try {
      this.#assertClient()
      await this.#takeKey()
      const snapshots = await this.#balances()
      await this.#open()
      await Promise.all([this.#facts(snapshots), this.#fetchAll()])
      // Charges that came tell of assets, and so of histories, that nothing was known of before.
      if (await this.#open()) await this.#fetchAll()
      await this.#witness()
      this.#error ??= this.#runs.find(({ outcome }) => outcome.error !== undefined)?.outcome.error ?? this.#factsError
    } catch (error) {
      this.#take(error)
    }
    await this.#noteOddTimes()
    await this.#note()
    const ended = this.#isStopped ? 'stopped' : this.#error === undefined ? 'done' : 'failed'
    const outcome: SyncOutcome = Object.freeze({
      account: this.#options.account.label,
      ended,
      streams: Object.freeze(this.#runs.map((run) => this.#streamOutcome(run))),
      ...(ended === 'failed' && this.#error !== undefined ? { error: this.#error } : {}),
    })
    this.#tell({ kind: 'done', account: outcome.account, outcome })
    return outcome
  }

  #streamRun(rule: History): StreamRun {
    const { book, account, client, since } = this.#options
    const gate = this.#gate
    const tell = (progress: SyncProgress) => this.#tell(progress)
    return new StreamRun({ book, account: account.label, addedAt: account.addedAt, client, since, signal: this.#signal, tell, gate }, rule)
  }

  #streamOutcome({ outcome }: StreamRun): StreamOutcome {
    const { error } = outcome
    const ofAccount = this.#isStopped ? 'stopped' : this.#ending.signal.aborted ? 'failed' : 'done'
    return Object.freeze({ ...outcome, ended: error === undefined ? ofAccount : 'failed' })
  }

  get #isStopped(): boolean {
    return this.#options.signal?.aborted === true
  }

  #assertClient(): void {
    const { account, client } = this.#options
    if (client.exchange !== account.exchange) {
      fail('sync.wrong-client', { account: account.label, exchange: account.exchange, client: client.exchange })
    }
  }

  /** Before anything is recorded. */
  async #takeKey(): Promise<void> {
    const { book, account, client, clock } = this.#options
    await takeKey(
      book,
      account,
      clientOfUrgency(client, () => 0),
      clock.now(),
    )
  }

  /** What is owed now comes before any history; a reply that cannot be used does not keep the histories from being fetched. */
  async #balances(): Promise<readonly BalanceSnapshot[]> {
    const { book, account, client } = this.#options
    const asking = clientOfUrgency(client, () => 0)
    try {
      const snapshots = await syncBalances(book, account.label, asking, this.#signal)
      this.#tell({ kind: 'balances', account: account.label, assets: snapshots.length })
      return snapshots
    } catch (error) {
      if (this.#signal.aborted || !isOfOneEndpoint(error)) throw error
      this.#factsError = error
      return []
    }
  }

  /** Beside the histories: what else holds now is not worth waiting for. */
  async #facts(snapshots: readonly BalanceSnapshot[]): Promise<void> {
    const { book, account, client } = this.#options
    const asking = clientOfUrgency(client, () => 1)
    try {
      const error = await syncFacts(book, account.label, asking, snapshots, this.#signal)
      this.#factsError ??= error
    } catch (error) {
      this.#take(error)
    }
  }

  /** Plans what the account lacks, by the exchange's clock, which is known by now. */
  async #open(): Promise<boolean> {
    if (this.#signal.aborted) return false
    const { book, account, client } = this.#options
    const opened = new Set(this.#tasks.map(({ run }) => run.stream))
    const rules = (await accountHistories(book, account, client)).filter(({ stream }) => !opened.has(stream))
    if (rules.length === 0) return false
    const { streams } = await readAccountInput(book, account, rules)
    const tasks: Task[] = []
    for (const { rule, density } of streams) {
      const known = this.#runs.find(({ stream }) => stream === rule.stream)
      const run = known ?? this.#streamRun(rule)
      if (known === undefined) this.#runs.push(run)
      const { asked } = await run.open()
      tasks.push({ run, schedule: new StreamSchedule(rule, asked, density, client.serverNow()) })
    }
    if (this.#tasks.length === 0 && account.exchange === 'binance' && !reachesRates(client)) {
      const reason = 'they are told by the api host, of which nothing is known beside this address'
      this.#tell({ kind: 'left-out', account: account.label, histories: 'published rates and index prices', reason })
    }
    this.#tasks = [...this.#tasks, ...tasks]
    for (const task of tasks) this.#tellLeft(task)
    return true
  }

  async #fetchAll(): Promise<void> {
    const { account } = this.#options
    const pools = new Map<string, Task[]>()
    for (const task of this.#tasks) {
      const { key } = poolOf(account, task.schedule.rule.endpoint)
      pools.set(key, [...(pools.get(key) ?? []), task])
    }
    await Promise.all([...pools.values()].map((tasks) => this.#fetchPool(tasks)))
    this.#tellPhases()
  }

  /** Holds what was proven against what else the exchange tells. */
  async #witness(): Promise<void> {
    if (this.#signal.aborted) return
    const { book, account, client, clock } = this.#options
    const streams = this.#runs.map(({ stream }) => stream)
    const before = await unwitnessed(book, account.label, streams, clock.now())
    const provenNow = new Map(this.#runs.map((run) => [run.stream, union(run.provenNow, before.get(run.stream) ?? [])]))
    const { told, failed } = await witnessAccount({ book, account, client, signal: this.#signal, provenNow })
    for (const run of this.#runs) {
      await run.takeWitness(told.get(run.stream) ?? [])
      if (failed !== undefined && run.stream === 'interest') run.takeError(failed)
    }
  }

  /** Whatever is most urgent next, until nothing is left. */
  async #fetchPool(tasks: readonly Task[]): Promise<void> {
    try {
      for (let task = mostUrgent(tasks); task !== undefined && !this.#signal.aborted; task = mostUrgent(tasks)) {
        await this.#fetch(task)
      }
    } catch (error) {
      this.#take(error)
    }
  }

  async #fetch(task: Task): Promise<void> {
    const { run, schedule } = task
    const walk = schedule.next
    if (walk === undefined) return
    const guide = {
      urgencyOf: (span: typeof walk) => schedule.urgencyOf(span),
      takePage: (settled: typeof walk, rows: number) => {
        const isWanted = schedule.takePage(settled, rows)
        this.#tellLeft(task)
        this.#tellPhases()
        return isWanted
      },
    }
    const isAtEnd = await run.fetch(walk, guide)
    if (run.hasFailed) schedule.giveUp()
    else if (isAtEnd) schedule.takeEnd(walk)
    this.#tellLeft(task)
  }

  /** Keeps what single replies said of the time; a proof rests on none of it. */
  async #noteOddTimes(): Promise<void> {
    const { book, account } = this.#options
    const findings = this.#oddTimes.findings(account.label)
    if (findings.length === 0) return
    try {
      await book.recordFindings(findings)
      await this.#runs.find(({ stream }) => stream === 'interest')?.takeWitness(findings.map(({ sentence }) => sentence))
    } catch (error) {
      this.#take(error)
    }
  }

  /** Notes when the account is to be tried again, and why. */
  async #note(): Promise<void> {
    const { book, account, client, clock } = this.#options
    if (this.#isStopped) return
    try {
      if (this.#error === undefined) return await book.recordSyncState(stateAfterSuccess(account, clock.now(), client.serverNow()))
      const failures = (await book.syncState(account.label))?.failures ?? 0
      await book.recordSyncState(stateAfterFailure(account.label, this.#error, failures, clock.now(), this.#failedAlone()))
    } catch (error) {
      // A book that cannot be written cannot note that either; the outcome carries the first error.
      this.#take(error)
    }
  }

  /** The history that failed while another came: what it needs does not hold up the account. */
  #failedAlone(): Stream | undefined {
    if (this.#ending.signal.aborted) return undefined
    const failed = this.#runs.filter(({ outcome }) => outcome.error !== undefined)
    return failed.length < this.#runs.length ? failed[0]?.stream : undefined
  }

  #take(error: unknown): void {
    // Whatever a stopped request throws, it was stopped; and what ended because another failed is not the reason.
    if (this.#signal.aborted) return
    if (!isOverdraftError(error)) throw error
    this.#error ??= error
    this.#ending.abort(error)
  }

  #tellLeft({ schedule }: Task): void {
    const { label } = this.#options.account
    this.#tell({ kind: 'stream-left', account: label, stream: schedule.rule.stream, requests: schedule.requestsLeft })
  }

  #tellPhases(): void {
    const urgencies = this.#tasks.map(({ schedule }) => schedule.urgency ?? Number.POSITIVE_INFINITY)
    if (urgencies.every((urgency) => urgency >= 3)) this.#tellPhase('recent')
    if (urgencies.every((urgency) => urgency > 3)) this.#tellPhase('older')
  }

  #tellPhase(phase: SyncPhase): void {
    if (this.#told.has(phase) || this.#signal.aborted) return
    this.#told.add(phase)
    this.#tell({ kind: 'phase-done', account: this.#options.account.label, phase })
  }

  #tell(progress: SyncProgress): void {
    this.#options.onProgress?.(progress)
  }
}

function mostUrgent(tasks: readonly Task[]): Task | undefined {
  let first: Task | undefined
  for (const task of tasks) {
    const { urgency } = task.schedule
    if (urgency !== undefined && (first === undefined || urgency < (first.schedule.urgency ?? Number.POSITIVE_INFINITY))) first = task
  }
  return first
}
