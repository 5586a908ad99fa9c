import { decimal } from '../../src/decimal/decimal.ts'
import type { Clock } from '../../src/time/clock.ts'
import { dayMs, hourMs } from '../../src/time/units.ts'
import { type ModelExchange, modelExchange } from './model-exchange.ts'

const one = decimal('1')

/** A model with a few rows in every history of both exchanges, the newest two days ago. */
export function fullModel(clock: Clock): ModelExchange {
  const midnight = Math.floor(clock.now() / dayMs) * dayMs - 2 * dayMs
  const at = (place: number) => midnight - place * dayMs
  const places = [0, 1, 2]
  const amounts = { principal: one, interest: one, interestRate: one }
  return modelExchange(clock, {
    hasApiHost: true,
    history: places.map((place) => ({ asset: 'USDT', interestAccuredTime: at(place), ...amounts })),
    runs: places.map((place) => ({ startTime: at(place), endTime: at(place) + hourMs / 2, details: [] })),
    marginInterest: places.map((place) => ({
      txId: BigInt(place),
      interestAccuredTime: at(place) + hourMs,
      asset: 'USDT',
      rawAsset: 'USDT',
      type: 'PERIODIC',
      ...amounts,
    })),
    umIncome: places.map((place) => incomeOf(place, at(place))),
    cmIncome: places.map((place) => incomeOf(place, at(place))),
    loans: places.map((place) => ({ txId: BigInt(place), asset: 'USDT', principal: one, timestamp: at(place), status: 'CONFIRMED' })),
    repayments: places.map((place) => ({
      txId: BigInt(place),
      asset: 'USDT',
      amount: one,
      principal: one,
      interest: one,
      timestamp: at(place),
      status: 'CONFIRMED',
    })) as never,
    rates: places.map((place) => ({ asset: 'USDT', dailyInterestRate: one, timestamp: at(place), vipLevel: 0 })),
    accrued: places.map((place) => ({
      ccy: 'USDT',
      instId: '',
      mgnMode: 'cross',
      type: '2',
      liab: one,
      interest: one,
      interestRate: one,
      ts: at(place) + hourMs,
    })),
    bills: places.map((place) => ({ ...billOf(place), ts: at(place) + hourMs })) as never,
    balances: [{ asset: 'USDT', ...emptyBalance }] as never,
  })
}

function incomeOf(place: number, time: number) {
  return { symbol: '', incomeType: 'FUNDING_FEE', income: one, asset: 'USDT', info: '', time, tranId: BigInt(place), tradeId: '' }
}

const none = decimal('0')
const emptyBalance = {
  totalWalletBalance: none,
  crossMarginAsset: none,
  crossMarginBorrowed: none,
  crossMarginFree: none,
  crossMarginInterest: none,
  crossMarginLocked: none,
  umWalletBalance: none,
  umUnrealizedPNL: none,
  cmWalletBalance: none,
  cmUnrealizedPNL: none,
  updateTime: 0,
  negativeBalance: none,
}

/** A deposit of 1; each bill's balance follows from the one before. */
function billOf(place: number) {
  return {
    billId: BigInt(100 - place),
    ccy: 'USDT',
    type: '1',
    subType: '11',
    instType: '',
    instId: '',
    mgnMode: '',
    ordId: '',
    from: '',
    to: '',
    notes: '',
    bal: decimal(String(3 - place)),
    balChg: one,
    posBal: null,
    posBalChg: null,
    interest: null,
  }
}
