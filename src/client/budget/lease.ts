/** How a request that held budget ended. `unanswered` may still arrive at the exchange; `never-sent` certainly will not. */
export type LeaseEnd = 'answered' | 'unanswered' | 'never-sent'

/** Room in a budget, held from before a request is sent until a period after its reply came back. */
export interface Lease {
  readonly cost: number
  /** By the clock's even time. */
  readonly grantedAt: number
  /** How long the request waited for it, in ms. */
  readonly waitedMs: number
  end(how: LeaseEnd): void
}
