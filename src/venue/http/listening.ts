import type { Clock } from '../../time/clock.ts'

/** How a venue is served on a port. */
export interface ListenOptions {
  /** 0 takes any free one. */
  readonly port: number
  /** 127.0.0.1 (the default), ::1 or localhost: the venue is for this machine only. */
  readonly host?: string
  /** The real clock, which the pings of streams go by; default the machine's. */
  readonly clock?: Clock
}

/** A venue on its port. */
export interface Listening {
  readonly url: string
  /** Ends the listening and every open connection; the venue itself stays as it is. */
  close(): Promise<void>
}
