import { binanceWeightLimit } from '../../contracts/binance/limits.ts'
import type { Clock } from '../../time/clock.ts'
import { Budget } from './budget.ts'

/** Binance's weight per IP address and minute; share one between all clients behind the same address. */
export type WeightBudget = Budget

/**
 * @param limit weight a minute; give less than the exchange's 6000 to leave room for other programs
 * @example const budget = createWeightBudget({ clock: systemClock })
 */
export function createWeightBudget({ clock, limit = binanceWeightLimit.limit }: { clock: Clock; limit?: number }): WeightBudget {
  return new Budget({ clock, limit, perMs: binanceWeightLimit.perMs })
}
