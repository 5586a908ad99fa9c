import { powerOfTen } from '../decimal/decimal.ts'
import { parseInstant } from '../time/instant.ts'
import { ledgerScale } from './ledger-scale.ts'

/** What the charge on one asset of a Binance account depends on; integers at the scale of the ledger. */
export interface BinancePosition {
  readonly asset: string
  /** Cross margin free and locked, UM and CM wallets together. */
  readonly total: bigint
  readonly um: bigint
  /** What of a negative total is free of interest for the user's level. */
  readonly freeThreshold: bigint
}

/** The rule in force from `from` on. `principal` is the magnitude that is charged, 0 when nothing is. */
export interface BinanceRegime {
  readonly name: string
  readonly from: number
  readonly principal: (position: BinancePosition) => bigint
}

const usdtLimit = 200_000n * powerOfTen(ledgerScale('binance'))

/** The regimes, oldest first (facts A4.1). The first one is what the example of document 000 shows. */
export const binanceRegimes: readonly BinanceRegime[] = Object.freeze([
  { name: 'whole-total', from: 0, principal: ({ total }) => (total < 0n ? -total : 0n) },
  {
    name: 'usdt-beyond-200000',
    from: parseInstant('2023-02-27T08:00:00Z'),
    principal: ({ asset, um }) => (asset === 'USDT' && um < -usdtLimit ? -um : 0n),
  },
  {
    name: 'excess-over-threshold',
    from: parseInstant('2025-05-17T00:00:00Z'),
    principal: ({ total, freeThreshold }) => (total + freeThreshold < 0n ? -(total + freeThreshold) : 0n),
  },
])

/** The regime by which a charge at `instant` is computed. */
export function binanceRegimeAt(instant: number): BinanceRegime {
  const inForce = binanceRegimes.findLast((regime) => regime.from <= instant)
  return inForce ?? (binanceRegimes[0] as BinanceRegime)
}
