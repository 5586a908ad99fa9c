import type { RowFinding } from '../book/record.ts'
import type { OddTime } from '../client/server-time.ts'
import { shownTime } from '../client/walk/stray-rows.ts'
import type { SyncClient } from './sync-client.ts'

/** What single replies said of the time, from a sync's beginning on: clients live longer than a sync. */
export class OddTimes {
  readonly #client: SyncClient
  readonly #before: ReadonlySet<OddTime>

  constructor(client: SyncClient) {
    this.#client = client
    this.#before = new Set(client.oddTimes?.())
  }

  /** Each as a finding. No history says a time of its own, so they stand with the charges. */
  findings(account: string): readonly RowFinding[] {
    const { exchange } = this.#client
    const fresh = (this.#client.oddTimes?.() ?? []).filter((odd) => !this.#before.has(odd))
    return fresh.map(({ stated, expected }) => {
      const [said, was] = [shownTime(stated), shownTime(expected)]
      return {
        account,
        stream: 'interest',
        kind: 'clock',
        row: `time of ${exchange} ${account} ${was}`,
        at: expected,
        came: said,
        sentence: `time of ${exchange} ${account}: one reply said that it was ${said}, when it was ${was} by all others; nothing rests on it`,
        foundAt: expected,
      }
    })
  }
}
