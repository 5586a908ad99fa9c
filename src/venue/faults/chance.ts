import { RandomStream } from '../scenarios/random-stream.ts'
import type { FaultRule } from './rule.ts'

const steps = 2 ** 53

/** Whether the rule's fault falls on its `call`-th matching call (from 1), were it given without end: a matter of seed, rule and number alone. */
export function fallsOn(rule: FaultRule, call: number): boolean {
  return call > rule.after && drawn(rule, 'call', String(call)) < rule.probability
}

/** Whether a row is among the share that the rule is about; the same row always is, or never. */
export function isChosen(rule: FaultRule, row: string, share: number): boolean {
  return drawn(rule, 'row', row) < share
}

/** In `[0, 1)`. */
function drawn(rule: FaultRule, ...names: readonly string[]): number {
  return Number(streamOf(rule, ...names).integer(BigInt(steps))) / steps
}

/** Random bytes that follow from the rule, its seed among it, and from the names alone. */
export function streamOf(rule: FaultRule, ...names: readonly string[]): RandomStream {
  return new RandomStream('fault', textOf(rule), ...names)
}

const texts = new WeakMap<FaultRule, string>()

function textOf(rule: FaultRule): string {
  const known = texts.get(rule) ?? JSON.stringify(Object.entries(rule).sort(([left], [right]) => (left < right ? -1 : 1)))
  texts.set(rule, known)
  return known
}
