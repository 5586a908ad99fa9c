/** What replaying an entry costs, measured in charges. */
const chargesPerEntry = 100
const leastCharges = 1_000_000
/** Bytes of a checkpoint that take as long to write as a charge takes to replay, times the share of time it may take. */
const bytesPerCharge = 5

/**
 * When the next checkpoint is due: once replaying what came since the last would take ten times as long as writing one
 * does, so that keeping them costs a tenth of the work at most, however large the world grows.
 */
export class CheckpointPace {
  #entries = 0
  #charges = 0
  #bytes = 0

  /** A checkpoint was made, or an engine began at one. */
  note(entries: number, charges: number, bytes: number): void {
    this.#entries = entries
    this.#charges = charges
    this.#bytes = bytes
  }

  isDue(entries: number, charges: number): boolean {
    const work = (entries - this.#entries) * chargesPerEntry + charges - this.#charges
    return work >= Math.max(leastCharges, this.#bytes / bytesPerCharge)
  }

  /** Whether anything happened since. */
  isBehind(entries: number): boolean {
    return entries > this.#entries
  }
}
