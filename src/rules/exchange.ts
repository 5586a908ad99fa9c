import { parseInstant } from '../time/instant.ts'

/** The exchanges whose rules are stated here. */
export type Exchange = 'binance' | 'okx'

/**
 * No row of an exchange is older than this, epoch ms. Binance opened in July 2017; OKX goes back to OKCoin, which opened
 * in 2013.
 */
export const openedAt: Readonly<Record<Exchange, number>> = Object.freeze({
  binance: parseInstant('2017-07-01'),
  okx: parseInstant('2013-01-01'),
})
