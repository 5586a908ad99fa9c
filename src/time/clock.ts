/**
 * The only source of time. Instants are integer epoch milliseconds UTC.
 * `wait` resolves once the clock has moved on by `ms`, and rejects with the signal's reason when aborted.
 */
export interface Clock {
  now(): number
  wait(ms: number, signal?: AbortSignal): Promise<void>
}
