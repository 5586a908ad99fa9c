import type { Exchange } from './exchange.ts'

/** Decimals the exchanges keep amounts with; ledgers hold amounts as integers at this scale. */
const scales: Readonly<Record<Exchange, number>> = Object.freeze({ binance: 8, okx: 16 })

export function ledgerScale(exchange: Exchange): number {
  return scales[exchange]
}
