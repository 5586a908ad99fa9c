import type { CoverageSpan } from '../book/record.ts'
import { type Interval, interval } from '../time/interval.ts'

/** A piece of proven history, and the request that proved it. */
export interface ProofPiece extends Interval {
  readonly provenBy: string
  readonly provenAt: number
}

/**
 * Proven spans cut into as few pieces as there can be, each with one request that proved all of it. Proofs that were taken
 * back lie outside the proven spans and are not told.
 */
export function proofPieces(proven: readonly Interval[], proofs: readonly CoverageSpan[]): readonly ProofPiece[] {
  const byStart = [...proofs].sort((left, right) => left.from - right.from)
  const pieces: ProofPiece[] = []
  let next = 0
  let best: CoverageSpan | undefined
  for (const span of [...proven].sort((left, right) => left.from - right.from)) {
    for (let from = span.from; from < span.to; ) {
      // Of those that have begun by then, the one that reaches farthest.
      for (let proof = byStart[next]; proof !== undefined && proof.from <= from; proof = byStart[++next]) {
        if (best === undefined || proof.to > best.to) best = proof
      }
      if (best === undefined || best.to <= from) break
      const to = Math.min(best.to, span.to)
      pieces.push(Object.freeze({ ...interval(from, to), provenBy: best.provenBy, provenAt: best.provenAt }))
      from = to
    }
  }
  return Object.freeze(pieces)
}
