import { candidatesOfFit, candidatesOfScale, type Fit, fitCount } from './rounding-fit.ts'
import { RoundingTally, rulesOfSet } from './rounding-tally.ts'

/** What standing rules say of a fit: `exact` fits all of them, `near` is the other end of the same unit of one of them. */
export const standings = { off: 0, exact: 1, near: 2 } as const
export type Standing = (typeof standings)[keyof typeof standings]

/** A charge that does not fit what stands, by what it is called. */
export interface CounterExample {
  readonly asset: string
  readonly instId: string
  readonly at: number
}

const examplesMax = 3

/** From one change of the rule to the next: what stands, and all that was seen of it. */
export class RoundingSpan {
  readonly from: number
  #to: number
  #standing: bigint
  readonly tally = new RoundingTally()
  #standingOf = new Uint8Array(fitCount)
  readonly examples: CounterExample[] = []
  #counterExamples = 0

  constructor(from: number, standing: bigint) {
    this.from = from
    this.#to = from
    this.#standing = standing
    this.stand(standing)
  }

  get to(): number {
    return this.#to
  }

  get standing(): bigint {
    return this.#standing
  }

  get counterExamples(): number {
    return this.#counterExamples
  }

  /** These stand from now on: fewer than before as a rule. */
  stand(standing: bigint): void {
    this.#standing = standing
    let near = 0n
    for (const { scale } of rulesOfSet(standing)) near |= candidatesOfScale(scale)
    for (let fit = 0; fit < fitCount; fit++) {
      const set = candidatesOfFit[fit] ?? 0n
      this.#standingOf[fit] = (set & standing) === standing ? standings.exact : (set & near) !== 0n ? standings.near : standings.off
    }
  }

  standingOf(fit: Fit): Standing {
    return this.#standingOf[fit] as Standing
  }

  /** Another rule has begun: what was learned stays, what was needed to judge goes. */
  end(): void {
    this.tally.seal()
    this.#standingOf = new Uint8Array(0)
  }

  /** Counts a charge that teaches. */
  learn(fit: Fit, at: number): void {
    this.tally.add(fit)
    this.#to = at
  }

  counter(example: CounterExample): void {
    this.#counterExamples++
    if (this.examples.length < examplesMax) this.examples.push(example)
  }
}
