import type { ExchangeRun } from '../book/record.ts'
import type { ExchangeRunRow } from '../client/walk/walk-exchange-records.ts'

/** An auto-exchange run as Binance tells it. */
export function runOfRecord(account: string, row: ExchangeRunRow, receivedAt: number): ExchangeRun {
  return {
    account,
    from: row.startTime,
    to: row.endTime,
    details: row.details.map(({ asset, negativeBalance, negativeMaxThreshold }) => ({
      asset,
      negativeBalance,
      maximumThreshold: negativeMaxThreshold,
    })),
    receivedAt,
  }
}
