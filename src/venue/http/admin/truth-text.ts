import { isDecimal, toText } from '../../../decimal/decimal.ts'
import type { VenueTruth } from '../../venue-truth.ts'

/** The truth as JSON: decimals as strings at their own scale, instants as numbers. */
export function truthText(truth: VenueTruth): string {
  return JSON.stringify(truth, (_, value: unknown) => (isDecimal(value) ? toText(value) : value))
}
