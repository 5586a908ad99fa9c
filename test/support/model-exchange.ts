import type { InterestAccruedRow } from '../../src/client/walk/interest-accrued-types.ts'
import type { BillRow } from '../../src/client/walk/walk-bills.ts'
import type { ExchangeRunRow } from '../../src/client/walk/walk-exchange-records.ts'
import type { IncomeRow } from '../../src/client/walk/walk-income.ts'
import type { InterestHistoryRow } from '../../src/client/walk/walk-interest-history.ts'
import type { MarginInterestRow } from '../../src/client/walk/walk-margin-interest.ts'
import type { MarginLoanRow, MarginRepayRow } from '../../src/client/walk/walk-margin-loans.ts'
import type { RateRow } from '../../src/client/walk/walk-rates.ts'
import { decimal } from '../../src/decimal/decimal.ts'
import type { BinanceBalanceRow, OkxBalanceRow } from '../../src/sync/balances-of-reply.ts'
import type { BinanceSyncClient, OkxSyncClient } from '../../src/sync/sync-client.ts'
import type { Clock } from '../../src/time/clock.ts'

/** A row that the exchange only shows from some instant on. */
export interface Shown {
  readonly visibleAt?: number
}

/** What stands behind the model's clients; tests change it between and during syncs. */
export interface ModelExchange {
  readonly clock: Clock
  history: readonly (InterestHistoryRow & Shown)[]
  runs: readonly (ExchangeRunRow & Shown)[]
  accrued: readonly (InterestAccruedRow & Shown)[]
  marginInterest: readonly MarginInterestRow[]
  umIncome: readonly IncomeRow[]
  cmIncome: readonly IncomeRow[]
  loans: readonly MarginLoanRow[]
  repayments: readonly MarginRepayRow[]
  rates: readonly RateRow[]
  bills: readonly BillRow[]
  autoRepay: boolean
  hasApiHost: boolean
  balances: readonly BinanceBalanceRow[]
  details: readonly OkxBalanceRow[]
  /** Called before every answer; what it throws is what the caller gets. */
  beforeCall: (call: number, name: string) => void
  calls: string[]
}

export function modelExchange(clock: Clock, given: Partial<ModelExchange> = {}): ModelExchange {
  const rows = {
    history: [],
    runs: [],
    accrued: [],
    marginInterest: [],
    umIncome: [],
    cmIncome: [],
    loans: [],
    repayments: [],
    rates: [],
    bills: [],
  }
  return {
    clock,
    ...rows,
    balances: [],
    details: [],
    autoRepay: true,
    hasApiHost: false,
    beforeCall: () => undefined,
    calls: [],
    ...given,
  }
}

/** Clients that answer from the model as the documents say, without a wire between. */
export function modelClients(model: ModelExchange): { binance: BinanceSyncClient; okx: OkxSyncClient } {
  const { clock } = model
  const core = { clock, serverNow: () => clock.now() }
  const called = (name: string) => {
    model.calls.push(name)
    model.beforeCall(model.calls.length, name)
  }
  const shown = <Row extends Shown>(rows: readonly Row[]) => rows.filter((row) => (row.visibleAt ?? 0) <= clock.now())
  const within = (instant: number, from: number | undefined, to: number | undefined) =>
    (from ?? 0) <= instant && instant <= (to ?? Number.MAX_SAFE_INTEGER)
  return {
    binance: {
      ...core,
      exchange: 'binance',
      balance: async () => {
        called('balance')
        return model.balances
      },
      interestHistory: async ({ asset, startTime, endTime, size = 10 } = {}) => {
        called('interestHistory')
        if ((endTime ?? 0) - (startTime ?? 0) > 30 * 86_400_000) throw new Error('window too wide')
        return shown(model.history)
          .filter((row) => (asset === undefined || row.asset === asset) && within(row.interestAccuredTime, startTime, endTime))
          .sort((left, right) => right.interestAccuredTime - left.interestAccuredTime)
          .slice(0, size)
          .map(withoutVisibility)
      },
      negativeBalanceExchangeRecord: async ({ startTime, endTime }) => {
        called('negativeBalanceExchangeRecord')
        const rows = shown(model.runs)
          .filter((row) => within(row.startTime, startTime, endTime))
          .sort((left, right) => right.startTime - left.startTime)
          .map(withoutVisibility)
        return { total: rows.length, rows }
      },
      hasApiHost: model.hasApiHost,
      marginInterestHistory: async (query = {}) => {
        called('marginInterestHistory')
        const rows = model.marginInterest.filter((row) => query.asset === undefined || row.asset === query.asset)
        return pageOf(rows, (row) => row.interestAccuredTime, query, clock.now())
      },
      marginLoanHistory: async (query) => {
        called('marginLoanHistory')
        const rows = model.loans.filter((row) => row.asset === query.asset)
        return pageOf(rows, (row) => row.timestamp, query, clock.now())
      },
      marginRepayHistory: async (query) => {
        called('marginRepayHistory')
        const rows = model.repayments.filter((row) => row.asset === query.asset)
        return pageOf(rows, (row) => row.timestamp, query, clock.now())
      },
      umIncome: async (query = {}) => {
        called('umIncome')
        return incomeOf(model.umIncome, query, clock.now())
      },
      cmIncome: async (query = {}) => {
        called('cmIncome')
        return incomeOf(model.cmIncome, query, clock.now())
      },
      marginInterestRateHistory: async ({ asset, startTime, endTime }) => {
        called('marginInterestRateHistory')
        return model.rates
          .filter((row) => row.asset === asset && within(row.timestamp, startTime, endTime))
          .sort((left, right) => right.timestamp - left.timestamp)
      },
      assetIndexPrice: async () => {
        called('assetIndexPrice')
        return []
      },
      repayFuturesSwitch: async () => {
        called('repayFuturesSwitch')
        return { autoRepay: model.autoRepay }
      },
    },
    okx: {
      ...core,
      exchange: 'okx',
      balance: async () => {
        called('balance')
        return { code: '0', msg: '', data: [{ details: model.details, uTime: clock.now() }] }
      },
      config: async () => {
        called('config')
        return { code: '0', msg: '', data: [{ uid: '512345678901234567' }] }
      },
      interestAccrued: async ({ ccy, mgnMode, after, limit = 100 } = {}) => {
        called('interestAccrued')
        const oldestKept = clock.now() - 365 * 86_400_000
        const data = shown(model.accrued)
          .filter((row) => (ccy === undefined || row.ccy === ccy) && (mgnMode === undefined || row.mgnMode === mgnMode))
          .filter((row) => row.ts >= oldestKept && (after === undefined || row.ts < after))
          .sort((left, right) => right.ts - left.ts)
          .slice(0, limit)
          .map(withoutVisibility)
        return { code: '0', msg: '', data }
      },
      billsArchive: async ({ begin, end, after, limit = 100 } = {}) => {
        called('billsArchive')
        const data = model.bills
          .filter((row) => within(row.ts, Math.max(begin ?? 0, clock.now() - 365 * 86_400_000), end))
          .filter((row) => after === undefined || row.billId < after)
          .sort((left, right) => (left.billId < right.billId ? 1 : -1))
          .slice(0, limit)
        return { code: '0', msg: '', data }
      },
      interestRate: async () => {
        called('interestRate')
        return { code: '0', msg: '', data: [] }
      },
      interestLimits: async () => {
        called('interestLimits')
        return { code: '0', msg: '', data: [] }
      },
      interestRateLoanQuota: async () => {
        called('interestRateLoanQuota')
        const basic = [...new Set(model.accrued.map((row) => row.ccy))].map((ccy) => ({ ccy, quota: null, rate: decimal('0') }))
        return { code: '0', msg: '', data: [{ basic, vip: [], regular: [] }] }
      },
    },
  }
}

interface Page {
  readonly startTime?: number | undefined
  readonly endTime?: number | undefined
  readonly current?: number | undefined
  readonly size?: number | undefined
  readonly archived?: boolean | undefined
}

/** A numbered page of the margin records: six months are 180 days, and older ones are in the archive alone. */
function pageOf<Row>(all: readonly Row[], instantOf: (row: Row) => number, page: Page, now: number) {
  const { startTime = 0, endTime = 0, current = 1, size = 10, archived = false } = page
  if (endTime < startTime || endTime - startTime > 30 * 86_400_000 || size > 100) throw new Error('the exchange would refuse this')
  const edge = now - 180 * 86_400_000
  const rows = all
    .filter((row) => instantOf(row) >= startTime && instantOf(row) <= endTime && instantOf(row) < edge === archived)
    .sort((left, right) => instantOf(right) - instantOf(left))
  return { total: rows.length, rows: rows.slice((current - 1) * size, current * size) }
}

interface IncomeQuery {
  readonly incomeType?: string | undefined
  readonly startTime?: number | undefined
  readonly endTime?: number | undefined
  readonly page?: number | undefined
  readonly limit?: number | undefined
}

/** Oldest first; 90 days are kept; a page cannot be asked for by its number any more. */
function incomeOf(all: readonly IncomeRow[], query: IncomeQuery, now: number): readonly IncomeRow[] {
  const { incomeType, startTime = 0, endTime = now, page, limit = 100 } = query
  if (page !== undefined || limit > 1_000 || endTime < startTime) throw new Error('the exchange would refuse this')
  return all
    .filter((row) => row.time >= Math.max(startTime, now - 90 * 86_400_000) && row.time <= endTime)
    .filter((row) => incomeType === undefined || row.incomeType === incomeType)
    .sort((left, right) => left.time - right.time)
    .slice(0, limit)
}

function withoutVisibility<Row extends Shown>({ visibleAt: _, ...row }: Row): Omit<Row, 'visibleAt'> {
  return row
}
