import { equals } from '../decimal/arithmetic.ts'
import { type Decimal, toText } from '../decimal/decimal.ts'

export type Field = readonly [name: string, value: Decimal | number | string | null | undefined]

/** One field of a recorded row that the exchange now tells otherwise, as both were printed. */
export interface Difference {
  readonly name: string
  readonly was: string
  readonly now: string
}

/**
 * What of a recorded row the exchange now tells otherwise. Decimals are compared by value. A field that is absent on one
 * side is no contradiction: exchanges add fields as they grow.
 */
export function differences(recorded: readonly Field[], came: readonly Field[]): readonly Difference[] {
  const found: Difference[] = []
  recorded.forEach(([name, before], index) => {
    const after = came[index]?.[1]
    if (before === undefined || after === undefined || same(before, after)) return
    found.push({ name, was: shownField(before), now: shownField(after) })
  })
  return found
}

function same(before: NonNullable<Field[1]> | null, after: NonNullable<Field[1]> | null): boolean {
  if (typeof before === 'object' && before !== null && typeof after === 'object' && after !== null) return equals(before, after)
  return before === after
}

export function shownField(value: NonNullable<Field[1]> | null): string {
  if (value === null) return 'empty'
  return typeof value === 'object' ? toText(value) : String(value)
}
