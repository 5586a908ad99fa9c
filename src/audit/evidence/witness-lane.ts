/** A longer run without agreement is a history that goes another way than is thought, not so many errors. */
const runMax = 3
/** Before so many charges agreed with their witness, a witness that is missing says nothing. */
const agreedMin = 10

/** A charge that its witness contradicts; `other` is what the witness says, `undefined` where there is none. */
export interface Contradicted<Row> {
  readonly row: Row
  readonly other: bigint | undefined
}

/**
 * Charges that another history tells a second time. Whether the exchange always does so is not documented: a series that
 * goes on for long without agreeing is left undecided, and single charges among many that agree are told.
 */
export class WitnessLane<Row> {
  readonly #tell: (contradicted: Contradicted<Row>) => void
  readonly #runs = new Map<string, Contradicted<Row>[]>()
  #early: Contradicted<Row>[] = []
  #agreed = 0
  #undecided = 0

  constructor(tell: (contradicted: Contradicted<Row>) => void) {
    this.#tell = tell
  }

  get agreed(): number {
    return this.#agreed
  }

  /** After `finish`: those that were not told. */
  get undecided(): number {
    return this.#undecided
  }

  agree(series: string): void {
    this.#agreed++
    if (this.#runs.size === 0) return
    const run = this.#runs.get(series)
    if (run !== undefined && run.length > 0) this.#end(series, run)
  }

  disagree(series: string, contradicted: Contradicted<Row>): void {
    const run = this.#runs.get(series)
    if (run === undefined) this.#runs.set(series, [contradicted])
    else if (run.length <= runMax) run.push(contradicted)
    else this.#undecided++
  }

  finish(): void {
    for (const [series, run] of this.#runs) this.#end(series, run)
    if (this.#agreed >= agreedMin && this.#agreed >= this.#early.length) for (const early of this.#early) this.#tell(early)
    else this.#undecided += this.#early.length
    this.#early = []
  }

  #end(series: string, run: readonly Contradicted<Row>[]): void {
    this.#runs.delete(series)
    if (run.length > runMax) this.#undecided += run.length
    else if (this.#agreed >= agreedMin) for (const contradicted of run) this.#tell(contradicted)
    else if (this.#early.length < earlyMax) this.#early.push(...run)
    else this.#undecided += run.length
  }
}

const earlyMax = 1_000
