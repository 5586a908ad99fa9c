import type { Book } from '../book/book-interface.ts'
import type { BookAccount } from '../book/record.ts'
import { fail, isOverdraftError, type OverdraftError } from '../errors/overdraft-error.ts'
import type { Clock } from '../time/clock.ts'
import { streamRules } from './stream-rule.ts'
import { StreamRun } from './stream-run.ts'
import { syncBalances } from './sync-balances.ts'
import type { SyncClient } from './sync-client.ts'
import type { SyncOutcome } from './sync-outcome.ts'
import type { SyncPhase, SyncProgress } from './sync-progress.ts'

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
}

/** The sync of one account, phase by phase. Once it has failed or was stopped, further phases do nothing. */
export class AccountRun {
  readonly #options: AccountRunOptions
  readonly #streams: readonly StreamRun[]
  #ended: 'stopped' | 'failed' | undefined
  #error: OverdraftError | undefined
  #hasBalances = false

  constructor(options: AccountRunOptions) {
    this.#options = options
    const { book, account, client, since, signal } = options
    const context = { book, account: account.label, client, since, signal, tell: (progress: SyncProgress) => this.#tell(progress) }
    this.#streams = streamRules(account.exchange).map((rule) => new StreamRun(context, rule))
  }

  /** @throws only what is not one of our errors: a mistake in Overdraft itself */
  async run(phase: SyncPhase): Promise<void> {
    if (this.#ended !== undefined) return
    const { account, signal } = this.#options
    try {
      this.#assertClient()
      await this.#balances()
      for (const stream of this.#streams) {
        if (signal?.aborted === true) break
        await stream.run(phase)
      }
      if (signal?.aborted === true) this.#ended = 'stopped'
      else this.#tell({ kind: 'phase-done', account: account.label, phase })
    } catch (error) {
      await this.#failed(error)
    }
  }

  /** Notes a success and tells the outcome. */
  async finish(): Promise<SyncOutcome> {
    const { book, account, clock } = this.#options
    if (this.#ended === undefined) {
      try {
        await book.recordSyncState({ account: account.label, lastSuccessAt: clock.now() })
      } catch (error) {
        await this.#failed(error)
      }
    }
    const outcome: SyncOutcome = Object.freeze({
      account: account.label,
      ended: this.#ended ?? 'done',
      streams: Object.freeze(this.#streams.map((stream) => stream.outcome)),
      ...(this.#error === undefined ? {} : { error: this.#error }),
    })
    this.#tell({ kind: 'done', account: account.label, outcome })
    return outcome
  }

  #assertClient(): void {
    const { account, client } = this.#options
    if (client.exchange !== account.exchange) {
      fail('sync.wrong-client', { account: account.label, exchange: account.exchange, client: client.exchange })
    }
  }

  /** What is owed now comes before any history. */
  async #balances(): Promise<void> {
    if (this.#hasBalances) return
    const { book, account, client, signal } = this.#options
    const assets = await syncBalances(book, account.label, client, signal)
    this.#hasBalances = true
    this.#tell({ kind: 'balances', account: account.label, assets })
  }

  async #failed(error: unknown): Promise<void> {
    const { book, account, clock, signal } = this.#options
    // Whatever a stopped request throws, it was stopped.
    if (signal?.aborted === true) {
      this.#ended = 'stopped'
      return
    }
    this.#ended = 'failed'
    if (!isOverdraftError(error)) throw error
    this.#error = error
    const state = { account: account.label, lastErrorAt: clock.now(), lastError: `${error.code}: ${error.message}` }
    // A book that cannot be written cannot note that either; the outcome carries the first error.
    await book.recordSyncState(state).catch(() => undefined)
  }

  #tell(progress: SyncProgress): void {
    this.#options.onProgress?.(progress)
  }
}
