import type { Venue } from '../../venue/index.ts'

/** Where a demo runs: its exchange, the address it listens on, the home of its book, and when it was started (ms). */
export interface DemoPlace {
  readonly venue: Venue
  readonly url: string
  readonly home: string
  readonly startedAt: number
}
