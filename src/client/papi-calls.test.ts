import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { papiEndpoints } from '../contracts/binance/papi-endpoints.ts'
import { decimal, toText } from '../decimal/decimal.ts'
import { Secret } from '../errors/secret.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs } from '../time/units.ts'
import { createVenue, type Venue } from '../venue/index.ts'
import { type BinanceClient, createBinanceClient } from './binance-client.ts'

const start = Date.UTC(2026, 5, 15, 12, 34, 56)
const clock = new ManualClock(start)
let venue: Venue
let sent: string[] = []

beforeAll(async () => {
  venue = await createVenue({ clock, scenario: 'empty' })
  venue.engine.apply({ kind: 'set-price', asset: 'USDT', price: decimal('1') }, { at: start })
  venue.engine.apply({ kind: 'set-price', asset: 'BTC', price: decimal('50000') }, { at: start })
  venue.engine.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: decimal('100000') }, { at: start })
  venue.engine.apply({ kind: 'deposit', account: 'main', asset: 'BNB', amount: decimal('5') }, { at: start })
})
afterAll(() => venue.close())

function client(mayChange: boolean): BinanceClient {
  const access = venue.accounts.find(({ exchange }) => exchange === 'binance')
  if (access === undefined) throw new Error('the scenario has no Binance account')
  const credentials = { apiKey: access.apiKey, signing: 'hmac', secret: new Secret(access.apiSecret) } as const
  const fetch = (request: Request) => {
    sent.push(`${request.method} ${new URL(request.url).pathname}`)
    return venue.fetch(request)
  }
  return createBinanceClient({ baseUrl: 'http://127.0.0.1:9', credentials, clock, fetch, mayChange, random: () => 0.5 })
}

async function running<Value>(promise: Promise<Value>): Promise<Value> {
  let settled = false
  const watched = promise.finally(() => {
    settled = true
  })
  watched.catch(() => {})
  for (let step = 0; step < 20_000 && !settled; step++) await clock.advanceBy(200)
  return watched
}

type Calls = { readonly [Name in keyof typeof papiEndpoints]: (client: BinanceClient) => Promise<unknown> }

/** Every endpoint once, in an order in which each has something to do. */
const calls: Calls = {
  borrowMarginLoan: (binance) => binance.borrowMarginLoan({ asset: 'BTC', amount: decimal('0.5') }),
  repayMarginLoan: (binance) => binance.repayMarginLoan({ asset: 'BTC', amount: decimal('0.1') }),
  repayMarginDebt: (binance) => binance.repayMarginDebt({ asset: 'BTC', amount: decimal('0.1'), specifyRepayAssets: ['USDT', 'BNB'] }),
  bnbTransfer: (binance) => binance.bnbTransfer({ amount: decimal('1.5'), transferSide: 'TO_UM' }),
  autoCollection: (binance) => binance.autoCollection(),
  assetCollection: (binance) => binance.assetCollection({ asset: 'USDT' }),
  changeRepayFuturesSwitch: (binance) => binance.changeRepayFuturesSwitch({ autoRepay: false }),
  repayFuturesSwitch: (binance) => binance.repayFuturesSwitch(),
  account: (binance) => binance.account(),
  umAccount: (binance) => binance.umAccount(),
  umAccountV2: (binance) => binance.umAccountV2(),
  cmAccount: (binance) => binance.cmAccount(),
  marginLoanHistory: (binance) => binance.marginLoanHistory({ asset: 'BTC' }),
  marginRepayHistory: (binance) => binance.marginRepayHistory({ asset: 'BTC', startTime: start }),
  marginInterestHistory: (binance) => binance.marginInterestHistory({ asset: 'BTC', size: 100, archived: false }),
  maxBorrowable: (binance) => binance.maxBorrowable({ asset: 'BTC' }),
  maxWithdraw: (binance) => binance.maxWithdraw({ asset: 'USDT' }),
  orderRateLimit: (binance) => binance.orderRateLimit(),
  umIncome: (binance) => binance.umIncome({ incomeType: 'TRANSFER', startTime: start - dayMs, limit: 1_000 }),
  cmIncome: (binance) => binance.cmIncome(),
  startUserDataStream: (binance) => binance.startUserDataStream(),
  keepaliveUserDataStream: (binance) => binance.keepaliveUserDataStream(),
  closeUserDataStream: (binance) => binance.closeUserDataStream(),
}

describe('the client of papi', () => {
  const changing = Object.entries(calls).filter(([name]) => papiEndpoints[name as keyof Calls].changesState)

  test.each(changing)('does not send %s unless it may change the account', async (_, call) => {
    sent = []
    await expect(call(client(false))).rejects.toMatchObject({ code: 'client.not-allowed' })
    expect(sent).toEqual([])
  })

  test.each(Object.entries(calls))('calls %s, and reads what the venue answers', async (name, call) => {
    const { changesState, method, path } = papiEndpoints[name as keyof Calls]
    sent = []
    expect(await running(call(client(changesState)))).toBeTypeOf('object')
    expect(sent).toContain(`${method} ${path}`)
  })

  test('keeps ids beyond 2^53 and amounts exact on both ways', async () => {
    const binance = client(true)
    const { tranId } = await running(binance.borrowMarginLoan({ asset: 'BTC', amount: decimal('0.10000001') }))
    expect(tranId).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER))
    const { rows, total } = await running(binance.marginLoanHistory({ asset: 'BTC', txId: tranId }))
    expect(total).toBe(1)
    expect(rows.map((row) => [row.txId, toText(row.principal), row.status])).toEqual([[tranId, '0.10000001', 'CONFIRMED']])
    const [income] = await running(binance.umIncome({ incomeType: 'TRANSFER' }))
    expect(income).toMatchObject({ symbol: '', incomeType: 'TRANSFER', asset: 'BNB', tradeId: '' })
    expect(income === undefined ? '' : toText(income.income)).toBe('1.50000000')
  })

  test('is told a refusal with its code', async () => {
    const asking = client(true).bnbTransfer({ amount: decimal('1000'), transferSide: 'TO_UM' })
    await expect(running(asking)).rejects.toMatchObject({ message: expect.stringContaining('-2018') })
  })
})
