import { parseInstant } from '../time/instant.ts'

/** From which instants on a row of interest accrued has the two newer fields, and from which they are filled. */
export interface OkxLiabilityFieldsOptions {
  /** Charges before it lack both fields. */
  readonly fieldsFrom: number
  /** Charges before it have both fields empty. */
  readonly valuesFrom: number
}

/**
 * The fields came between spring 2025 and January 2026 (facts B3): the earliest instant of that span for the names, its
 * latest for the values, so that rows of all three kinds are met.
 */
export const okxLiabilityFieldsDefaults: OkxLiabilityFieldsOptions = Object.freeze({
  fieldsFrom: parseInstant('2025-04-01T00:00:00Z'),
  valuesFrom: parseInstant('2026-01-01T00:00:00Z'),
})

/** How `totalLiab` and `interestFreeLiab` stand in the row of a charge of instant `at` (facts B3). */
export function okxLiabilityFields(at: number, options: OkxLiabilityFieldsOptions): 'absent' | 'empty' | 'present' {
  if (at >= options.valuesFrom && at >= options.fieldsFrom) return 'present'
  return at >= options.fieldsFrom ? 'empty' : 'absent'
}
