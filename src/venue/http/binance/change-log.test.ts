import { describe, expect, test } from 'vitest'
import { papiKit, refusal } from '../../../../test/support/papi.ts'
import { isoInstant, parseInstant } from '../../../time/instant.ts'
import { ManualClock } from '../../../time/manual-clock.ts'

const at = (instant: string) => papiKit({ clock: new ManualClock(parseInstant(instant)) })

describe('rule: change-log', () => {
  test.each([
    ['2025-01-22', 'GET', '/papi/v1/portfolio/negative-balance-exchange-record', 'startTime=1&endTime=2'],
    ['2023-07-18', 'POST', '/papi/v1/repay-futures-negative-balance', ''],
    ['2023-07-18', 'GET', '/papi/v1/repay-futures-switch', ''],
    ['2023-07-18', 'POST', '/papi/v1/repay-futures-switch', 'autoRepay=true'],
    ['2026-01-09', 'GET', '/sapi/v1/portfolio/delta-mode', ''],
    ['2026-01-09', 'POST', '/sapi/v1/portfolio/delta-mode', 'deltaEnabled=true'],
  ])('until %s there was no %s %s', async (release, method, path, query) => {
    const { get, post } = await at(release)
    expect((method === 'GET' ? get(path, query) : post(path, query)).status).toBe(200)
    const before = await at(isoInstant(parseInstant(release) - 1))
    const digest = before.venue.engine.digest()
    const got = method === 'GET' ? before.get(path, query) : before.post(path, query)
    expect([got.status, got.header('content-type')]).toEqual([404, 'text/html'])
    expect(got.header('x-mbx-used-weight-1m')).toBeUndefined()
    expect(before.venue.engine.digest()).toBe(digest)
  })

  test('a venue that is to have everything has it at any time', async () => {
    const clock = new ManualClock(parseInstant('2022-12-05'))
    const { get, post } = await papiKit({ clock, behaviour: { binanceChangeLog: 'all' } })
    expect(get('/papi/v1/portfolio/negative-balance-exchange-record', 'startTime=1&endTime=2').text).toBe('{"total":0,"rows":[]}')
    expect(post('/papi/v1/repay-futures-negative-balance').text).toBe('{"msg":"success"}')
  })

  test('a part of a wallet can be collected since 2026-10-16', async () => {
    const kit = await at('2026-10-15T23:59:59.999Z')
    kit.book('um', 'USDT', '30')
    const collect = () => kit.post('/papi/v1/asset-collection', 'asset=USDT&amount=1&futureType=UM')
    expect(refusal(collect())).toEqual([400, '{"code":-1103,"msg":"An unknown parameter was sent."}'])
    expect(kit.balance('USDT', 'umWalletBalance')).toBe('30.0')
    kit.venue.clock.advanceBy(1)
    expect(collect().text).toBe('{"msg":"success"}')
    expect(kit.balance('USDT', 'umWalletBalance')).toBe('29.0')
  })
})
