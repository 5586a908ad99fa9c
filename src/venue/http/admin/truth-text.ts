import { isDecimal, toText } from '../../../decimal/decimal.ts'

/** Truth as JSON: decimals as strings at their own scale, ids of 19 digits as strings, instants as numbers. */
export function truthText(truth: object): string {
  return JSON.stringify(truth, (_, value: unknown) => {
    if (isDecimal(value)) return toText(value)
    return typeof value === 'bigint' ? String(value) : value
  })
}
