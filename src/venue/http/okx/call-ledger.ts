const keysMax = 10_000

/**
 * Calls per key (a user and endpoint, or an address and endpoint) in any span of `perMs`: the strictest reading of
 * "5 requests per 2 seconds". A call that is turned away does not count, so that waiting always helps.
 */
export class CallLedger {
  readonly #calls = new Map<string, number[]>()
  readonly #enforced: boolean

  constructor(options: { readonly enforced: boolean }) {
    this.#enforced = options.enforced
  }

  /** Whether one more call of `key` may pass at `now`; it is counted if so. */
  admit(key: string, limit: { readonly calls: number; readonly perMs: number }, now: number): boolean {
    if (!this.#enforced) return true
    const recent = this.#calls.get(key)
    if (recent === undefined) {
      this.#makeRoom()
      this.#calls.set(key, [now])
      return true
    }
    const kept = recent.filter((at) => at > now - limit.perMs && at <= now)
    const admitted = kept.length < limit.calls
    if (admitted) kept.push(now)
    this.#calls.set(key, kept)
    return admitted
  }

  #makeRoom(): void {
    if (this.#calls.size < keysMax) return
    const oldest = this.#calls.keys().next().value
    if (oldest !== undefined) this.#calls.delete(oldest)
  }
}
