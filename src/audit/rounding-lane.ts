import type { SeenCharge } from './evidence.ts'
import { candidatesOfFit, type Fit } from './rounding-fit.ts'
import { RoundingSpan, type Standing, standings } from './rounding-span.ts'
import { addFit, bestOf, countsOf } from './rounding-tally.ts'

/** A charge of which more has to be seen before it is judged. */
export interface HeldCharge {
  readonly charge: SeenCharge
  readonly fit: Fit
}

export type Release = (held: HeldCharge, standing: Standing) => void

/** So many charges, of so many instants, are looked at together before a rule is settled or changed. */
const windowCharges = 64
const windowInstants = 4
const windowMax = 4_096
/** A new rule has to explain so many charges more than the old one. */
const gainMin = 12
/** Where no candidate fits every charge, one that stood beside others falls only when it fits so many fewer. */
const narrowingMargin = 3
/** So many charges, or so large a part of all, may be odd without there being two rules. */
const oddMin = 2
const oddShare = 0.01
const everyCandidate = -1n
/** Who changes his mind more often than this has no rule to be learned. */
const spansMax = 200

/**
 * How charges of one kind and asset are rounded, learned as they come by: what fits most charges stands, together with
 * all that fits as many. A charge that does not fit is held back until it is known whether it stands alone, or is the
 * first under another rule. Memory is bounded: a few spans, and a window of held charges.
 */
export class RoundingLane {
  readonly #release: Release
  readonly #spans: RoundingSpan[] = []
  #current: RoundingSpan | undefined
  #held: HeldCharge[] = []
  #isHolding = true

  constructor(release: Release) {
    this.#release = release
  }

  get spans(): readonly RoundingSpan[] {
    return this.#spans
  }

  /** How many charges wait to be judged. */
  get waiting(): number {
    return this.#held.length
  }

  /**
   * What stands says of the charge; `undefined` where more has to be seen: then hand it to `hold`.
   *
   * @param teaches whether how is rounded may be learned from it
   */
  judge(fit: Fit, at: number, teaches: boolean): Standing | undefined {
    const current = this.#current
    if (!teaches) return current === undefined ? standings.off : current.standingOf(fit)
    if (this.#isHolding || current === undefined || current.standingOf(fit) !== standings.exact) return undefined
    current.learn(fit, at)
    return standings.exact
  }

  /** Keeps a charge back; it comes out of `release` once it is judged. The charge must not change afterwards. */
  hold(held: HeldCharge): void {
    this.#isHolding = true
    this.#held.push(held)
    const { length } = this.#held
    if (length < windowCharges || (length < windowMax && this.#instants(0) < windowInstants)) return
    if (this.#current === undefined) this.#settle(bestOf(this.#counts(0)))
    else this.#reconsider(this.#current)
  }

  /** After the last charge. @param hint what stands for the like elsewhere in that span, where anything does */
  finish(hint: (from: number, to: number) => bigint): void {
    const first = this.#held[0]?.charge.at
    const last = this.#held.at(-1)?.charge.at
    if (first === undefined || last === undefined) return
    if (this.#current === undefined) this.#settle(this.#hinted(hint(first, last)))
    else {
      this.#reconsider(this.#current)
      this.#releaseAll()
    }
  }

  /** What stands for a handful of charges: what elsewhere stands, as far as they do not clearly speak against it. */
  #hinted(hint: bigint): bigint {
    const counts = this.#counts(0)
    const best = bestOf(counts)
    if (hint === 0n) return best
    const both = best & hint
    if (both !== 0n) return both
    const gain = Math.max(...counts) - Math.max(0, ...counts.filter((_, candidate) => (hint >> BigInt(candidate)) & 1n))
    return gain >= gainMin ? best : hint
  }

  #settle(standing: bigint): void {
    const first = this.#held[0]
    if (first === undefined) return
    if (standing !== 0n) {
      this.#current = new RoundingSpan(first.charge.at, standing)
      this.#spans.push(this.#current)
    }
    this.#releaseAll()
  }

  #releaseAll(): void {
    this.#releaseFirst(this.#held.length)
    this.#isHolding = this.#current === undefined
  }

  #releaseFirst(count: number): void {
    const current = this.#current
    for (const held of this.#held.splice(0, count)) {
      const { fit, charge } = held
      const standing = current === undefined ? standings.off : current.standingOf(fit)
      if (current !== undefined) {
        current.learn(fit, charge.at)
        if (standing !== standings.exact) {
          current.counter({ asset: charge.series.asset, instId: charge.series.instId, at: charge.at })
        }
      }
      this.#release(held, standing)
    }
  }

  #reconsider(current: RoundingSpan): void {
    const { split, gain } = this.#bestSplit(current)
    if (gain >= gainMin && this.#instants(split) >= windowInstants && this.#spans.length < spansMax) {
      if (!this.#holdsOverall(current)) {
        this.#releaseFirst(split)
        current.end()
        this.#current = undefined
        this.#settle(bestOf(this.#counts(0)))
        return
      }
    } else if (gain > 0 && split > 0) {
      // The end of the window may be the beginning of another rule: it stays until more has come.
      this.#releaseFirst(split)
      return
    }
    this.#renew(current, gain >= gainMin ? everyCandidate : current.standing)
    this.#releaseAll()
  }

  /** Whether one rule fits all that was ever seen of the span and what is held, but for a few that were odd. */
  #holdsOverall({ tally }: RoundingSpan): boolean {
    const rows = tally.rows + this.#held.length
    return rows - Math.max(...sumOf(tally.byCandidate(), this.#counts(0))) <= Math.max(oddMin, rows * oddShare)
  }

  /** What stands after all that was seen of the span and what is held. */
  #renew(current: RoundingSpan, among: bigint): void {
    const counts = sumOf(current.tally.byCandidate(), this.#counts(0))
    const isWithoutOdd = Math.max(...counts) === current.tally.rows + this.#held.length
    const standing = bestOf(counts, among, isWithoutOdd ? 1 : narrowingMargin)
    if (standing !== 0n && standing !== current.standing) current.stand(standing)
  }

  /** Where another rule would have to begin to explain most, and how many charges more it explains from there on. */
  #bestSplit(current: RoundingSpan): { readonly split: number; readonly gain: number } {
    const counts = countsOf([])
    let fitsCurrent = 0
    let best = { split: this.#held.length, gain: 0 }
    for (let split = this.#held.length - 1; split >= 0; split--) {
      const held = this.#held[split]
      if (held === undefined) continue
      addFit(counts, held.fit, 1)
      if (((candidatesOfFit[held.fit] ?? 0n) & current.standing) !== 0n) fitsCurrent++
      const gain = Math.max(...counts) - fitsCurrent
      if (gain > best.gain) best = { split, gain }
    }
    return best
  }

  #counts(from: number): number[] {
    return countsOf(
      this.#held
        .slice(from)

        .map(({ fit }) => fit),
    )
  }

  #instants(from: number): number {
    return new Set(this.#held.slice(from).map(({ charge }) => charge.at)).size
  }
}

function sumOf(left: readonly number[], right: readonly number[]): number[] {
  return left.map((count, candidate) => count + (right[candidate] ?? 0))
}
