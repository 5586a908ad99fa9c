import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { isDocumentedRefusal } from '../../../../test/support/fuzz/documented.ts'
import { fuzzRuns, fuzzTimeoutMs } from '../../../../test/support/fuzz/fuzz-runs.ts'
import { type OkxEnvelope, okxEnvelopes, okxFuzzCall } from '../../../../test/support/fuzz/okx-call.ts'
import { type Plan, planOf, systematicPlans } from '../../../../test/support/fuzz/plan.ts'
import { trapNames } from '../../../../test/support/fuzz/traps.ts'
import { type FuzzWorld, fuzzWorld, lenient } from '../../../../test/support/fuzz/world.ts'
import type { Endpoint } from '../../../contracts/contract.ts'
import { okxEndpoints } from '../../../contracts/endpoints.ts'
import { isJsonObject, parseJson } from '../../../json/json.ts'

const endpoints = Object.values<Endpoint>(okxEndpoints)
const worlds = {} as Record<'strict' | 'lenient', FuzzWorld>
beforeAll(async () => {
  worlds.strict = await fuzzWorld()
  worlds.lenient = await fuzzWorld({ behaviour: lenient })
})

/** Asks as planned, and holds everything that is always so against the answer. */
function holds(world: FuzzWorld, planned: Endpoint, plan: Plan<OkxEnvelope>): void {
  const { venue } = world
  const { headers, ...call } = okxFuzzCall(venue, planned, plan)
  const apiKey = headers['ok-access-key']
  const endpoint = endpoints.find(({ method, path }) => method === call.method && path === call.path) ?? planned
  const reply = venue.answer({ ...call, header: (name) => headers[name] })
  if (reply === undefined) throw new Error('of no exchange')
  expect(world.faults.splice(0)).toEqual([])
  const { status, body } = reply
  const json = parseJson(body)
  if (!isJsonObject(json)) throw new Error(body)
  const { code, msg } = json
  if (code === '0') {
    expect(status).toBe(200)
    expect(() => endpoint.reply.parse(json, '')).not.toThrow()
  } else {
    expect([Object.keys(json)]).toSatisfy(([keys]) => ['msg,code', 'code,data,msg'].includes(String(keys)))
    expect([status, code, msg]).toSatisfy(() => isDocumentedRefusal('okx', status, String(code), String(msg)))
  }
  if (code === '0' && endpoint.changesState) world.accept(apiKey ?? '')
  expect(venue.engine.sequence).toBe(world.length)
  expect(venue.engine.digest()).toBe(world.digest)
}

const ordinary: readonly OkxEnvelope[] = Array.from({ length: 12 }, () => 'as it should be')

describe.each(endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))(
  'whatever is sent to %s, it answers as documented, and a refusal changes nothing',
  (_, endpoint) => {
    test(
      'where everything is refused that the documents do not allow',
      () => {
        const plans = systematicPlans<OkxEnvelope>(endpoint, 'as it should be', okxEnvelopes)
        const tried = new Map<string, Set<string>>()
        fc.assert(
          fc.property(planOf(endpoint, [...ordinary, ...okxEnvelopes]), (plan) => {
            for (const { parameter, trap } of plan.changes) tried.set(parameter, (tried.get(parameter) ?? new Set()).add(trap))
            holds(worlds.strict, endpoint, plan)
          }),
          { ...fuzzRuns(plans.length + 60), examples: plans.map((plan) => [plan]) },
        )
        for (const parameter of Object.keys(endpoint.parameters))
          expect([...(tried.get(parameter) ?? [])].sort()).toEqual([...trapNames].sort())
      },
      fuzzTimeoutMs,
    )

    test(
      'where the venue is told to be lenient',
      () => {
        const plan = planOf(endpoint, [...ordinary, ...okxEnvelopes])
        fc.assert(
          fc.property(plan, (chosen) => holds(worlds.lenient, endpoint, chosen)),
          fuzzRuns(60),
        )
      },
      fuzzTimeoutMs,
    )
  },
)
