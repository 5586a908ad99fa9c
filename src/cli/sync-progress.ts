import type { Stream } from '../book/record.ts'
import type { SyncProgress } from '../sync/sync-progress.ts'
import type { Clock } from '../time/clock.ts'
import { shownInstant, shownTime } from './output/amounts.ts'
import { shownDuration } from './output/duration.ts'
import { printable } from './output/printable.ts'
import type { Progress } from './output/progress.ts'

interface StreamState {
  readonly fraction: number
  readonly rows: number
}

/** More accounts than this are told as one. */
const accountsNamedMax = 4

/** Follows a sync and tells of it in one line: how much of the history is proven, what is left, and when that is done. */
export class SyncTeller {
  readonly #progress: Progress
  readonly #accounts = new Map<string, Map<Stream, StreamState>>()

  readonly #clock: Clock
  readonly #noted = new Set<string>()
  #left: { readonly requests: number; readonly endsAt: number } | undefined

  constructor(progress: Progress, labels: readonly string[], clock: Clock) {
    this.#progress = progress
    this.#clock = clock
    for (const label of labels) this.#accounts.set(label, new Map())
  }

  take(told: SyncProgress): void {
    if (told.kind === 'left') this.#left = { requests: told.requests, endsAt: this.#clock.now() + told.durationMs }
    if (told.kind === 'waiting') {
      const { account, holder, until } = told
      this.#progress.note(`${printable(account)}: ${printable(holder)} syncs it; waiting for that, until ${shownTime(until)} UTC at most.`)
    }
    if (told.kind === 'left-out') this.#noteLeftOut(told.histories, told.reason)
    if (told.kind !== 'page') return
    this.#accounts.get(told.account)?.set(told.stream, { fraction: told.provenFraction, rows: told.rows })
    this.#progress.show(this.line())
  }

  /** Once, however many accounts it is so for. */
  #noteLeftOut(histories: string, reason: string): void {
    const note = `Without ${histories}: ${reason}.`
    if (this.#noted.has(note)) return
    this.#noted.add(note)
    this.#progress.note(note)
  }

  line(): string {
    const accounts = [...this.#accounts]
    const parts =
      accounts.length > accountsNamedMax
        ? [`${accounts.length} accounts ${percentOf(accounts.flatMap(([, streams]) => [...streams.values()]))}`]
        : accounts.map(([label, streams]) => `${label} ${percentOf([...streams.values()])}`)
    const rows = accounts.flatMap(([, streams]) => [...streams.values()]).reduce((sum, state) => sum + state.rows, 0)
    return `Proving history: ${parts.join(', ')} (${rows} rows)${this.#shownLeft()}`
  }

  #shownLeft(): string {
    if (this.#left === undefined || this.#left.requests === 0) return ''
    const { requests, endsAt } = this.#left
    const leftMs = Math.max(endsAt - this.#clock.now(), 0)
    return `; about ${requests} requests left, done in ${shownDuration(leftMs)}, at ${shownInstant(Math.ceil(endsAt / 1_000) * 1_000)} UTC`
  }
}

function percentOf(states: readonly StreamState[]): string {
  const mean = states.reduce((sum, state) => sum + state.fraction, 0) / Math.max(states.length, 1)
  return `${Math.floor(mean * 100)} %`
}
