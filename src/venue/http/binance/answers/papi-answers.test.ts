import { describe, expect, test } from 'vitest'
import { papiKit } from '../../../../../test/support/papi.ts'
import { askBinance, keyAt } from '../../../../../test/support/venue-kit.ts'
import { papiEndpoints } from '../../../../contracts/binance/papi-endpoints.ts'
import { type Endpoint, needsSignature } from '../../../../contracts/contract.ts'
import type { KeyAccess } from '../../../account-access.ts'
import type { ApiKey } from '../../../engine/command.ts'

/** What makes each call complete, where it takes something mandatory. */
const complete: Readonly<Record<string, string>> = {
  'POST /papi/v1/repay-futures-switch': 'autoRepay=true',
  'POST /papi/v1/asset-collection': 'asset=USDT',
  'POST /papi/v1/bnb-transfer': 'amount=1&transferSide=TO_UM',
  'POST /papi/v1/marginLoan': 'asset=USDT&amount=1',
  'POST /papi/v1/repayLoan': 'asset=USDT&amount=1',
  'POST /papi/v1/margin/repay-debt': 'asset=USDT',
  'GET /papi/v1/margin/marginLoan': 'asset=USDT',
  'GET /papi/v1/margin/repayLoan': 'asset=USDT',
  'GET /papi/v1/margin/maxBorrowable': 'asset=USDT',
  'GET /papi/v1/margin/maxWithdraw': 'asset=USDT',
}

const endpoints: readonly Endpoint[] = Object.values(papiEndpoints)

describe.each(endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))('%s', (name, endpoint) => {
  const { method, path, changesState } = endpoint
  const query = complete[name] ?? ''

  test(
    changesState ? 'is refused to a key that may only read, and changes nothing' : 'is answered to a key that may only read',
    async () => {
      const { venue } = await papiKit()
      const secret = 'of the key that may only read'
      const key: KeyAccess = { ...keyAt(venue, 'binance'), apiKey: 'r'.repeat(64), secret, permissions: ['read'] }
      const apiKey: ApiKey = { apiKey: key.apiKey, signing: 'hmac', verifier: secret, permissions: ['read'] }
      venue.engine.apply({ kind: 'add-key', account: 'main', key: apiKey }, { at: venue.clock.now() })
      if (endpoint.security === 'USER_STREAM') askBinance(venue, path, { method: 'POST' })
      const digest = venue.engine.digest()
      const { status, text } = askBinance(venue, path, { method, query, key })
      if (changesState) {
        expect(text).toBe('{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action, request ip: 127.0.0.1"}')
        expect(status).toBe(401)
      } else expect(status).toBe(200)
      expect(venue.engine.digest()).toBe(digest)
    },
  )

  test.runIf(needsSignature(endpoint))('is refused without a signature, without a time and to a key nobody has', async () => {
    const { venue } = await papiKit()
    const codeOf = (call: Parameters<typeof askBinance>[2]) =>
      /"code":(-\d+)/.exec(askBinance(venue, path, { method, query, ...call }).text)?.[1]
    expect(codeOf({ signature: null })).toBe('-1102')
    expect(codeOf({ signature: 'f'.repeat(64) })).toBe('-1022')
    expect(codeOf({ timestamp: null })).toBe('-1102')
    expect(codeOf({ apiKey: 'x'.repeat(64) })).toBe('-2015')
  })

  test('costs what its contract says', async () => {
    const { venue } = await papiKit()
    const { cost } = endpoint
    const got = askBinance(venue, path, { method, query })
    if (cost.kind === 'weight' && cost.pool === 'ip') expect(got.header('x-mbx-used-weight-1m')).toBe(cost.weight.toString())
    else expect(got.header('x-mbx-order-count-1m')).toBe('1')
  })
})
