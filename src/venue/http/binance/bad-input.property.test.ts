import { beforeAll, describe, expect, test } from 'vitest'
import { type BinanceEnvelope, binanceEnvelopes, binanceFuzzCall } from '../../../../test/support/fuzz/binance-call.ts'
import { isDocumentedRefusal } from '../../../../test/support/fuzz/documented.ts'
import { type Envelopes, fuzzAtRandom, fuzzEveryTrap } from '../../../../test/support/fuzz/fuzz-endpoint.ts'
import { fuzzTimeoutMs } from '../../../../test/support/fuzz/fuzz-runs.ts'
import type { Plan } from '../../../../test/support/fuzz/plan.ts'
import { type FuzzWorld, fuzzWorld, lenient } from '../../../../test/support/fuzz/world.ts'
import { splitSignature } from '../../../contracts/binance/signing.ts'
import { type Endpoint, needsSignature } from '../../../contracts/contract.ts'
import { binanceEndpoints } from '../../../contracts/endpoints.ts'
import { readParameters } from '../../../contracts/request.ts'
import { isJsonObject, type JsonNumber, parseJson } from '../../../json/json.ts'
import { parameterPairs } from '../parameter-pairs.ts'

const endpoints = Object.values<Endpoint>(binanceEndpoints)
const worlds = {} as Record<'strict' | 'lenient', FuzzWorld>
beforeAll(async () => {
  worlds.strict = await fuzzWorld()
  worlds.lenient = await fuzzWorld({ behaviour: lenient })
})

/** Asks as planned, and holds everything that is always so against the answer. */
function holds(world: FuzzWorld, planned: Endpoint, plan: Plan<BinanceEnvelope>): void {
  const { venue } = world
  const { headers, ...call } = binanceFuzzCall(venue, planned, plan)
  const apiKey = headers['x-mbx-apikey']
  // By another method it may be another endpoint.
  const asked = endpoints.find(({ method, path }) => method === call.method && path === call.path)
  const endpoint = asked ?? planned
  const reply = venue.answer({ ...call, header: (name) => headers[name] })
  if (reply === undefined) throw new Error('of no exchange')
  expect(world.faults.splice(0)).toEqual([])
  const { status, body } = reply
  if (status === 404) {
    expect(asked).toBeUndefined()
  } else if (status === 200) {
    expect(() => endpoint.reply.parse(parseJson(body), '')).not.toThrow()
    if (world === worlds.strict) expect(contractFault(endpoint, call)).toBeUndefined()
  } else {
    const json = parseJson(body)
    if (!isJsonObject(json)) throw new Error(body)
    expect(Object.keys(json)).toEqual(['code', 'msg'])
    const code = (json['code'] as JsonNumber).text
    expect([status, code, json['msg']]).toSatisfy(() => isDocumentedRefusal('binance', status, code, String(json['msg'])))
  }
  if (status === 200 && endpoint.changesState) world.accept(apiKey ?? '')
  expect(venue.engine.sequence).toBe(world.length)
  expect(venue.engine.digest()).toBe(world.digest)
}

/** What the contract says is wrong with the parameters as they went over the wire. */
function contractFault(endpoint: Endpoint, { query, body }: { readonly query: string; readonly body: string }): unknown {
  const split = splitSignature(query, endpoint.method === 'GET' ? '' : body)
  const fromQuery = parameterPairs(split.query)
  const fromBody = parameterPairs(split.body).filter(([name]) => !fromQuery.some(([other]) => other === name))
  const pairs = [...fromQuery, ...fromBody]
  const considered = needsSignature(endpoint) ? pairs : pairs.filter(([name]) => Object.hasOwn(endpoint.parameters, name))
  const read = readParameters(endpoint, considered)
  return read.kind === 'read' ? undefined : read
}

const ordinary: readonly BinanceEnvelope[] = Array.from(
  { length: 12 },
  (_, index) => (['in the query', 'in the body', 'in both'] as const)[index % 3] ?? 'in both',
)

const envelopes: Envelopes<BinanceEnvelope> = { plain: 'in the query', ordinary, odd: binanceEnvelopes }

describe.each(endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))(
  'whatever is sent to %s, it answers as documented, and a refusal changes nothing',
  (_, endpoint) => {
    test(
      'where everything is refused that the documents do not allow',
      () => fuzzEveryTrap(endpoint, envelopes, 30, (plan) => holds(worlds.strict, endpoint, plan)),
      fuzzTimeoutMs,
    )

    test(
      'where the venue is told to be lenient',
      () => fuzzAtRandom(endpoint, envelopes, 20, (plan) => holds(worlds.lenient, endpoint, plan)),
      fuzzTimeoutMs,
    )
  },
)
