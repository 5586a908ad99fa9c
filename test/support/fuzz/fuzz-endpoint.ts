import fc from 'fast-check'
import { expect } from 'vitest'
import type { Endpoint } from '../../../src/contracts/contract.ts'
import { fuzzRuns } from './fuzz-runs.ts'
import { type Plan, planOf, systematicPlans } from './plan.ts'
import { trapNames } from './traps.ts'

/** How calls of one exchange may be sent. */
export interface Envelopes<Envelope extends string> {
  /** The way in which every trap is tried by itself. */
  readonly plain: Envelope
  /** Ways that say nothing wrong, as often as they are to be drawn. */
  readonly ordinary: readonly Envelope[]
  readonly odd: readonly Envelope[]
}

/** Tries every trap on every parameter, then `runs` random plans; fails where a parameter has not met every trap. */
export function fuzzEveryTrap<Envelope extends string>(
  endpoint: Endpoint,
  { plain, ordinary, odd }: Envelopes<Envelope>,
  runs: number,
  holds: (plan: Plan<Envelope>) => void,
): void {
  const plans = systematicPlans<Envelope>(endpoint, plain, odd)
  const tried = new Map<string, Set<string>>()
  fc.assert(
    fc.property(planOf(endpoint, [...ordinary, ...odd]), (plan) => {
      for (const { parameter, trap } of plan.changes) tried.set(parameter, (tried.get(parameter) ?? new Set()).add(trap))
      holds(plan)
    }),
    { ...fuzzRuns(plans.length + runs), examples: plans.map((plan) => [plan]) },
  )
  for (const parameter of Object.keys(endpoint.parameters)) expect([...(tried.get(parameter) ?? [])].sort()).toEqual([...trapNames].sort())
}

/** Tries `runs` random plans. */
export function fuzzAtRandom<Envelope extends string>(
  endpoint: Endpoint,
  { ordinary, odd }: Envelopes<Envelope>,
  runs: number,
  holds: (plan: Plan<Envelope>) => void,
): void {
  fc.assert(fc.property(planOf(endpoint, [...ordinary, ...odd]), holds), fuzzRuns(runs))
}
