import { fail } from '../../errors/overdraft-error.ts'
import { isoInstant } from '../../time/instant.ts'
import type { FaultInput } from '../faults/rule.ts'
import { checkedInput } from '../faults/rule-schema.ts'
import type { LaterMoment, Place, Scenario } from './scenario-data.ts'

/**
 * The rules of a scenario that ends at `endsAt` (epoch ms UTC). Those without a seed have the scenario's.
 * @throws `scenario.invalid` for a span that ends before it begins, `venue.fault-rule-malformed` for what was built in code
 */
export function scenarioFaults(
  { faults = [], seed, name }: Pick<Scenario, 'faults' | 'seed' | 'name'>,
  endsAt: number,
): readonly FaultInput[] {
  const instant = (moment: LaterMoment): number => (moment.kind === 'absolute' ? moment.at : endsAt + moment.ms)
  return faults.map(({ rule, from, to, instants = {} }) => {
    if (from !== undefined && to !== undefined && instant(from) >= instant(to)) failForSpan(name, to.place, instant(from))
    const between = { ...(from === undefined ? {} : { from: instant(from) }), ...(to === undefined ? {} : { to: instant(to) }) }
    const settled = Object.fromEntries(Object.entries(instants).map(([setting, moment]) => [setting, instant(moment)]))
    const spanned = from === undefined && to === undefined ? {} : { between }
    return checkedInput({ ...rule, ...spanned, ...settled, seed: rule.seed ?? seed })
  })
}

function failForSpan(scenario: string, place: Place | undefined, from: number): never {
  const { file, line, column, field } = place ?? { file: scenario, line: 0, column: 0, field: 'faults' }
  const problem = `does not lie after the instant it begins at, ${isoInstant(from)}`
  return fail('scenario.invalid', { file, faults: [{ line, column, field, problem }], count: 1 })
}
