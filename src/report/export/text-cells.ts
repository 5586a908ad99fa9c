import { toText } from '../../decimal/decimal.ts'
import { isoInstant } from '../../time/instant.ts'
import type { ExportCell } from './export-table.ts'

const rememberedMax = 10_000

/** Remembers what has been printed already, as the same few texts stand in millions of lines. Bounded. */
export function remembered<Value extends string | number>(print: (value: Value) => string): (value: Value) => string {
  const known = new Map<Value, string>()
  return (value) => {
    const found = known.get(value)
    if (found !== undefined) return found
    const text = print(value)
    if (known.size >= rememberedMax) known.clear()
    known.set(value, text)
    return text
  }
}

/** How an export prints its cells: texts by `ofText`, instants as ISO 8601 in UTC, decimals with every digit. */
export function cellPrinter(ofText: (text: string) => string, ofValue: (text: string) => string, ofNull: string) {
  const text = remembered(ofText)
  const instant = remembered((at: number) => ofValue(isoInstant(at)))
  return (cell: ExportCell): string => {
    if (cell === null) return ofNull
    if (typeof cell === 'string') return text(cell)
    return typeof cell === 'number' ? instant(cell) : ofValue(toText(cell))
  }
}
