import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { market, type PapiKit, papiKit, refusal } from '../../../../../test/support/papi.ts'
import { kitStart } from '../../../../../test/support/venue-kit.ts'
import { add, strip } from '../../../../decimal/arithmetic.ts'
import { decimal, toText, zero } from '../../../../decimal/decimal.ts'
import { parseInstant } from '../../../../time/instant.ts'
import { dayMs } from '../../../../time/units.ts'

const um = '/papi/v1/um/income'
const cm = '/papi/v1/cm/income'
const malformed = (name: string) => `{"code":-1102,"msg":"Mandatory parameter '${name}' was not sent, was empty/null, or malformed."}`

interface Row {
  readonly incomeType: string
  readonly income: string
  readonly asset: string
  readonly time: number
  readonly tranId: string
}

function income(kit: PapiKit, path: string, query = ''): readonly Row[] {
  return JSON.parse(kit.get(path, query).text) as Row[]
}

const short = (rows: readonly Row[]) => rows.map(({ incomeType, income: amount, asset }) => `${incomeType} ${amount} ${asset}`)

describe.each([
  ['GET /papi/v1/um/income', um, 'um', cm],
  ['GET /papi/v1/cm/income', cm, 'cm', um],
] as const)('%s', (_, path, wallet, other) => {
  test('prints a line as the document does, its id in a string', async () => {
    const kit = await papiKit()
    kit.book(wallet, 'USDT', '-0.375', 'fee')
    expect(kit.get(path).text.replace(/"tranId":"\d{19}"/, '"tranId":"ID"')).toBe(
      `[{"symbol":"","incomeType":"COMMISSION","income":"-0.37500000","asset":"USDT","info":"COMMISSION","time":${kitStart},"tranId":"ID","tradeId":""}]`,
    )
    expect(kit.get(other).text).toBe('[]')
  })

  test('names what contracts bring and cost, and calls everything else a transfer', async () => {
    const kit = await papiKit()
    kit.deposit('USDT', '50')
    kit.book(wallet, 'USDT', '12', 'profit-or-loss')
    kit.book(wallet, 'USDT', '-20', 'funding')
    kit.book(wallet, 'USDT', '-1', 'fee')
    kit.post('/papi/v1/repay-futures-negative-balance')
    kit.book(wallet, 'USDT', '7', 'profit-or-loss')
    kit.post('/papi/v1/asset-collection', 'asset=USDT')
    expect(short(income(kit, path))).toEqual([
      'REALIZED_PNL 12.00000000 USDT',
      'FUNDING_FEE -20.00000000 USDT',
      'COMMISSION -1.00000000 USDT',
      'TRANSFER 9.00000000 USDT',
      'REALIZED_PNL 7.00000000 USDT',
      'TRANSFER -7.00000000 USDT',
    ])
    expect(short(income(kit, path, 'incomeType=TRANSFER'))).toEqual(['TRANSFER 9.00000000 USDT', 'TRANSFER -7.00000000 USDT'])
    expect(income(kit, path, 'incomeType=DELIVERED_SETTELMENT')).toEqual([])
    expect(income(kit, path, 'symbol=BTCUSDT')).toEqual([])
  })

  test('is oldest first from the start of the span, both ends included', async () => {
    const kit = await papiKit()
    for (let day = 1; day <= 6; day++) {
      kit.book(wallet, 'USDT', `${day}`)
      kit.venue.clock.advanceBy(dayMs)
    }
    const days = (query: string) => income(kit, path, query).map((row) => Number(row.income))
    const from = kitStart + dayMs
    expect(days('')).toEqual([1, 2, 3, 4, 5, 6])
    expect(days(`startTime=${from}`)).toEqual([2, 3, 4, 5, 6])
    expect(days(`startTime=${from}&endTime=${from + 2 * dayMs}`)).toEqual([2, 3, 4])
    expect(days(`startTime=${from + 1}&endTime=${from + 2 * dayMs - 1}`)).toEqual([3])
    expect(days(`endTime=${from}`)).toEqual([1, 2])
    expect(days(`startTime=${from}&limit=2`)).toEqual([2, 3])
  })

  test('keeps three months', async () => {
    const kit = await papiKit()
    kit.book(wallet, 'USDT', '1')
    const query = `startTime=${kitStart}&endTime=${kitStart + 1}`
    kit.venue.clock.advanceTo(kitStart + 90 * dayMs)
    expect(income(kit, path, query)).toHaveLength(1)
    kit.venue.clock.advanceBy(1)
    expect(income(kit, path, query)).toHaveLength(0)
  })

  test.each([
    ['limit=1001', `{"code":-1130,"msg":"Data sent for parameter 'limit' is not valid."}`],
    ['limit=0', `{"code":-1130,"msg":"Data sent for parameter 'limit' is not valid."}`],
    ['limit=x', malformed('limit')],
    ['incomeType=DELIVERED_SETTLEMENT', malformed('incomeType')],
    ['page=0', malformed('page')],
    ['startTime=2&endTime=1', '{"code":-1023,"msg":"Start time is greater than end time."}'],
  ])('refuses %s with %s', async (query, body) => {
    const { get } = await papiKit()
    expect(refusal(get(path, query))).toEqual([400, body])
  })

  test('has pages until 2026-10-28, and from then on does not know the parameter', async () => {
    const kit = await papiKit()
    kit.venue.clock.advanceTo(parseInstant('2026-10-27T23:59:59.999Z'))
    for (const amount of ['1', '2', '3']) kit.book(wallet, 'USDT', amount)
    const amounts = (query: string) => income(kit, path, query).map((row) => Number(row.income))
    expect(amounts('limit=2&page=1')).toEqual([1, 2])
    expect(amounts('limit=2&page=2')).toEqual([3])
    kit.venue.clock.advanceBy(1)
    expect(refusal(kit.get(path, 'limit=2&page=2'))).toEqual([400, '{"code":-1103,"msg":"An unknown parameter was sent."}'])
    expect(amounts('limit=2')).toEqual([1, 2])
  })

  test.each([
    [{ binanceChangeLog: 'latest' }, '{"code":-1103,"msg":"An unknown parameter was sent."}'],
    [
      { binanceChangeLog: 'latest', binanceUnknownParameter: 'not-all-read' },
      `{"code":-1104,"msg":"Not all sent parameters were read; read '1' parameter(s) but was sent '2'."}`,
    ],
    [{ binanceChangeLog: 'latest', binanceUnknownParameter: 'ignore' }, '[]'],
    [{ binanceChangeLog: 'all' }, '[]'],
  ] as const)('with %j answers a page with %s', async (behaviour, body) => {
    const { get } = await papiKit({ behaviour })
    expect(get(path, 'page=1').text).toBe(body)
  })
})

describe('GET /papi/v1/um/income', () => {
  test('covers seven days unless told otherwise, and as far back as is kept when told', async () => {
    const kit = await papiKit()
    kit.book('um', 'USDT', '1')
    kit.venue.clock.advanceBy(7 * dayMs)
    expect(income(kit, um)).toHaveLength(1)
    kit.venue.clock.advanceBy(1)
    expect(income(kit, um)).toHaveLength(0)
    expect(income(kit, um, 'startTime=1')).toHaveLength(1)
  })

  test('is a transfer for BNB that is moved there and back', async () => {
    const kit = await papiKit()
    kit.deposit('BNB', '3')
    kit.post('/papi/v1/bnb-transfer', 'amount=2&transferSide=TO_UM')
    kit.post('/papi/v1/bnb-transfer', 'amount=0.5&transferSide=FROM_UM')
    expect(short(income(kit, um))).toEqual(['TRANSFER 2.00000000 BNB', 'TRANSFER -0.50000000 BNB'])
  })

  test('shows an auto-exchange negative for what was sold and positive for what was bought', async () => {
    const kit = await papiKit()
    kit.venue.engine.apply({ kind: 'set-thresholds', asset: 'BNB', free: decimal('0'), maximum: decimal('1') }, { at: kitStart })
    market(kit.venue, { price: { BNB: '500', USDT: '1' } })
    kit.deposit('USDT', '10000')
    kit.book('um', 'BNB', '-3')
    kit.venue.clock.advanceBy(dayMs)
    expect(short(income(kit, um, 'incomeType=AUTO_EXCHANGE')).sort()).toEqual([
      'AUTO_EXCHANGE -1100.00000000 USDT',
      'AUTO_EXCHANGE 2.20000000 BNB',
    ])
    expect(short(income(kit, um, 'incomeType=TRANSFER'))).toEqual(['TRANSFER 1100.00000000 USDT'])
  })
})

describe('GET /papi/v1/cm/income', () => {
  test('covers 200 days at most', async () => {
    const kit = await papiKit()
    expect(refusal(kit.get(cm, `startTime=1&endTime=${200 * dayMs + 2}`))).toEqual([
      400,
      '{"code":-4165,"msg":"Maximum time interval is 200 days"}',
    ])
    expect(kit.get(cm, `startTime=1&endTime=${200 * dayMs + 1}`).text).toBe('[]')
  })
})

describe('rule: income', () => {
  const step = fc.record({
    wallet: fc.constantFrom('um', 'cm'),
    asset: fc.constantFrom('USDT', 'BNB'),
    amount: fc.integer({ min: -50, max: 50 }).filter((amount) => amount !== 0),
    afterwards: fc.constantFrom('/papi/v1/auto-collection', '/papi/v1/repay-futures-negative-balance', undefined),
  })

  test('sums to what the wallet holds, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const kit = await papiKit()
        const { engine } = kit.venue
        engine.apply({ kind: 'set-thresholds', asset: 'BNB', free: decimal('0'), maximum: decimal('10') }, { at: kitStart })
        market(kit.venue, { price: { BNB: '3', USDT: '1' } })
        kit.deposit('USDT', '70')
        kit.deposit('BNB', '5')
        for (const { wallet, asset, amount, afterwards } of steps) {
          kit.book(wallet, asset, `${amount}.5`)
          if (afterwards !== undefined) kit.post(afterwards)
          kit.venue.clock.advanceBy(dayMs / 4)
        }
        for (const { asset, um: inUm, cm: inCm } of engine.binanceBalances('main')) {
          for (const [path, held] of [
            [um, inUm],
            [cm, inCm],
          ] as const) {
            const rows = income(kit, path, `startTime=${kitStart}&limit=1000`).filter((row) => row.asset === asset)
            const total = rows.reduce((sum, row) => add(sum, decimal(row.income)), zero)
            expect([path, asset, toText(strip(total))]).toEqual([path, asset, toText(strip(held))])
          }
        }
      }),
      { numRuns: 40 },
    )
  })
})
