import { isoInstant } from '../time/instant.ts'
import type { Step } from './finding.ts'
import { type RoundingRule, rulesShown, rulesText, ruleText } from './rounding-rule.ts'
import type { CounterExample } from './rounding-span.ts'

/** What a learned rule rests on. */
export interface RoundingEvidence {
  /** Charges it was learned from: those whose rate is known to the last digit. */
  readonly rows: number
  /** How many of them each candidate fits: those that stand, and the next best. Most first. */
  readonly candidates: readonly { readonly rule: RoundingRule; readonly fits: number }[]
  /** How many rows tell those that stand from the next best: 0 where there is no other. */
  readonly telling: number
  /** Rows that do not fit all that stands. */
  readonly counterExamples: number
  /** The first few of them. */
  readonly examples: readonly CounterExample[]
}

/** How charges of one kind are rounded within a span, as the charges themselves show. Plain frozen data. */
export interface LearnedRounding {
  readonly kind: string
  readonly assets: readonly string[]
  /** Instants of the first and the last charge it was learned from. */
  readonly firstAt: number
  readonly lastAt: number
  /** More than one where the data do not tell them apart. */
  readonly standing: readonly RoundingRule[]
  readonly evidence: RoundingEvidence
}

const assetsShown = 8

/** One sentence. */
export function learnedText({ kind, assets, firstAt, lastAt, standing, evidence }: LearnedRounding): string {
  const others = evidence.candidates.find(({ rule }) => !standing.includes(rule))
  const telling = others === undefined ? 'nothing else fits any' : `${evidence.telling} tell it from ${ruleText(others.rule)}`
  const against = evidence.counterExamples === 0 ? '' : `, ${evidence.counterExamples} do not fit`
  const shown = assets.length > assetsShown ? [...assets.slice(0, assetsShown), '…'] : assets
  const rows =
    evidence.rows === 1
      ? `one charge at ${isoInstant(firstAt)}`
      : `${evidence.rows} charges between ${isoInstant(firstAt)} and ${isoInstant(lastAt)}`
  const what = `${kind}, ${shown.join(', ')}:`
  if (standing.length > rulesShown) return `${what} ${standing.length} ways of rounding fit, and ${rows} cannot tell them apart${against}`
  return `${what} rounded ${rulesText(standing)}, learned from ${rows}; ${telling}${against}`
}

/** The rule as a step of an argument. */
export function learnedStep(learned: LearnedRounding): Step {
  return Object.freeze({
    what: 'rounding learned from the charges themselves',
    how: learnedText(learned),
    result: rulesText(learned.standing),
    restsOn: '',
  })
}
