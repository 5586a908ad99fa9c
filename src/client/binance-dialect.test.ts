import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { interestHistory } from '../contracts/binance/interest-history.ts'
import { ping } from '../contracts/binance/ping.ts'
import { repayFuturesNegativeBalance } from '../contracts/binance/repay-futures-negative-balance.ts'
import { type BinanceSigning, binancePayload, splitSignature, verifyBinance } from '../contracts/binance/signing.ts'
import { Secret } from '../errors/secret.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { binanceDialect } from './binance-dialect.ts'
import { PoolBudgets } from './budget/pool-budgets.ts'
import { createWeightBudget } from './budget/weight-budget.ts'

const now = 1_670_227_200_000
const apiSecret = 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j'
const pairs = { rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }), ed25519: generateKeyPairSync('ed25519') }

function pem({ privateKey, publicKey }: (typeof pairs)[keyof typeof pairs]) {
  const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { secret, check: publicKey.export({ type: 'spki', format: 'pem' }).toString() }
}

const keys: Record<BinanceSigning, { secret: string; check: string }> = {
  hmac: { secret: apiSecret, check: apiSecret },
  rsa: pem(pairs.rsa),
  ed25519: pem(pairs.ed25519),
}

function dialectWith(signing: BinanceSigning, recvWindowMs?: number) {
  const credentials = { apiKey: 'key', signing, secret: new Secret(keys[signing].secret) }
  const clock = new ManualClock(now)
  return binanceDialect({
    credentials,
    budget: createWeightBudget({ clock }),
    addressBudgets: new PoolBudgets({ clock }),
    userBudgets: new PoolBudgets({ clock }),
    recvWindowMs,
  })
}

describe('a request to Binance', () => {
  test.each(['hmac', 'rsa', 'ed25519'] as const)('is signed with %s over the very bytes it sends, odd characters included', (signing) => {
    const { request } = dialectWith(signing).compose(interestHistory, [['asset', "a b+c/d!'()*~é"]], now)
    const raw = request.target.slice(request.target.indexOf('?') + 1)
    expect(raw).toMatch(/^asset=a%20b%2Bc%2Fd%21%27%28%29%2A~%C3%A9&timestamp=1670227200000&signature=[A-Za-z0-9%]+$/)
    const { query, signature } = splitSignature(raw, '')
    expect(verifyBinance(signing, keys[signing].check, binancePayload(query, ''), signature!)).toBe(true)
    expect(request.headers).toEqual({ 'X-MBX-APIKEY': 'key' })
  })

  test('has the signature of the facts', () => {
    const { request } = dialectWith('hmac').compose(interestHistory, [], now)
    expect(request.target).toBe(
      '/papi/v1/portfolio/interest-history?timestamp=1670227200000&signature=35e5d391dd0a284db6fa9eafc867f1bcb66095279ea2c156655c9805a51b52ce',
    )
    const windowed = dialectWith('hmac', 5_000).compose(
      interestHistory,
      [
        ['asset', 'USDT'],
        ['size', '100'],
      ],
      now,
    )
    expect(windowed.request.target).toMatch(/signature=d6934290639cc32ca670d07121f5e1cf5a383b6aba75dc73a32002cbf21fe5f4$/)
  })

  test('carries everything in the query and an empty body when it is a POST', () => {
    const { request } = dialectWith('hmac').compose(repayFuturesNegativeBalance, [], now)
    expect(request.method).toBe('POST')
    expect(request.target).toMatch(/\?timestamp=1670227200000&signature=[0-9a-f]{64}$/)
    expect(request.body).toBeUndefined()
  })

  test('carries neither key nor signature where none is needed', () => {
    const { request, hidden } = dialectWith('hmac').compose(ping, [], now)
    expect(request).toEqual({ method: 'GET', target: '/papi/v1/ping', headers: {}, body: undefined })
    expect(hidden).toEqual([])
  })
})
