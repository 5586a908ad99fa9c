import { parseInstant } from '../time/instant.ts'
import type { Exchange } from './contract.ts'

/**
 * When each exchange opened, epoch ms: no row of any history is older (facts A1, B1). OKX began as OKEx in 2017; its day is not
 * documented, hence the first of that year.
 */
export const exchangeOpenedAt: Readonly<Record<Exchange, number>> = Object.freeze({
  binance: parseInstant('2017-07-14'),
  okx: parseInstant('2017-01-01'),
})
