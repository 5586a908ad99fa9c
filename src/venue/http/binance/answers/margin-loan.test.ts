import { describe, expect, test } from 'vitest'
import { market, type PapiKit, papiKit, refusal } from '../../../../../test/support/papi.ts'
import { kitStart } from '../../../../../test/support/venue-kit.ts'
import { decimal } from '../../../../decimal/decimal.ts'
import { parseInstant } from '../../../../time/instant.ts'
import { dayMs, hourMs, minuteMs } from '../../../../time/units.ts'

const positive = '{"code":-4055,"msg":"Amount must be positive."}'
const precision = '{"code":-1111,"msg":"Precision is over the maximum defined for this asset."}'
const insufficient = '{"code":-2018,"msg":"Balance is insufficient."}'
const malformed = (name: string) => `{"code":-1102,"msg":"Mandatory parameter '${name}' was not sent, was empty/null, or malformed."}`

function terms(kit: PapiKit, asset: string, maximum: string, maintenanceRate = '0.1') {
  kit.venue.engine.apply(
    { kind: 'set-loan-terms', exchange: 'binance', asset, maintenanceRate: decimal(maintenanceRate), maximum: decimal(maximum) },
    { at: kit.venue.clock.now() },
  )
}

/** An account with 1000 USDT that may borrow 2 BTC. */
async function borrower(options = {}) {
  const kit = await papiKit(options)
  kit.deposit('USDT', '1000')
  market(kit.venue, { price: { USDT: '1', BTC: '1000' }, rate: { BTC: '0.00024' } })
  terms(kit, 'BTC', '2')
  return kit
}

describe('POST /papi/v1/marginLoan', () => {
  const path = '/papi/v1/marginLoan'

  test('lends the coins, charges the first hour at once, and answers with the id its record has', async () => {
    const kit = await borrower()
    const { text } = kit.post(path, 'asset=BTC&amount=0.5')
    const id = /^\{"tranId":(\d{19})\}$/.exec(text)?.[1]
    expect([kit.balance('BTC', 'crossMarginFree'), kit.balance('BTC', 'crossMarginBorrowed')]).toEqual(['0.5', '0.5'])
    expect(kit.balance('BTC', 'crossMarginInterest')).toBe('0.000005')
    expect(kit.get('/papi/v1/margin/marginLoan', `asset=BTC&txId=${id}`).text).toBe(
      `{"rows":[{"txId":${id},"asset":"BTC","principal":"0.50000000","timestamp":${kitStart},"status":"CONFIRMED"}],"total":1}`,
    )
  })

  test.each([
    ['asset=BTC&amount=2.00000001', '{"code":51006,"msg":"Exceeds maximum borrowable amount."}'],
    ['asset=BTC&amount=0', positive],
    ['asset=BTC&amount=-1', positive],
    ['asset=BTC&amount=0.000000001', precision],
    ['asset=BTC', malformed('amount')],
    ['asset=BTC&amount=', malformed('amount')],
    ['asset=BTC&amount=one', malformed('amount')],
    ['amount=1', malformed('asset')],
    ['asset=btc&amount=1', `{"code":-1100,"msg":"Illegal characters found in parameter 'asset'; legal range is '^[A-Z0-9-_.]{1,20}$'."}`],
  ])('refuses %s with %s', async (query, body) => {
    const kit = await borrower()
    const digest = kit.venue.engine.digest()
    expect(refusal(kit.post(path, query))).toEqual([400, body])
    expect(kit.venue.engine.digest()).toBe(digest)
  })

  test('says that an asset of which the level may borrow nothing is not available', async () => {
    const kit = await borrower()
    terms(kit, 'BTC', '0')
    expect(refusal(kit.post(path, 'asset=BTC&amount=0.1'))).toEqual([
      400,
      '{"code":51014,"msg":"This asset is currently not available for borrowing."}',
    ])
  })

  test('names the asset of which the exchange has none left to lend', async () => {
    const kit = await borrower()
    kit.venue.engine.apply({ kind: 'set-lending-pool', exchange: 'binance', asset: 'BTC', amount: decimal('0.1') }, { at: kitStart })
    expect(refusal(kit.post(path, 'asset=BTC&amount=0.2'))).toEqual([
      400,
      '{"code":51061,"msg":"Due to high borrowing demand, there are currently insufficient loanable assets for BTC. Please adjust your borrow amount or try again tomorrow."}',
    ])
  })
})

describe('POST /papi/v1/repayLoan', () => {
  const path = '/papi/v1/repayLoan'

  test('repays interest first, then principal, and never more than is owed', async () => {
    const kit = await borrower()
    kit.deposit('BTC', '1')
    kit.post('/papi/v1/marginLoan', 'asset=BTC&amount=0.5')
    kit.venue.clock.advanceBy(hourMs)
    expect(kit.balance('BTC', 'crossMarginInterest')).toBe('0.00001')
    expect(kit.post(path, 'asset=BTC&amount=0.1').text).toMatch(/^\{"tranId":\d{19}\}$/)
    expect([kit.balance('BTC', 'crossMarginInterest'), kit.balance('BTC', 'crossMarginBorrowed')]).toEqual(['0.0', '0.40001'])
    kit.post(path, 'asset=BTC&amount=1')
    expect([kit.balance('BTC', 'crossMarginFree'), kit.balance('BTC', 'crossMarginBorrowed')]).toEqual(['0.99999', '0.0'])
  })

  test('clears interest on a negative balance too', async () => {
    const kit = await papiKit()
    market(kit.venue, { rate: { USDT: '0.001' } })
    // 1000 of it are free of interest.
    kit.book('um', 'USDT', '-1100')
    kit.venue.clock.advanceTo(parseInstant('2026-03-11'))
    expect(kit.balance('USDT', 'crossMarginInterest')).toBe('0.1')
    kit.deposit('USDT', '1')
    expect(kit.post(path, 'asset=USDT&amount=1').status).toBe(200)
    expect([kit.balance('USDT', 'crossMarginInterest'), kit.balance('USDT', 'crossMarginFree')]).toEqual(['0.0', '0.9'])
  })

  test.each([
    ['insufficient', insufficient],
    ['not-enough', '{"code":-3041,"msg":"Balance is not enough."}'],
  ] as const)('of more than is free is refused, %s, with %s', async (binanceInsufficientBalance, body) => {
    const kit = await borrower({ behaviour: { binanceInsufficientBalance } })
    kit.post('/papi/v1/marginLoan', 'asset=BTC&amount=0.5')
    kit.command('withdraw', { asset: 'BTC', amount: decimal('0.4') })
    expect(refusal(kit.post(path, 'asset=BTC&amount=0.2'))).toEqual([400, body])
  })

  test.each([
    ['invalid-amount', `{"code":-1130,"msg":"Data sent for parameter 'amount' is not valid."}`],
    ['insufficient', insufficient],
    ['unsupported', '{"code":-1020,"msg":"This operation is not supported."}'],
  ] as const)('of nothing owed is refused, %s, with %s', async (binanceNothingOwed, body) => {
    const kit = await borrower({ behaviour: { binanceNothingOwed } })
    expect(refusal(kit.post(path, 'asset=USDT&amount=1'))).toEqual([400, body])
  })

  test.each([
    ['asset=BTC&amount=0', positive],
    ['asset=BTC&amount=0.123456789', precision],
    ['asset=BTC', malformed('amount')],
  ])('refuses %s with %s', async (query, body) => {
    const kit = await borrower()
    expect(refusal(kit.post(path, query))).toEqual([400, body])
  })
})

describe('GET /papi/v1/margin/marginLoan', () => {
  const path = '/papi/v1/margin/marginLoan'

  async function lent(days: number) {
    const kit = await papiKit()
    for (let day = 0; day < days; day++) {
      kit.post('/papi/v1/marginLoan', `asset=BTC&amount=0.${day + 1}`)
      kit.venue.clock.advanceBy(dayMs)
    }
    const principals = (query: string) =>
      [...kit.get(path, query).text.matchAll(/"principal":"([^"]+)"/g)].map((match) => Number(match[1]) * 10)
    const total = (query: string) => /"total":(\d+)\}$/.exec(kit.get(path, query).text)?.[1]
    return { ...kit, principals, total, now: kit.venue.clock.now() }
  }

  test('is newest first; without a time the last seven days', async () => {
    const { principals, total } = await lent(9)
    expect(principals('asset=BTC')).toEqual([9, 8, 7, 6, 5, 4, 3])
    expect(total('asset=BTC')).toBe('7')
    expect(principals('asset=ETH')).toEqual([])
  })

  test('includes both ends of the span, and pages it while total counts all of it', async () => {
    const { principals, total, now } = await lent(9)
    const span = `asset=BTC&startTime=${now - 9 * dayMs}&endTime=${now - 2 * dayMs}`
    expect(principals(span)).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
    expect(principals(`${span}&size=3`)).toEqual([8, 7, 6])
    expect(principals(`${span}&size=3&current=3`)).toEqual([2, 1])
    expect(principals(`${span}&size=3&current=4`)).toEqual([])
    expect(total(`${span}&size=3&current=4`)).toBe('8')
    expect(principals(`asset=BTC&startTime=${now - 9 * dayMs + 1}&endTime=${now - 2 * dayMs - 1}`)).toEqual([7, 6, 5, 4, 3, 2])
  })

  test('looks for the id alone where one is given', async () => {
    const { get, principals, now } = await lent(9)
    const oldest = /"txId":(\d+),/.exec(get(path, `asset=BTC&startTime=${now - 9 * dayMs}&size=1&current=9`).text)?.[1]
    expect(principals(`asset=BTC&txId=${oldest}`)).toEqual([1])
    expect(principals(`asset=BTC&txId=${oldest}&startTime=${now - 2 * dayMs}`)).toEqual([1])
    expect(principals(`asset=ETH&txId=${oldest}`)).toEqual([])
    expect(principals('asset=BTC&txId=1')).toEqual([])
  })

  test('has what is older than six months only in the archive, and there nothing else', async () => {
    const kit = await lent(1)
    kit.venue.clock.advanceTo(kitStart + 180 * dayMs)
    const around = `asset=BTC&startTime=${kitStart}&endTime=${kitStart + dayMs}`
    expect(kit.principals(around)).toEqual([1])
    expect(kit.principals(`${around}&archived=true`)).toEqual([])
    kit.venue.clock.advanceBy(1)
    expect(kit.principals(around)).toEqual([])
    expect(kit.principals(`${around}&archived=true`)).toEqual([1])
  })

  test.each([
    ['startTime=2&endTime=1', '{"code":-1023,"msg":"Start time is greater than end time."}'],
    [`startTime=1&endTime=${30 * dayMs + 2}`, '{"code":-4165,"msg":"Maximum time interval is 30 days"}'],
    ['size=101', malformed('size')],
    ['current=0', malformed('current')],
    ['archived=yes', malformed('archived')],
    ['txId=12345678901234567890', malformed('txId')],
  ])('refuses %s with %s', async (query, body) => {
    const { get } = await papiKit()
    expect(refusal(get(path, `asset=BTC&${query}`))).toEqual([400, body])
  })

  test('needs an asset; may be told to need an id or a start', async () => {
    const { get } = await papiKit({ behaviour: { binanceLoanRecordsBare: 'either-parameter' } })
    expect(refusal(get(path))).toEqual([400, malformed('asset')])
    const either = `{"code":-1102,"msg":"Param 'txId' or 'startTime' must be sent, but both were empty/null!"}`
    expect(refusal(get(path, 'asset=BTC'))).toEqual([400, either])
    expect(get(path, 'asset=BTC&startTime=1').text).toBe('{"rows":[],"total":0}')
  })
})

describe('GET /papi/v1/margin/repayLoan', () => {
  const path = '/papi/v1/margin/repayLoan'

  test('parts what was paid into interest and principal', async () => {
    const kit = await borrower()
    kit.deposit('BTC', '1')
    kit.post('/papi/v1/marginLoan', 'asset=BTC&amount=0.5')
    const id = /(\d+)/.exec(kit.post('/papi/v1/repayLoan', 'asset=BTC&amount=0.1').text)?.[1]
    const record =
      `{"rows":[{"amount":"0.10000000","asset":"BTC","interest":"0.00000500","principal":"0.09999500","status":"CONFIRMED",` +
      `"timestamp":${kitStart},"txId":${id}}],"total":1}`
    expect(kit.get(path, 'asset=BTC').text).toBe(record)
    expect(kit.get(path, `asset=BTC&txId=${id}`).text).toBe(record)
    expect(kit.get(path, 'asset=USDT').text).toBe('{"rows":[],"total":0}')
  })

  test('has repayments by selling other assets too, for the asset that was owed alone', async () => {
    const kit = await borrower()
    kit.post('/papi/v1/marginLoan', 'asset=BTC&amount=0.5')
    kit.command('withdraw', { asset: 'BTC', amount: decimal('0.5') })
    kit.venue.clock.advanceBy(minuteMs)
    kit.post('/papi/v1/margin/repay-debt', 'asset=BTC&amount=0.1')
    expect(kit.get(path, 'asset=BTC').text).toContain('"amount":"0.10000000","asset":"BTC","interest":"0.00000500"')
    expect(kit.get(path, 'asset=USDT').text).toBe('{"rows":[],"total":0}')
  })

  test('is newest first, and empty where nothing was repaid', async () => {
    const kit = await borrower()
    expect(kit.get(path, 'asset=BTC').text).toBe('{"rows":[],"total":0}')
    kit.post('/papi/v1/marginLoan', 'asset=BTC&amount=0.5')
    for (const amount of ['0.1', '0.2']) kit.post('/papi/v1/repayLoan', `asset=BTC&amount=${amount}`)
    expect([...kit.get(path, 'asset=BTC').text.matchAll(/"amount":"([^"]+)"/g)].map((match) => match[1])).toEqual([
      '0.20000000',
      '0.10000000',
    ])
  })
})

describe('POST /papi/v1/margin/repay-debt', () => {
  const path = '/papi/v1/margin/repay-debt'

  async function indebted(options = {}) {
    const kit = await borrower(options)
    kit.post('/papi/v1/marginLoan', 'asset=BTC&amount=0.5')
    kit.command('withdraw', { asset: 'BTC', amount: decimal('0.4') })
    return kit
  }

  test('uses the same asset first, sells others for the rest, and answers as the document does', async () => {
    const kit = await indebted()
    kit.deposit('ETH', '10')
    market(kit.venue, { price: { ETH: '100' } })
    expect(kit.post(path, 'asset=BTC&amount=0.3&specifyRepayAssets=ETH%2CUSDT').text).toBe(
      `{"amount":"0.30000000","asset":"BTC","specifyRepayAssets":["ETH","USDT"],"updateTime":${kitStart},"success":true}`,
    )
    expect([kit.balance('BTC', 'crossMarginFree'), kit.balance('BTC', 'crossMarginBorrowed')]).toEqual(['0.0', '0.200005'])
    expect([kit.balance('ETH', 'crossMarginFree'), kit.balance('USDT', 'crossMarginFree')]).toEqual(['8.0', '1000.0'])
  })

  test('repays all of it where no amount is given', async () => {
    const kit = await indebted()
    expect(kit.post(path, 'asset=BTC').text).toBe(
      `{"amount":"0.50000500","asset":"BTC","specifyRepayAssets":[],"updateTime":${kitStart},"success":true}`,
    )
    expect([kit.balance('BTC', 'crossMarginBorrowed'), kit.balance('BTC', 'crossMarginInterest')]).toEqual(['0.0', '0.0'])
  })

  test.each([
    ['asset=BTC&amount=0.3&specifyRepayAssets=ETH', insufficient],
    ['asset=BTC&amount=0', positive],
    ['asset=BTC&amount=0.000000001', precision],
    ['asset=USDT', `{"code":-1130,"msg":"Data sent for parameter 'amount' is not valid."}`],
    ['', malformed('asset')],
    ['asset=BTC&specifyRepayAssets=USDT%2C', malformed('specifyRepayAssets')],
    [
      'asset=BTC&specifyRepayAssets=usdt',
      `{"code":-1100,"msg":"Illegal characters found in parameter 'asset'; legal range is '^[A-Z0-9-_.]{1,20}$'."}`,
    ],
  ])('refuses %s with %s', async (query, body) => {
    const kit = await indebted()
    const digest = kit.venue.engine.digest()
    expect(refusal(kit.post(path, query))).toEqual([400, body])
    expect(kit.venue.engine.digest()).toBe(digest)
  })

  test('is of at most 50,000 USD', async () => {
    const kit = await indebted()
    market(kit.venue, { price: { BTC: '100001' } })
    expect(refusal(kit.post(path, 'asset=BTC&amount=0.5'))).toEqual([
      400,
      `{"code":-1130,"msg":"Data sent for parameter 'amount' is not valid."}`,
    ])
  })
})

describe('GET /papi/v1/margin/maxBorrowable', () => {
  const path = '/papi/v1/margin/maxBorrowable'

  test('tells in strings what may be borrowed now and what the level may borrow', async () => {
    const kit = await borrower()
    expect(kit.get(path, 'asset=BTC').text).toBe('{"amount":"2","borrowLimit":"2"}')
    kit.post('/papi/v1/marginLoan', 'asset=BTC&amount=0.5')
    expect(kit.get(path, 'asset=BTC').text).toBe('{"amount":"1.5","borrowLimit":"2"}')
  })

  test('promises nothing that is then refused', async () => {
    const kit = await borrower()
    terms(kit, 'BTC', '1000')
    const amount = /"amount":"([^"]+)"/.exec(kit.get(path, 'asset=BTC').text)?.[1]
    expect(refusal(kit.post('/papi/v1/marginLoan', 'asset=BTC&amount=1000'))[1]).toContain('51006')
    expect(kit.post('/papi/v1/marginLoan', `asset=BTC&amount=${amount}`).status).toBe(200)
  })

  test('is refused while the exchange has none left to lend, byte for byte as it was seen', async () => {
    const kit = await papiKit()
    kit.venue.engine.apply({ kind: 'set-lending-pool', exchange: 'binance', asset: 'SPELL', amount: decimal('0') }, { at: kitStart })
    expect(refusal(kit.get(path, 'asset=SPELL'))).toEqual([
      400,
      '{"code":51061,"msg":"Due to high borrowing demand, there are currently insufficient loanable assets for SPELL. Please adjust your borrow amount or try again tomorrow."}',
    ])
    kit.venue.engine.apply({ kind: 'set-lending-pool', exchange: 'binance', asset: 'SPELL', amount: decimal('1') }, { at: kitStart })
    expect(kit.get(path, 'asset=SPELL').status).toBe(200)
  })

  test('of an asset the exchange lends nothing of is 0', async () => {
    const { get } = await papiKit()
    expect(get(path, 'asset=DOGE').text).toBe('{"amount":"0","borrowLimit":"0"}')
    expect(refusal(get(path))).toEqual([400, malformed('asset')])
  })
})

describe('GET /papi/v1/margin/maxWithdraw', () => {
  const path = '/papi/v1/margin/maxWithdraw'

  test('is what is free, and less where debts need it', async () => {
    const kit = await borrower()
    expect(kit.get(path, 'asset=USDT').text).toBe('{"amount":"1000"}')
    expect(kit.get(path, 'asset=DOGE').text).toBe('{"amount":"0"}')
    kit.command('set-requirements', {
      wallet: 'um',
      asset: 'USDT',
      initial: decimal('500'),
      maintenance: decimal('100.5'),
      openLoss: decimal('0'),
    })
    expect(kit.get(path, 'asset=USDT').text).toBe('{"amount":"879.4"}')
    expect(refusal(kit.get(path))).toEqual([400, malformed('asset')])
  })
})

describe('GET /papi/v1/rateLimit/order', () => {
  const path = '/papi/v1/rateLimit/order'

  test('is 1200 orders a minute', async () => {
    const { get } = await papiKit()
    expect(get(path).text).toBe('[{"rateLimitType":"ORDERS","interval":"MINUTE","intervalNum":1,"limit":1200}]')
  })
})
