import { isDecimal, toText } from '../../src/decimal/decimal.ts'

/** A value as code that makes it, in one line. */
export function codeOf(value: unknown): string {
  if (isDecimal(value)) return `decimal('${toText(value)}')`
  if (Array.isArray(value)) return `[${value.map(codeOf).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([name, each]) => `${name}: ${codeOf(each)}`)
      .join(', ')} }`
  if (typeof value === 'string') return `'${value}'`
  return String(value)
}
