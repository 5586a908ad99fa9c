import { beforeAll, describe, expect, test } from 'vitest'
import { isDocumentedRefusal } from '../../../../test/support/fuzz/documented.ts'
import { type Envelopes, fuzzAtRandom, fuzzEveryTrap } from '../../../../test/support/fuzz/fuzz-endpoint.ts'
import { fuzzTimeoutMs } from '../../../../test/support/fuzz/fuzz-runs.ts'
import { type OkxEnvelope, okxEnvelopes, okxFuzzCall } from '../../../../test/support/fuzz/okx-call.ts'
import type { Plan } from '../../../../test/support/fuzz/plan.ts'
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

const envelopes: Envelopes<OkxEnvelope> = { plain: 'as it should be', ordinary, odd: okxEnvelopes }

describe.each(endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))(
  'whatever is sent to %s, it answers as documented, and a refusal changes nothing',
  (_, endpoint) => {
    test(
      'where everything is refused that the documents do not allow',
      () => fuzzEveryTrap(endpoint, envelopes, 60, (plan) => holds(worlds.strict, endpoint, plan)),
      fuzzTimeoutMs,
    )

    test(
      'where the venue is told to be lenient',
      () => fuzzAtRandom(endpoint, envelopes, 60, (plan) => holds(worlds.lenient, endpoint, plan)),
      fuzzTimeoutMs,
    )
  },
)
