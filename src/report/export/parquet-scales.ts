import type { Decimal } from '../../decimal/decimal.ts'
import { powerOfTen } from '../../decimal/decimal.ts'
import type { ExportColumn, ExportTable } from './export-table.ts'

/** The digits that parquet's DECIMAL of 16 bytes holds. */
export const parquetDigitsMax = 38

/** At which scale each decimal column is written; a column whose values do not all fit 38 digits is text. */
export type ColumnScales = ReadonlyMap<ExportColumn, number | 'text'>

/** Reads every row once: the columns of a parquet file are laid out before the first of them is written. */
export async function columnScales(table: ExportTable): Promise<ColumnScales> {
  const extents = table.columns.map(({ kind }) => (kind === 'decimal' ? new Map<number, bigint>() : undefined))
  for await (const rows of table.pieces()) {
    for (const [place, extent] of extents.entries()) {
      if (extent === undefined) continue
      for (const row of rows) {
        const cell = row[place]
        if (typeof cell === 'object' && cell !== null) widen(extent, cell)
      }
    }
  }
  return new Map(
    table.columns.flatMap((column, place) => {
      const extent = extents[place]
      return extent === undefined ? [] : [[column, scaleOf(extent)] as const]
    }),
  )
}

/** The largest magnitude at each scale. */
function widen(extent: Map<number, bigint>, { mantissa, scale }: Decimal): void {
  const magnitude = mantissa < 0n ? -mantissa : mantissa
  const largest = extent.get(scale)
  if (largest === undefined || magnitude > largest) extent.set(scale, magnitude)
}

function scaleOf(extent: ReadonlyMap<number, bigint>): number | 'text' {
  const scale = Math.max(0, ...extent.keys())
  if (scale > parquetDigitsMax) return 'text'
  const limit = powerOfTen(parquetDigitsMax)
  const fits = [...extent].every(([own, magnitude]) => magnitude * powerOfTen(scale - own) < limit)
  return fits ? scale : 'text'
}
