/**
 * What the audit says of a charge, best first:
 *
 * - `exact`: recomputed from its own principal and rate by the rule in force, to the last digit.
 * - `within-rounding`: right by another rounding of the same product than the rule learned, one unit of the last digit off at most.
 * - `hidden-digits`: right for some rate, or some principal, that prints as the one that was shown.
 * - `wrong-principal`: interest was charged on another amount than was owed at that instant.
 * - `wrong-rate`: at another rate than was in force at that instant.
 * - `not-due`: nothing was to be charged: inside a free threshold or quota, or the regime charges no such thing.
 * - `missing`: a charge was due and there is none, in a span proven to hold all of them.
 * - `duplicate`: the same debt was charged a second time for the same boundary.
 * - `unexplained`: none of these: no principal and rate that print as shown give this interest.
 */
export const verdicts = [
  'exact',
  'within-rounding',
  'hidden-digits',
  'wrong-principal',
  'wrong-rate',
  'not-due',
  'missing',
  'duplicate',
  'unexplained',
] as const

export type Verdict = (typeof verdicts)[number]

/** Verdicts that leave nothing to argue about. */
export const soundVerdicts: ReadonlySet<Verdict> = new Set(['exact', 'within-rounding', 'hidden-digits'])
