import type { Stream } from '../book/record.ts'
import type { SyncProgress } from '../sync/sync-progress.ts'
import type { Progress } from './output/progress.ts'

interface StreamState {
  readonly fraction: number
  readonly rows: number
}

/** Follows a sync and tells of it in one line: how much of each account's history is proven. */
export class SyncTeller {
  readonly #progress: Progress
  readonly #accounts = new Map<string, Map<Stream, StreamState>>()

  constructor(progress: Progress, labels: readonly string[]) {
    this.#progress = progress
    for (const label of labels) this.#accounts.set(label, new Map())
  }

  take(told: SyncProgress): void {
    if (told.kind !== 'page') return
    this.#accounts.get(told.account)?.set(told.stream, { fraction: told.provenFraction, rows: told.rows })
    this.#progress.show(this.line())
  }

  line(): string {
    const parts = [...this.#accounts].map(([label, streams]) => `${label} ${percentOf([...streams.values()])}`)
    const rows = [...this.#accounts.values()].flatMap((streams) => [...streams.values()]).reduce((sum, state) => sum + state.rows, 0)
    return `Proving history: ${parts.join(', ')} (${rows} rows)`
  }
}

function percentOf(states: readonly StreamState[]): string {
  const mean = states.reduce((sum, state) => sum + state.fraction, 0) / Math.max(states.length, 1)
  return `${Math.floor(mean * 100)} %`
}
