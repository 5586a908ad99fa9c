import { describe, expect, test } from 'vitest'
import { type ProKit, proKit } from '../../../../../test/support/pro.ts'
import { askBinance, keyAt, venueKit } from '../../../../../test/support/venue-kit.ts'
import { decimal } from '../../../../decimal/decimal.ts'
import { parseInstant } from '../../../../time/instant.ts'
import { dayMs, hourMs } from '../../../../time/units.ts'

const unsigned = { apiKey: null, timestamp: null, signature: null }

function priced({ tell }: ProKit): void {
  tell({ kind: 'set-price', asset: 'BTC', price: decimal('28251.9136906000') })
  tell({ kind: 'set-price', asset: 'USDT', price: decimal('1') })
  tell({ kind: 'set-collateral-rate', asset: 'BTC', rate: decimal('0.95') })
  tell({ kind: 'set-collateral-rate', asset: 'USDT', rate: decimal('0.99995') })
}

/** The scenario of these tests has no NEO. */
function rated({ tell, venue }: ProKit, ...rates: readonly string[]): readonly number[] {
  return rates.map((rate) => {
    tell({ kind: 'set-rate', exchange: 'binance', asset: 'NEO', rateDaily: decimal(rate) })
    venue.clock.advanceBy(hourMs)
    return venue.clock.now() - hourMs
  })
}

describe('GET /sapi/v1/portfolio/asset-index-price', () => {
  const path = '/sapi/v1/portfolio/asset-index-price'

  test('needs no key, and is an array also for one asset', async () => {
    const kit = await proKit()
    priced(kit)
    const now = kit.venue.clock.now()
    expect(kit.ask('GET', path, 'asset=BTC', unsigned).text).toBe(`[{"asset":"BTC","assetIndexPrice":"28251.9136906","time":${now}}]`)
    expect(kit.ask('GET', path, '', unsigned).text).toContain(`{"asset":"USDT","assetIndexPrice":"1","time":${now}}`)
    expect(kit.ask('GET', path, 'asset=DOGE', unsigned).text).toBe('[]')
    expect(kit.ask('GET', path, 'asset=x!', unsigned).text).toContain('"code":-1100')
  })

  test('costs 1 with asset and 50 without', async () => {
    const { ask } = await proKit()
    const used = (query: string) => ask('GET', path, query, unsigned).header('x-sapi-used-ip-weight-1m')
    expect([used('asset=BTC'), used(''), used('asset=BTC')]).toEqual(['1', '51', '52'])
  })
})

describe('GET /sapi/v1/portfolio/collateralRate', () => {
  test('needs no key, and prints at least four decimals', async () => {
    const kit = await proKit()
    priced(kit)
    const { text } = kit.ask('GET', '/sapi/v1/portfolio/collateralRate', '', unsigned)
    expect(text).toContain('{"asset":"BTC","collateralRate":"0.9500"}')
    expect(text).toContain('{"asset":"USDT","collateralRate":"0.99995"}')
  })
})

describe('GET /sapi/v2/portfolio/collateralRate', () => {
  test('is one tier for each asset, and signed', async () => {
    const kit = await proKit()
    priced(kit)
    const path = '/sapi/v2/portfolio/collateralRate'
    expect(kit.ask('GET', path).text).toContain(
      '{"asset":"BTC","collateralInfo":[{"tierFloor":"0.0000","tierCap":"999999999999.0000","collateralRate":"0.9500","cum":"0.0000"}]}',
    )
    expect(kit.ask('GET', path, '', unsigned).text).toContain('"code":-2014')
  })
})

describe('GET /sapi/v1/portfolio/margin-asset-leverage', () => {
  const path = '/sapi/v1/portfolio/margin-asset-leverage'

  test('needs the key, but neither time nor signature', async () => {
    const kit = await proKit()
    priced(kit)
    const { text } = kit.ask('GET', path, '', { timestamp: null, signature: null })
    expect(text).toContain('{"asset":"BTC","leverage":5}')
    expect(kit.ask('GET', path).text).toBe(text)
    expect(kit.ask('GET', path, '', unsigned)).toMatchObject({ status: 401, text: '{"code":-2014,"msg":"API-key format invalid."}' })
  })

  test('refuses a key nobody has in the words of the api host', async () => {
    const unknown = { apiKey: 'x'.repeat(64) }
    const text = '{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}'
    expect((await proKit()).ask('GET', path, '', unknown)).toMatchObject({ status: 401, text })
    const other = await proKit('pm-pro', { behaviour: { binanceApiRejectedKeyStatus: '400' } })
    expect(other.ask('GET', path, '', unknown)).toMatchObject({ status: 400, text })
  })
})

describe('GET /sapi/v1/margin/interestRateHistory', () => {
  const path = '/sapi/v1/margin/interestRateHistory'

  test('has a row where the rate changed, newest first, without trailing zeros', async () => {
    const kit = await proKit()
    const times = rated(kit, '0.00001080', '0.00002', '0.00002', '0.00003')
    const row = (rate: string, at: number | undefined) => `{"asset":"NEO","timestamp":${at},"dailyInterestRate":"${rate}","vipLevel":3}`
    const all = [row('0.00003', times[3]), row('0.00002', times[1]), row('0.0000108', times[0])]
    expect(kit.ask('GET', path, 'asset=NEO').text).toBe(`[${all.join(',')}]`)
    expect(kit.ask('GET', path, `asset=NEO&startTime=${times[1]}&endTime=${times[2]}`).text).toBe(`[${all[1]}]`)
    expect(kit.ask('GET', path, `asset=NEO&startTime=${times[2]}&endTime=${times[2]}`).text).toBe('[]')
  })

  test('tells another level than the caller’s when asked for it', async () => {
    const kit = await proKit()
    rated(kit, '0.0001')
    kit.tell({ kind: 'set-rate', exchange: 'binance', asset: 'NEO', vip: 9, rateDaily: decimal('0.00005') })
    expect(kit.ask('GET', path, 'asset=NEO&vipLevel=9').text).toContain('"dailyInterestRate":"0.00005"')
    expect(kit.ask('GET', path, 'asset=NEO').text).not.toContain('0.00005')
  })

  test.each([
    ['asset=TSLAB', '{"code":-11027,"msg":"asset TSLAB is not supported"}'],
    ['', `{"code":-1102,"msg":"Mandatory parameter 'asset' was not sent, was empty/null, or malformed."}`],
    ['asset=NEO&startTime=2&endTime=1', '{"code":-1023,"msg":"Start time is greater than end time."}'],
    ['asset=NEO&startTime=1', '{"code":-4165,"msg":"Maximum time interval is 30 days"}'],
    ['asset=NEO&vipLevel=-1', `{"code":-1102,"msg":"Mandatory parameter 'vipLevel' was not sent, was empty/null, or malformed."}`],
  ])('refuses %s', async (query, text) => {
    const kit = await proKit()
    rated(kit, '0.0001')
    expect(kit.ask('GET', path, query)).toMatchObject({ status: 400, text })
  })

  test('is for every account, and looks seven days back unless told otherwise', async () => {
    const kit = await proKit()
    rated(kit, '0.0001', '0.0002')
    kit.venue.clock.advanceBy(7 * dayMs - hourMs)
    const { text } = askBinance(kit.venue, path, { query: 'asset=NEO' })
    expect(text.match(/timestamp/g)).toHaveLength(9)
    expect(text).toContain('"vipLevel":0')
  })

  test('tells at every midnight what is in force, from that of the day seven days ago on, as was seen', async () => {
    const kit = await proKit()
    rated(kit, '0.0001')
    kit.venue.clock.advanceTo(parseInstant('2026-07-06T15:00:00Z'))
    rated(kit, '0.00013423', '0.00013423', '0.00017362')
    kit.venue.clock.advanceTo(parseInstant('2026-07-07T12:09:46Z'))
    const rows = JSON.parse(kit.ask('GET', path, 'asset=NEO').text) as { timestamp: number; dailyInterestRate: string }[]
    const midnight = (day: string) => parseInstant(`2026-${day}`)
    expect(rows.map(({ timestamp, dailyInterestRate }) => [timestamp, dailyInterestRate])).toEqual([
      [midnight('07-07'), '0.00017362'],
      [parseInstant('2026-07-06T17:00:00Z'), '0.00017362'],
      [parseInstant('2026-07-06T15:00:00Z'), '0.00013423'],
      ...['07-06', '07-05', '07-04', '07-03', '07-02', '07-01', '06-30'].map((day) => [midnight(day), '0.0001']),
    ])
    const within = `asset=NEO&startTime=${midnight('07-05') + 1}&endTime=${midnight('07-06')}`
    expect(kit.ask('GET', path, within).text).toBe(
      `[{"asset":"NEO","timestamp":${midnight('07-06')},"dailyInterestRate":"0.0001","vipLevel":3}]`,
    )
  })
})

describe('GET /sapi/v1/margin/next-hourly-interest-rate', () => {
  const path = '/sapi/v1/margin/next-hourly-interest-rate'

  test('is a 24th of the daily rate in force, at eight decimals', async () => {
    const kit = await proKit()
    rated(kit, '0.000137')
    expect(kit.ask('GET', path, 'assets=NEO&isIsolated=FALSE').text).toBe('[{"asset":"NEO","nextHourlyInterestRate":"0.00000571"}]')
  })

  test.each([
    ['assets=NEO', "'isIsolated'"],
    ['isIsolated=TRUE', "'assets'"],
    ['assets=NEO&isIsolated=yes', "'isIsolated'"],
  ])('refuses %s', async (query, says) => {
    const kit = await proKit()
    rated(kit, '0.0001')
    const got = kit.ask('GET', path, query)
    expect(got.status).toBe(400)
    expect(got.text).toContain(says)
  })
})

describe('GET /sapi/v1/margin/next-hourly-interest-rate, as it was seen', () => {
  const path = '/sapi/v1/margin/next-hourly-interest-rate'

  test('takes small letters, strips zeros and leaves out what has no rate', async () => {
    const kit = await proKit()
    rated(kit, '0.000108')
    expect(kit.ask('GET', path, 'assets=TSLAB,NEO&isIsolated=false').text).toBe('[{"asset":"NEO","nextHourlyInterestRate":"0.0000045"}]')
  })

  test('answers 500 to more than 20 assets', async () => {
    const kit = await proKit()
    const assets = (count: number) => Array.from({ length: count }, (_, index) => `A${index}`).join(',')
    expect(kit.ask('GET', path, `assets=${assets(20)}&isIsolated=false`)).toMatchObject({ status: 200, text: '[]' })
    expect(kit.ask('GET', path, `assets=${assets(21)}&isIsolated=false`)).toMatchObject({
      status: 500,
      text: '{"code":2,"msg":"The size of assets should not larger than 20"}',
    })
  })
})

describe('GET /sapi/v1/account/apiRestrictions', () => {
  const path = '/sapi/v1/account/apiRestrictions'

  test('tells what the key may do, from where, and since when', async () => {
    const { venue, ask } = await proKit()
    expect(ask('GET', path).text).toBe(
      `{"ipRestrict":false,"createTime":${venue.clock.now()},"enableReading":true,"enableWithdrawals":false,"enableInternalTransfer":false,` +
        '"enableMargin":true,"enableFutures":false,"permitsUniversalTransfer":false,"enableVanillaOptions":false,"enableFixApiTrade":false,' +
        '"enableFixReadOnly":false,"enableSpotAndMarginTrading":true,"enablePortfolioMarginTrading":true}',
    )
  })

  test('of a key that only reads, from one address', async () => {
    const { venue, tell } = await proKit()
    const key = { ...keyAt(venue, 'binance'), apiKey: 'R'.repeat(64), secret: 'reads only' }
    const access = { permissions: ['read' as const], ips: ['203.0.113.7'] }
    tell({ kind: 'add-key', account: 'main', key: { apiKey: key.apiKey, signing: 'hmac', verifier: key.secret, ...access } })
    const { text } = askBinance(venue, path, { key, ip: '203.0.113.7' })
    expect(text).toMatch(/"ipRestrict":true,.*"enableReading":true,.*"enablePortfolioMarginTrading":false\}$/)
    expect(askBinance(venue, path, { key, ip: '203.0.113.8' }).text).toContain('"code":-2015')
  })
})

describe('GET /api/v3/time', () => {
  test('is the venue’s instant, and needs no key', async () => {
    const { venue } = await venueKit()
    venue.clock.freeze()
    const got = askBinance(venue, '/api/v3/time', unsigned)
    expect([got.status, got.text, got.header('x-mbx-used-weight-1m')]).toEqual([200, `{"serverTime":${venue.clock.now()}}`, '1'])
  })
})

describe('rule: unknown-path-of-the-api-host', () => {
  test.each([
    ['empty', 'text/html', ''],
    ['page', 'text/html', '404 Not Found'],
    ['json', 'application/json', '{"code":-5000,"msg":"Path /sapi/v1/nothing, Method GET is invalid"}'],
  ] as const)('%s', async (binanceApiUnknownPath, type, text) => {
    const { venue } = await venueKit({ behaviour: { binanceApiUnknownPath } })
    const got = askBinance(venue, '/sapi/v1/nothing')
    expect([got.status, got.header('content-type')]).toEqual([404, type])
    expect(text === '' ? got.text : got.text.includes(text)).toBe(text === '' ? '' : true)
    expect(askBinance(venue, '/papi/v1/nothing').text).toContain('<html>')
  })
})
