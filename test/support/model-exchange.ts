import type { InterestAccruedRow } from '../../src/client/walk/interest-accrued-types.ts'
import type { ExchangeRunRow } from '../../src/client/walk/walk-exchange-records.ts'
import type { InterestHistoryRow } from '../../src/client/walk/walk-interest-history.ts'
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
  balances: readonly BinanceBalanceRow[]
  details: readonly OkxBalanceRow[]
  /** Called before every answer; what it throws is what the caller gets. */
  beforeCall: (call: number, name: string) => void
  calls: string[]
}

export function modelExchange(clock: Clock, given: Partial<ModelExchange> = {}): ModelExchange {
  return { clock, history: [], runs: [], accrued: [], balances: [], details: [], beforeCall: () => undefined, calls: [], ...given }
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
    },
    okx: {
      ...core,
      exchange: 'okx',
      balance: async () => {
        called('balance')
        return { code: '0', msg: '', data: [{ details: model.details, uTime: clock.now() }] }
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
    },
  }
}

function withoutVisibility<Row extends Shown>({ visibleAt: _, ...row }: Row): Omit<Row, 'visibleAt'> {
  return row
}
