import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { FaultState, GivenFault } from '../../faults/fault-desk.ts'
import { faultKindNames } from '../../faults/kinds.ts'
import { faultInputSchema } from '../../faults/rule-schema.ts'
import type { AdminHost } from './admin-host.ts'
import { errorResponses, exchangeField, instantField, jsonBody, jsonReply } from './schemas.ts'

const faultsMax = 1_000
const shownDefault = 100
const shownMax = 10_000

const faultState = z
  .object({
    rule: z
      .looseObject({ name: z.string(), kind: z.enum(faultKindNames) })
      .openapi({ description: 'As it was given, with every default.' }),
    matched: z.int().openapi({ description: 'How many calls it was about.' }),
    given: z.int().openapi({ description: 'How many of them met the fault.' }),
  })
  .openapi('FaultState')

const faultsReply = z.object({ faults: z.array(faultState) }).openapi('Faults')

const givenFault = z
  .object({
    sequence: z.int(),
    at: instantField,
    fault: z.string().openapi({ description: 'The name of the rule.' }),
    kind: z.enum(faultKindNames),
    exchange: exchangeField,
    method: z.string(),
    path: z.string(),
    endpoint: z.string().optional(),
    account: z.string().optional(),
    call: z.int().openapi({ description: 'The number of the call among those the rule is about.' }),
    overtakenBy: z.string().optional().openapi({ description: 'The rule that decided what came back instead.' }),
  })
  .openapi('GivenFault')

const tags = ['Faults']

/** Adding, reading and clearing what goes wrong on purpose. */
export function addFaultRoutes(app: OpenAPIHono, host: AdminHost): void {
  addReading(app, host)
  addChanging(app, host)
}

function addReading(app: OpenAPIHono, host: AdminHost): void {
  const list = createRoute({
    method: 'get',
    path: '/faults',
    summary: 'List the faults, and how often each was given',
    tags,
    responses: { 200: jsonReply('The faults.', faultsReply), ...errorResponses },
  })
  app.openapi(list, (context) => context.json(faultsView(host), 200))

  const log = createRoute({
    method: 'get',
    path: '/faults/log',
    summary: 'The newest faults that were given, oldest first',
    tags,
    request: { query: z.object({ limit: z.coerce.number().int().min(1).max(shownMax).default(shownDefault) }) },
    responses: {
      200: jsonReply('What was given to which call.', z.object({ log: z.array(givenFault) }).openapi('FaultLog')),
      ...errorResponses,
    },
  })
  app.openapi(log, (context) => {
    const given: readonly GivenFault[] = host.faults.log.slice(-context.req.valid('query').limit)
    return context.json({ log: [...given] }, 200)
  })
}

function addChanging(app: OpenAPIHono, host: AdminHost): void {
  const add = createRoute({
    method: 'post',
    path: '/faults',
    summary: 'Add faults, all or none; docs/faults.md tells what each kind does',
    tags,
    request: { body: jsonBody(z.strictObject({ faults: z.array(faultInputSchema).min(1).max(faultsMax) }).openapi('NewFaults')) },
    responses: { 200: jsonReply('Every fault there is now.', faultsReply), ...errorResponses },
  })
  app.openapi(add, (context) => {
    host.faults.add(...context.req.valid('json').faults)
    return context.json(faultsView(host), 200)
  })

  const clearAll = createRoute({
    method: 'delete',
    path: '/faults',
    summary: 'Clear every fault; the log stays',
    tags,
    responses: { 200: jsonReply('There are none now.', faultsReply), ...errorResponses },
  })
  app.openapi(clearAll, (context) => {
    host.faults.clear()
    return context.json(faultsView(host), 200)
  })

  const clearOne = createRoute({
    method: 'delete',
    path: '/faults/{name}',
    summary: 'Clear one fault by its name',
    tags,
    request: { params: z.object({ name: z.string().openapi({ param: { name: 'name', in: 'path' } }) }) },
    responses: { 200: jsonReply('The faults that are left.', faultsReply), ...errorResponses },
  })
  app.openapi(clearOne, (context) => {
    host.faults.clear(context.req.valid('param').name)
    return context.json(faultsView(host), 200)
  })
}

function faultsView(host: AdminHost): z.input<typeof faultsReply> {
  return { faults: host.faults.list().map(({ rule, matched, given }: FaultState) => ({ rule: { ...rule }, matched, given })) }
}
