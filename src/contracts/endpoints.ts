import { balance } from './binance/balance.ts'
import { interestHistory } from './binance/interest-history.ts'
import { negativeBalanceExchangeRecord } from './binance/negative-balance-exchange-record.ts'
import { ping } from './binance/ping.ts'
import { repayFuturesNegativeBalance } from './binance/repay-futures-negative-balance.ts'
import { okxBalance } from './okx/balance.ts'
import { interestAccrued } from './okx/interest-accrued.ts'
import { publicTime } from './okx/public-time.ts'

/** Every Binance endpoint stated so far, by the name its client function has. */
export const binanceEndpoints = Object.freeze({
  ping,
  balance,
  interestHistory,
  negativeBalanceExchangeRecord,
  repayFuturesNegativeBalance,
})

/** Every OKX endpoint stated so far, by the name its client function has. */
export const okxEndpoints = Object.freeze({
  publicTime,
  interestAccrued,
  balance: okxBalance,
})
