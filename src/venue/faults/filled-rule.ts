import { statedKind } from './kinds.ts'
import type { FaultInput, FaultRule } from './rule.ts'

const seedDefault = 'overdraft'

/** The rule under a name of its own, with every default filled in. */
export function filledRule(given: FaultInput, name: string): FaultRule {
  const { settings, count } = statedKind(given.kind)
  const { name: _, where = {}, probability = 1, after = 0, seed = seedDefault, ...rest } = given
  const defaults = Object.entries(settings).flatMap(([setting, { fallback }]) =>
    fallback === undefined ? [] : [[setting, fallback] as const],
  )
  const filled = {
    name,
    where,
    probability,
    after,
    seed,
    ...(count === undefined ? {} : { count }),
    ...Object.fromEntries(defaults),
    ...present(rest),
  }
  // Checked by the schema, which is made from the same table as this type.
  return Object.freeze(filled) as unknown as FaultRule
}

function present(values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
