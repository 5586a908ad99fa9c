/** What may be asked of a single call. */
export interface CallOptions {
  /** Gives up waiting and asking; what changes the account may then have happened (`client.outcome-unknown`). */
  readonly signal?: AbortSignal | undefined
  /** Served by the budget before everything that is not urgent. */
  readonly urgent?: boolean | undefined
  /** Among what is not `urgent`: lower is served first; 0 unless said otherwise. */
  readonly urgency?: number | undefined
}
