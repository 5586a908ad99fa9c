import { compare, multiply } from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf } from '../decimal/decimal.ts'

/** From the best to the worst. */
export type BinanceMarginLevel = 'normal' | 'margin-call' | 'reduce-only' | 'liquidation'

/** A level holds while adjusted equity lies above `above` of the maintenance margin. */
interface Step {
  readonly level: BinanceMarginLevel
  readonly above: Decimal
}

/** Today's: above 150 % normal, to 120 % margin call, to 105 % reduce only, then liquidation (facts A4.7). */
const today: readonly Step[] = [
  { level: 'normal', above: decimalOf(150n, 2) },
  { level: 'margin-call', above: decimalOf(120n, 2) },
  { level: 'reduce-only', above: decimalOf(105n, 2) },
]

/** Of the programme's first rules: 200, 150 and 120 % (facts A4.7). */
const former: readonly Step[] = [
  { level: 'normal', above: decimalOf(200n, 2) },
  { level: 'margin-call', above: decimalOf(150n, 2) },
  { level: 'reduce-only', above: decimalOf(120n, 2) },
]

/** Which thresholds of uniMMR part the levels: those of today, or those the programme began with. */
export type MarginLevels = 'today' | 'former'

const stepsOf: Readonly<Record<MarginLevels, readonly Step[]>> = { today, former }

/** The level, from the exact ratio and not from what is shown of it; `normal` while there is no maintenance margin. */
export function marginLevelOf(adjustedEquity: Decimal, maintenanceMargin: Decimal, levels: MarginLevels): BinanceMarginLevel {
  if (maintenanceMargin.mantissa === 0n) return 'normal'
  const step = stepsOf[levels].find(({ above }) => compare(adjustedEquity, multiply(maintenanceMargin, above)) > 0)
  return step?.level ?? 'liquidation'
}
