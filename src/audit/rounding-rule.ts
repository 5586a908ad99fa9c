import type { Rounding } from '../decimal/rounding.ts'

/** How an exchange rounds what it charges: to so many decimals, in this direction. */
export interface RoundingRule {
  readonly scale: number
  readonly rounding: Rounding
}

export const scaleMin = 4
export const scaleMax = 18
const roundings = ['up', 'down', 'half-up', 'half-even'] as const satisfies readonly Rounding[]

/** Every rule that is looked at, the coarsest first; a candidate is its place in here. */
export const roundingRules: readonly RoundingRule[] = Object.freeze(
  Array.from({ length: scaleMax - scaleMin + 1 }, (_, index) => scaleMin + index).flatMap((scale) =>
    roundings.map((rounding) => Object.freeze({ scale, rounding })),
  ),
)

/** The place of a rule among `roundingRules`. */
export function candidateOf({ scale, rounding }: RoundingRule): number {
  return (scale - scaleMin) * roundings.length + roundings.indexOf(rounding)
}

const words: Readonly<Record<Rounding, string>> = { up: 'up', down: 'down', 'half-up': 'half up', 'half-even': 'half to even' }

/** @example ruleText({ scale: 8, rounding: 'up' }) // 'up at 8 decimals' */
export function ruleText({ scale, rounding }: RoundingRule): string {
  return `${words[rounding]} at ${scale} decimals`
}

/** More than so many that stand are told by their number. */
export const rulesShown = 4

/** Several that stand, in one line. @example 'up at 8 decimals or half up at 8 decimals' */
export function rulesText(rules: readonly RoundingRule[]): string {
  if (rules.length === 0) return 'by no rule'
  const shown = rules.slice(0, rulesShown).map(ruleText).join(' or ')
  return rules.length > rulesShown ? `${shown} or any of ${rules.length - rulesShown} others` : shown
}
