import { describe, expect, test } from 'vitest'
import { papiKit, refusal } from '../../../../../test/support/papi.ts'
import { hourMs, minuteMs } from '../../../../time/units.ts'

const notNow = '{"code":-4084,"msg":"Method is not allowed currently. Upcoming soon."}'
const insufficient = '{"code":-2018,"msg":"Balance is insufficient."}'

describe('POST /papi/v1/auto-collection', () => {
  const path = '/papi/v1/auto-collection'

  test('brings every positive futures balance to cross margin, but leaves debts and the BNB of UM', async () => {
    const kit = await papiKit()
    kit.book('um', 'USDT', '30')
    kit.book('cm', 'USDT', '-5')
    kit.book('cm', 'BTC', '0.5')
    kit.book('um', 'BNB', '2')
    kit.book('cm', 'BNB', '3')
    expect(kit.post(path).text).toBe('{"msg":"success"}')
    expect([kit.balance('USDT', 'crossMarginFree'), kit.balance('USDT', 'umWalletBalance')]).toEqual(['30.0', '0.0'])
    expect(kit.balance('USDT', 'cmWalletBalance')).toBe('-5.0')
    expect(kit.balance('BTC', 'crossMarginFree')).toBe('0.5')
    expect([kit.balance('BNB', 'crossMarginFree'), kit.balance('BNB', 'umWalletBalance')]).toEqual(['3.0', '2.0'])
  })

  test('says success where there is nothing to bring', async () => {
    const { post } = await papiKit()
    expect(post(path).text).toBe('{"msg":"success"}')
  })

  test('works 500 times within an hour', async () => {
    const { post, venue } = await papiKit()
    for (let call = 0; call < 500; call++) expect(post(path).status).toBe(200)
    expect(refusal(post(path))).toEqual([400, notNow])
    venue.clock.advanceBy(hourMs)
    expect(post(path).status).toBe(200)
  })
})

describe('POST /papi/v1/asset-collection', () => {
  const path = '/papi/v1/asset-collection'
  // With the parameters of October 2026.
  const latest = { behaviour: { binanceChangeLog: 'latest' } } as const

  test('brings one asset from both futures wallets', async () => {
    const kit = await papiKit()
    kit.book('um', 'USDT', '30')
    kit.book('cm', 'USDT', '5')
    kit.book('um', 'BTC', '1')
    expect(kit.post(path, 'asset=USDT').text).toBe('{"msg":"success"}')
    expect(kit.balance('USDT', 'crossMarginFree')).toBe('35.0')
    expect(kit.balance('BTC', 'umWalletBalance')).toBe('1.0')
  })

  test('brings so much of one wallet when told both', async () => {
    const kit = await papiKit(latest)
    kit.book('um', 'USDT', '30')
    kit.book('cm', 'USDT', '5')
    expect(kit.post(path, 'asset=USDT&amount=2.5&futureType=CM').text).toBe('{"msg":"success"}')
    expect(kit.post(path, 'asset=USDT&amount=10.00000001&futureType=UM').text).toBe('{"msg":"success"}')
    expect([kit.balance('USDT', 'umWalletBalance'), kit.balance('USDT', 'cmWalletBalance')]).toEqual(['19.99999999', '2.5'])
    expect(kit.balance('USDT', 'crossMarginFree')).toBe('12.50000001')
  })

  test.each([
    ['asset=USDT&amount=1', '{"code":-1128,"msg":"Combination of optional parameters invalid."}'],
    ['asset=USDT&futureType=UM', '{"code":-1128,"msg":"Combination of optional parameters invalid."}'],
    ['asset=USDT&amount=31&futureType=UM', insufficient],
    ['asset=USDT&amount=1&futureType=CM', insufficient],
    ['asset=USDT&amount=1&futureType=OPTION', insufficient],
    ['asset=USDT&amount=0&futureType=UM', '{"code":-4055,"msg":"Amount must be positive."}'],
    ['asset=USDT&amount=-1&futureType=UM', '{"code":-4055,"msg":"Amount must be positive."}'],
    ['asset=USDT&amount=0.000000001&futureType=UM', '{"code":-1111,"msg":"Precision is over the maximum defined for this asset."}'],
    [
      'asset=USDT&amount=x&futureType=UM',
      `{"code":-1102,"msg":"Mandatory parameter 'amount' was not sent, was empty/null, or malformed."}`,
    ],
    [
      'asset=USDT&amount=1&futureType=SPOT',
      `{"code":-1102,"msg":"Mandatory parameter 'futureType' was not sent, was empty/null, or malformed."}`,
    ],
    ['asset=BNB', '{"code":-1108,"msg":"Invalid asset."}'],
    ['', `{"code":-1102,"msg":"Mandatory parameter 'asset' was not sent, was empty/null, or malformed."}`],
    ['asset=us%20dt', `{"code":-1100,"msg":"Illegal characters found in parameter 'asset'; legal range is '^[A-Z0-9-_.]{1,20}$'."}`],
  ])('refuses %s with %s', async (query, body) => {
    const kit = await papiKit(latest)
    kit.book('um', 'USDT', '30')
    const digest = kit.venue.engine.digest()
    expect(refusal(kit.post(path, query))).toEqual([400, body])
    expect(kit.venue.engine.digest()).toBe(digest)
  })
})

describe('POST /papi/v1/bnb-transfer', () => {
  const path = '/papi/v1/bnb-transfer'

  test('moves BNB to UM and back, each time under an id of its own', async () => {
    const kit = await papiKit()
    kit.deposit('BNB', '3')
    const first = kit.post(path, 'amount=1.25&transferSide=TO_UM').text
    expect(first).toMatch(/^\{"tranId":\d{19}\}$/)
    expect([kit.balance('BNB', 'crossMarginFree'), kit.balance('BNB', 'umWalletBalance')]).toEqual(['1.75', '1.25'])
    const second = kit.post(path, 'amount=0.25&transferSide=FROM_UM').text
    expect([kit.balance('BNB', 'crossMarginFree'), kit.balance('BNB', 'umWalletBalance')]).toEqual(['2.0', '1.0'])
    expect(second).not.toBe(first)
  })

  test.each([
    ['amount=3.00000001&transferSide=TO_UM', insufficient],
    ['amount=1&transferSide=FROM_UM', insufficient],
    ['amount=0&transferSide=TO_UM', '{"code":-4055,"msg":"Amount must be positive."}'],
    ['amount=0.000000001&transferSide=TO_UM', '{"code":-1111,"msg":"Precision is over the maximum defined for this asset."}'],
    ['amount=1', `{"code":-1102,"msg":"Mandatory parameter 'transferSide' was not sent, was empty/null, or malformed."}`],
    ['amount=1&transferSide=UM', `{"code":-1102,"msg":"Mandatory parameter 'transferSide' was not sent, was empty/null, or malformed."}`],
    ['transferSide=TO_UM', `{"code":-1102,"msg":"Mandatory parameter 'amount' was not sent, was empty/null, or malformed."}`],
    ['amount=1e2&transferSide=TO_UM', `{"code":-1102,"msg":"Mandatory parameter 'amount' was not sent, was empty/null, or malformed."}`],
  ])('refuses %s with %s', async (query, body) => {
    const kit = await papiKit()
    kit.deposit('BNB', '3')
    const digest = kit.venue.engine.digest()
    expect(refusal(kit.post(path, query))).toEqual([400, body])
    expect(kit.venue.engine.digest()).toBe(digest)
  })

  test('works 10 times within 10 minutes', async () => {
    const kit = await papiKit()
    kit.deposit('BNB', '3')
    for (let call = 0; call < 10; call++) expect(kit.post(path, 'amount=0.1&transferSide=TO_UM').status).toBe(200)
    expect(refusal(kit.post(path, 'amount=0.1&transferSide=TO_UM'))).toEqual([400, notNow])
    kit.venue.clock.advanceBy(10 * minuteMs)
    expect(kit.post(path, 'amount=0.1&transferSide=TO_UM').status).toBe(200)
  })
})
