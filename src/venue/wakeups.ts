/** Those who wait for the venue's clock and want to look again when it is moved by hand. */
export class Wakeups {
  readonly #sleepers = new Set<() => void>()

  /** Registers `wake`; the function returned forgets it. */
  add(wake: () => void): () => void {
    this.#sleepers.add(wake)
    return () => {
      this.#sleepers.delete(wake)
    }
  }

  wakeAll(): void {
    for (const wake of [...this.#sleepers]) wake()
  }
}
