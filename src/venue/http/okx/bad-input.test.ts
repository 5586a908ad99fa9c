import fc from 'fast-check'
import { expect, test } from 'vitest'
import { okxKit } from '../../../../test/support/okx-kit.ts'
import type { Endpoint } from '../../../contracts/contract.ts'
import { okxEndpoints } from '../../../contracts/endpoints.ts'
import { okxErrorTable } from '../../../contracts/okx/error-table.ts'
import { decimal } from '../../../decimal/decimal.ts'
import { hourMs } from '../../../time/units.ts'

const knownCodes = new Set(['0', ...okxErrorTable.map(({ code }) => code)])
const failureCodes = new Set(['50001', '50026'])
const tempting = fc.constantFrom(
  '0',
  '-1',
  '1',
  '9999999999999999999',
  '1e400',
  'NaN',
  'true',
  'null',
  '__proto__',
  'BTC',
  'BTC-USDT',
  ',',
  '0x10',
  '𝟙',
)

async function indebted() {
  const kit = await okxKit()
  kit.apply(
    { kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: decimal('-97'), reason: 'fee' },
    { kind: 'borrow-spot', account: 'okx', asset: 'BTC', amount: decimal('0.01') },
  )
  kit.venue.clock.advanceBy(5 * hourMs)
  return kit
}

test.each(
  Object.values<Endpoint>(okxEndpoints)
    .filter(({ changesState }) => !changesState)
    .map((endpoint) => [endpoint.path, endpoint] as const),
)('whatever %s is asked, it answers with a documented code and changes nothing', async (path, { parameters }) => {
  const { ask, venue } = await indebted()
  const before = venue.engine.digest()
  const names = fc.constantFrom(...Object.keys(parameters), 'unknown')
  const value = fc.oneof(tempting, fc.string(), fc.nat().map(String))
  fc.assert(
    fc.property(fc.array(fc.tuple(names, value), { maxLength: 4 }), (pairs) => {
      const query = pairs.map(([name, text]) => `${name}=${encodeURIComponent(text)}`).join('&')
      const { code } = JSON.parse(ask(path, query).text) as { code: string }
      expect(knownCodes).toContain(code)
      expect(failureCodes).not.toContain(code)
    }),
  )
  expect(venue.engine.digest()).toBe(before)
})

test.each(
  Object.values<Endpoint>(okxEndpoints)
    .filter(({ changesState }) => changesState)
    .map((endpoint) => [endpoint.path, endpoint] as const),
)('whatever is posted to %s, it answers with a documented code; what it refuses changes nothing', async (path, { parameters }) => {
  const { post, venue } = await indebted()
  const names = fc.constantFrom(...Object.keys(parameters), '__proto__', 'unknown')
  const json = fc.oneof(tempting, fc.jsonValue({ maxDepth: 1 }), fc.constantFrom('borrow', 'repay', '0.001', 'USDT'))
  const body = fc.oneof(
    fc.dictionary(names, json).map((value) => JSON.stringify(value)),
    fc.json({ maxDepth: 1 }),
    fc.string(),
  )
  fc.assert(
    fc.property(body, (sent) => {
      const before = venue.engine.digest()
      const { code } = JSON.parse(post(path, sent).text) as { code: string }
      expect(knownCodes).toContain(code)
      expect(failureCodes).not.toContain(code)
      if (code !== '0') expect(venue.engine.digest()).toBe(before)
    }),
  )
})
