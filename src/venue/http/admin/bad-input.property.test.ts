import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { oddHeaders, oddTexts, wholeBodies, withField, wrongValues } from '../../../../test/support/fuzz/admin-traps.ts'
import { fuzzFactor, fuzzRuns, fuzzTimeoutMs } from '../../../../test/support/fuzz/fuzz-runs.ts'
import { type Components, fieldsOf, type Schema, sampleOf, variantsOf } from '../../../../test/support/fuzz/json-schema.ts'
import { type FuzzWorld, fuzzWorld } from '../../../../test/support/fuzz/world.ts'
import { catalogue } from '../../../errors/catalogue.ts'

interface Operation {
  readonly method: string
  readonly summary: string
  readonly path: string
  readonly responses: Readonly<Record<string, unknown>>
  readonly parameters?: readonly { readonly name: string; readonly in: 'path' | 'query'; readonly schema: Schema }[]
  readonly body: Schema | undefined
}

interface Sent {
  readonly path: string
  readonly body?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly method?: string
}

const world: FuzzWorld = await fuzzWorld()
const { operations, components } = await description()

async function description(): Promise<{ readonly operations: readonly Operation[]; readonly components: Components }> {
  const response = await world.venue.fetch(new Request('http://127.0.0.1:8080/_venue/openapi.json'))
  const document = (await response.json()) as {
    paths: Record<string, Record<string, Operation & { requestBody?: { content: Record<string, { schema: Schema }> } }>>
    components: { schemas: Components }
  }
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary, responses, parameters, requestBody }]): Operation => {
      const body = requestBody?.content['application/json']?.schema
      return { method: method.toUpperCase(), path, summary, responses, body, ...(parameters === undefined ? {} : { parameters }) }
    }),
  )
  return { operations, components: document.components.schemas }
}

/** All that a refusal may not change. */
function standing() {
  const { engine, clock, faults, accounts } = world.venue
  return {
    digest: engine.digest(),
    length: engine.sequence,
    now: clock.now(),
    mode: clock.mode(),
    faults: faults.list(),
    accounts: accounts.length,
    snapshots: world.venue.snapshots().map(({ name }) => name),
  }
}
const beginning = standing()
let present = beginning
let accepted = 0
/** Going back takes as long as many requests; one sees what at most so many before it have changed. */
const acceptedMax = 8

/** What was accepted may change anything. */
function accept(): void {
  present = standing()
  if (++accepted % acceptedMax !== 0) return
  for (const { name } of world.venue.snapshots()) if (!beginning.snapshots.includes(name)) world.venue.dropSnapshot(name)
  world.venue.faults.clear()
  world.restore()
  present = standing()
  expect(present).toEqual(beginning)
}

/** Sends it, and holds everything that is always so against the answer. */
async function holds(operation: Operation, { path, body, headers = {}, method = operation.method }: Sent): Promise<void> {
  const request = new Request(`http://127.0.0.1:8080${path}`, {
    method,
    headers: { authorization: 'Bearer token', 'content-type': 'application/json', ...headers },
    ...(body === undefined || method === 'GET' || method === 'HEAD' ? {} : { body }),
  })
  const response = await world.venue.fetch(request)
  const text = await response.text()
  expect(world.faults.splice(0)).toEqual([])
  const { status } = response
  if (status !== 404) expect(Object.keys(operation.responses)).toContain(`${status}`)
  if (status === 200) {
    if (operation.method !== 'GET') accept()
  } else if (path.startsWith('/_venue/') && method !== 'HEAD') {
    const error = JSON.parse(text) as Record<string, unknown>
    expect(Object.keys(error)).toEqual(['code', 'message', 'remedy'])
    expect(catalogue).toHaveProperty([String(error['code'])])
    expect([status, error]).toSatisfy(() => status < 500)
  }
  expect(standing()).toEqual(present)
}

/** The path with names that are there, and the query with nothing in it. */
function pathOf({ path, summary }: Operation, odd: Readonly<Record<string, string>> = {}): string {
  const names: Record<string, string> = {
    account: summary.includes('(OKX)') && !summary.includes('(Binance)') ? 'okx' : 'main',
    name: path.endsWith('/restore') ? (beginning.snapshots[0] ?? '') : 'nothing',
    apiKey: 'k'.repeat(64),
    ...odd,
  }
  return path.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '')
}

const methods = ['PUT', 'PATCH', 'OPTIONS', 'HEAD', 'DELETE', 'POST', 'GET']

/** What is sent whatever the operation: names and queries, bodies as a whole, headers, methods. */
function generalPlans(operation: Operation): Sent[] {
  const { body, parameters = [] } = operation
  const path = pathOf(operation)
  const good = body === undefined ? undefined : JSON.stringify(sampleOf(body, components, '', 0))
  const places = parameters.flatMap(({ name, in: where }) =>
    oddTexts.map((odd): Sent => ({ path: where === 'path' ? pathOf(operation, { [name]: odd }) : `${path}?${name}=${odd}`, body: good })),
  )
  return [
    { path, body: good },
    ...places,
    ...(good === undefined ? [] : [...wholeBodies, `${good}x`, good + good].map((text) => ({ path, body: text }))),
    ...oddHeaders.map((headers) => ({ path, body: good, headers })),
    ...methods.map((method) => ({ path: `${path}/x`, body: good, method })),
    { path: `${path}?account=nobody&__proto__=1&limit=-1`, body: good },
    { path: `${path}?account[]=main&limit=1&limit=2`, body: good },
  ]
}

/** Every field of the body with everything it can never be, each field's in a list of its own; what members of a union share, once. */
function fieldPlans(operation: Operation): Sent[][] {
  const { body } = operation
  if (body === undefined) return []
  const path = pathOf(operation)
  const seen = new Set<string>()
  return variantsOf(body, components).flatMap((variant, place) => {
    const fields = [{ path: ['other'], schema: {} }, ...fieldsOf(variant, components)]
    const fresh = fields.filter((field) => !seen.has(JSON.stringify(field)) && seen.add(JSON.stringify(field)))
    return fresh.map(({ path: field, schema }) =>
      [undefined, ...wrongValues(schema)].map((raw, index): Sent => {
        // Of a union the sample is of the same member as the field.
        return { path, body: withField(sampleOf(variant, components, '', place + index), field, raw) }
      }),
    )
  })
}

const perOperation = 40

/** What is sent whatever the seed: of each field some values, or all of them in a long run. */
function systematic(general: readonly Sent[], fields: readonly Sent[][]): Sent[] {
  if (fuzzFactor > 1) return [...general, ...fields.flat()]
  const each = Math.max(Math.ceil(perOperation / Math.max(fields.length, 1)), 1)
  const some = fields.flatMap((plans, place) =>
    Array.from({ length: each }, (_, turn) => plans[(place * 7 + turn * 5) % plans.length] ?? { path: '' }),
  )
  return [...general.filter((_, index) => index % 2 === 0), ...some]
}

describe.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  'whatever is sent to %s',
  (_, operation) => {
    test(
      'is answered as it describes itself, and a refusal changes nothing',
      async () => {
        const general = generalPlans(operation)
        const fields = fieldPlans(operation)
        const plans = [...general, ...fields.flat()]
        const always = systematic(general, fields)
        await fc.assert(
          fc.asyncProperty(fc.constantFrom(...plans), (sent) => holds(operation, sent)),
          { ...fuzzRuns(always.length + 20), examples: always.map((sent) => [sent]) },
        )
      },
      fuzzTimeoutMs,
    )
  },
)
