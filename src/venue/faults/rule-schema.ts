import { z } from '@hono/zod-openapi'
import type { Exchange } from '../../contracts/contract.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { latestInstant } from '../venue-clock.ts'
import { endpointProblem } from './endpoint-names.ts'
import { type FaultKind, faultKindNames, statedKind } from './kinds.ts'
import type { FaultInput } from './rule.ts'
import { expectationOf, type Setting } from './setting.ts'

/** The longest count and the farthest number of a call that a rule may name. */
export const callsMax = 1_000_000_000
/** How many endpoints, parameters and fields one rule may name. */
export const namesMax = 100

const shortText = z.string().min(1).max(200)
const instant = z.int().min(0).max(latestInstant).openapi({ description: "Epoch milliseconds UTC of the venue's clock." })

const scope = z.strictObject({
  exchange: z.enum(['binance', 'okx']).optional(),
  endpoints: z
    .array(shortText)
    .min(1)
    .max(namesMax)
    .optional()
    .openapi({
      description: 'Names of contracts, paths, or beginnings of paths and *.',
      example: ['interest-history', '/papi/v1/margin/*'],
    }),
  account: z.string().min(1).max(64).optional(),
  parameters: z.record(shortText, z.string().max(200)).optional().openapi({ description: 'Parameters as they are sent.' }),
})

const terms = {
  name: shortText.optional(),
  where: scope.optional(),
  probability: z.number().min(0).max(1).optional(),
  count: z.int().min(0).max(callsMax).optional().openapi({ description: 'At most so many times.' }),
  after: z.int().min(0).max(callsMax).optional().openapi({ description: 'Not in the first so many matching calls.' }),
  between: z.strictObject({ from: instant.optional(), to: instant.optional() }).optional(),
  seed: z.string().max(200).optional(),
}

/** The schema of a rule as somebody gives it, made from the table of kinds. */
export const faultInputSchema: z.ZodType<FaultInput> = z
  .discriminatedUnion('kind', faultKindNames.map(schemaOfKind) as unknown as [z.ZodObject<{ kind: z.ZodLiteral }>])
  .superRefine((rule, context) => {
    // Every member of the union has the terms, which its type no longer tells.
    for (const { path, message } of crossProblems(rule as unknown as FaultInput))
      context.addIssue({ code: 'custom', path: [...path], message })
  })
  .openapi('Fault') as unknown as z.ZodType<FaultInput>

function schemaOfKind(kind: FaultKind) {
  const { settings, says } = statedKind(kind)
  const shape = Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, schemaOfSetting(setting)]))
  return z.strictObject({ kind: z.literal(kind), ...terms, ...shape }).openapi({ description: says })
}

function schemaOfSetting(setting: Setting): z.ZodType {
  const value = valueSchema(setting)
  return (setting.need === 'mandatory' ? value : value.optional()).openapi({ description: setting.note })
}

function valueSchema(setting: Setting): z.ZodType {
  const error = `expected ${expectationOf(setting)}`
  switch (setting.type) {
    case 'whole':
      return z.int({ error }).min(setting.minimum, { error }).max(setting.maximum, { error })
    case 'share':
      return z.number({ error }).min(0, { error }).max(1, { error })
    case 'instant':
      return instant
    case 'flag':
      return z.boolean({ error })
    case 'choice':
      return z.enum(setting.choices as [string], { error })
    case 'text':
      return shortText
    case 'texts':
      return z.array(shortText).min(1).max(namesMax)
    case 'addresses':
      return z
        .array(z.union([z.ipv4(), z.ipv6()], { error: 'expected an IP address such as 192.0.2.7' }))
        .min(1)
        .max(30)
  }
}

interface Problem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** What no single field shows: a kind on the wrong exchange, an endpoint nobody states, a span that ends before it begins. */
export function crossProblems({ kind, where = {}, between = {} }: FaultInput): readonly Problem[] {
  const { exchange } = statedKind(kind)
  const problems: Problem[] = []
  const given = where.exchange
  if (exchange !== 'both' && given !== undefined && given !== exchange) {
    problems.push({ path: ['where', 'exchange'], message: `the fault "${kind}" is one of ${exchange}` })
  }
  const only: Exchange | undefined = exchange === 'both' ? given : exchange
  for (const [index, wanted] of (where.endpoints ?? []).entries()) {
    const message = endpointProblem(wanted, only)
    if (message !== undefined) problems.push({ path: ['where', 'endpoints', index], message })
  }
  if (between.from !== undefined && between.to !== undefined && between.from >= between.to) {
    problems.push({ path: ['between'], message: 'ends before it begins' })
  }
  return problems
}

/** Checks a rule that was given in code or read back. @throws `venue.fault-rule-malformed` */
export function checkedInput(given: unknown): FaultInput {
  const read = faultInputSchema.safeParse(given)
  if (read.success) return read.data
  const problems = read.error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`))
  return fail('venue.fault-rule-malformed', { problems })
}
