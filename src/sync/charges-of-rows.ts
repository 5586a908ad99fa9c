import type { Charge } from '../book/record.ts'
import type { InterestAccruedRow } from '../client/walk/interest-accrued-types.ts'
import type { InterestHistoryRow } from '../client/walk/walk-interest-history.ts'

/** A charge as Binance tells it; it knows neither instruments nor margin modes. */
export function chargeOfHistory(account: string, row: InterestHistoryRow, receivedAt: number): Charge {
  return {
    account,
    asset: row.asset,
    instId: '',
    marginMode: '',
    loanType: '',
    at: row.interestAccuredTime,
    principal: row.principal,
    rate: row.interestRate,
    interest: row.interest,
    ...(row.extra === undefined ? {} : { extra: row.extra }),
    receivedAt,
  }
}

/** A charge as OKX tells it; a liability that came empty stays `null`, one that did not come stays absent. */
export function chargeOfAccrued(account: string, row: InterestAccruedRow, receivedAt: number): Charge {
  return {
    account,
    asset: row.ccy,
    instId: row.instId,
    marginMode: row.mgnMode,
    loanType: row.type,
    at: row.ts,
    principal: row.liab,
    rate: row.interestRate,
    interest: row.interest,
    ...(row.totalLiab === undefined ? {} : { totalLiability: row.totalLiab }),
    ...(row.interestFreeLiab === undefined ? {} : { interestFreeLiability: row.interestFreeLiab }),
    ...(row.extra === undefined ? {} : { extra: row.extra }),
    receivedAt,
  }
}
