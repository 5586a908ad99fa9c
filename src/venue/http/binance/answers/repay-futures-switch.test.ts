import { describe, expect, test } from 'vitest'
import { papiKit, refusal } from '../../../../../test/support/papi.ts'
import { parseInstant } from '../../../../time/instant.ts'

const path = '/papi/v1/repay-futures-switch'

describe('GET /papi/v1/repay-futures-switch', () => {
  test('is a boolean, and on unless it was turned off', async () => {
    const { get } = await papiKit()
    expect(get(path).text).toBe('{"autoRepay":true}')
  })
})

describe('POST /papi/v1/repay-futures-switch', () => {
  test('turns Auto Repay off and on again', async () => {
    const { get, post } = await papiKit()
    expect(post(path, 'autoRepay=false').text).toBe('{"msg":"success"}')
    expect(get(path).text).toBe('{"autoRepay":false}')
    expect(post(path, 'autoRepay=true').text).toBe('{"msg":"success"}')
    expect(get(path).text).toBe('{"autoRepay":true}')
  })

  test('decides whether the runs before midnight repay', async () => {
    const kit = await papiKit()
    kit.deposit('USDT', '50')
    kit.book('um', 'USDT', '-20')
    kit.post(path, 'autoRepay=false')
    kit.venue.clock.advanceTo(parseInstant('2026-03-11'))
    expect(kit.balance('USDT', 'umWalletBalance')).toBe('-20.0')
    kit.post(path, 'autoRepay=true')
    kit.venue.clock.advanceTo(parseInstant('2026-03-12'))
    expect(kit.balance('USDT', 'umWalletBalance')).toBe('0.0')
  })

  test.each(['', 'autoRepay=', 'autoRepay=TRUE', 'autoRepay=1'])('needs true or false as a word: “%s” is refused', async (query) => {
    const { get, post } = await papiKit()
    expect(refusal(post(path, query))).toEqual([
      400,
      `{"code":-1102,"msg":"Mandatory parameter 'autoRepay' was not sent, was empty/null, or malformed."}`,
    ])
    expect(get(path).text).toBe('{"autoRepay":true}')
  })

  test.each([
    ['not-allowed-currently', '{"code":-4084,"msg":"Method is not allowed currently. Upcoming soon."}'],
    ['unsupported', '{"code":-1020,"msg":"This operation is not supported."}'],
    ['system-busy', '{"code":51998,"msg":"System is busy. Please try again later."}'],
  ] as const)('works 20 times a day; the 21st is answered, %s, with %s', async (binanceTooOften, body) => {
    const { get, post, venue } = await papiKit({ behaviour: { binanceTooOften } })
    for (let call = 1; call <= 20; call++) expect(post(path, `autoRepay=${call % 2 === 0}`).status).toBe(200)
    expect(refusal(post(path, 'autoRepay=false'))).toEqual([400, body])
    expect(get(path).text).toBe('{"autoRepay":true}')
    venue.clock.advanceTo(parseInstant('2026-03-11'))
    expect(post(path, 'autoRepay=false').status).toBe(200)
  })
})
