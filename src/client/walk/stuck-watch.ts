import { fail } from '../../errors/overdraft-error.ts'
import { isoInstant } from '../../time/instant.ts'
import type { Interval } from '../../time/interval.ts'
import type { PageDoubt } from './history-page.ts'

/** So many instants one after the other may each fill pages of their own, and be told apart. */
const instantsMax = 25
/** So many of them may stay in doubt. */
const doubtsMax = 5

/**
 * Ends a walk that does not move. A page that settles one instant alone moves it by a millisecond, and a history has more of
 * those than can be asked for: an exchange that answers every request with a full page of one instant would be asked for ever.
 */
export class StuckWatch {
  readonly #endpoint: string
  #instants = 0
  #doubts = 0

  constructor(endpoint: string) {
    this.#endpoint = endpoint
  }

  /**
   * @param done what a page settled, or leaves in doubt
   * @throws `client.walk-stuck`
   */
  take(done: Interval, doubt: PageDoubt | undefined): void {
    if (done.to - done.from > 1) {
      this.#instants = 0
      this.#doubts = 0
      return
    }
    this.#instants += 1
    if (doubt !== undefined) this.#doubts += 1
    if (this.#instants < instantsMax && this.#doubts < doubtsMax) return
    fail('client.walk-stuck', { endpoint: this.#endpoint, pages: this.#instants, at: isoInstant(done.from), came: doubt?.came ?? '' })
  }
}
