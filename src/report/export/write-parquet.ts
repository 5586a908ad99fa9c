import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { type Decimal, powerOfTen, toText } from '../../decimal/decimal.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { isoInstant } from '../../time/instant.ts'
import { type AnswerGap, gapEnd } from '../answer-coverage.ts'
import type { ExportSink } from './export-format.ts'
import { type ExportCell, type ExportColumn, type ExportRow, type ExportTable, gapRows } from './export-table.ts'
import { type ColumnScales, columnScales, parquetDigitsMax } from './parquet-scales.ts'

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number]

const rowsPerGroup = 8_192
const decimalBytes = 16

/** One column on its way into a row group. */
interface Lane {
  readonly column: ExportColumn
  readonly scale: number | 'text' | undefined
  readonly element: SchemaElement
  /** Bytes of decimals, so that equal ones of a group are one object. */
  readonly known: Map<bigint, Uint8Array>
  /** Where those bytes lie. */
  readonly bytes: Uint8Array
  data: unknown[]
}

/**
 * Writes a parquet file, row group by row group: instants as TIMESTAMP of milliseconds, decimals as DECIMAL(38, scale)
 * where every value of the column fits and as text where one does not. Gaps are rows of their own (`record` is `unproven`
 * or `lost`), and stand with what is proven in the metadata of the file.
 *
 * @throws `report.book-changed` where a value came that was not there when the columns were laid out
 */
export async function writeParquet(table: ExportTable, sink: ExportSink): Promise<number> {
  const scales = await columnScales(table)
  const lanes = table.columns.map((column) => laneOf(column, scales))
  const writer = new FlushingWriter(sink)
  const schema: SchemaElement[] = [{ name: 'root', num_children: lanes.length }, ...lanes.map(({ element }) => element)]
  const file = new ParquetWriter({ writer, schema, statistics: false, kvMetadata: metadataOf(table), createdBy: 'overdraft' })
  let kept = 0
  const writeGroup = async () => {
    if (kept === 0) return
    const columnData = lanes.map(({ column, data }) => ({ name: column.name, data }))
    await file.write({ columnData, rowGroupSize: kept })
    await writer.flush()
    for (const lane of lanes) {
      lane.data = []
      lane.known.clear()
    }
    kept = 0
  }
  const add = async (rows: readonly ExportRow[]) => {
    for (const row of rows) {
      for (const [place, lane] of lanes.entries()) lane.data.push(cellValue(lane, row[place] ?? null))
      kept += 1
      if (kept === rowsPerGroup) await writeGroup()
    }
  }
  await add(gapRows(table))
  let rows = 0
  for await (const piece of table.pieces()) {
    await add(piece)
    rows += piece.length
  }
  await writeGroup()
  for (const { element, scale } of lanes) {
    // For readers that know only the older word. Named any earlier, the writer would take the bytes for numbers.
    if (typeof scale === 'number') Object.assign(element, { converted_type: 'DECIMAL', precision: parquetDigitsMax, scale })
  }
  await file.finish()
  await writer.flush()
  return rows
}

/** Hands on what was written whenever a row group is whole. */
class FlushingWriter extends ByteWriter {
  readonly #sink: ExportSink

  constructor(sink: ExportSink) {
    super(2 ** 20)
    this.#sink = sink
  }

  async flush(): Promise<void> {
    if (this.index === 0) return
    await this.#sink.write(new Uint8Array(this.buffer, 0, this.index))
    this.index = 0
  }
}

function laneOf(column: ExportColumn, scales: ColumnScales): Lane {
  const scale = scales.get(column)
  const { name } = column
  const common = { name, repetition_type: 'OPTIONAL' as const }
  return {
    column,
    scale,
    element: elementOf(column, scale, common),
    known: new Map(),
    bytes: new Uint8Array(typeof scale === 'number' ? rowsPerGroup * decimalBytes : 0),
    data: [],
  }
}

function elementOf(
  { kind }: ExportColumn,
  scale: number | 'text' | undefined,
  common: { readonly name: string; readonly repetition_type: 'OPTIONAL' },
): SchemaElement {
  if (kind === 'instant') return { ...common, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }
  if (typeof scale !== 'number') return { ...common, type: 'BYTE_ARRAY', converted_type: 'UTF8' }
  const logical_type = { type: 'DECIMAL' as const, precision: parquetDigitsMax, scale }
  return { ...common, type: 'FIXED_LEN_BYTE_ARRAY', type_length: decimalBytes, logical_type }
}

function cellValue(lane: Lane, cell: ExportCell): unknown {
  if (cell === null || typeof cell === 'string') return cell
  if (typeof cell === 'number') return BigInt(cell)
  return typeof lane.scale === 'number' ? decimalValue(lane, cell, lane.scale) : toText(cell)
}

/** Two's complement, the highest byte first. */
function decimalValue({ known, column, bytes: pool }: Lane, value: Decimal, scale: number): Uint8Array {
  const unscaled = value.scale > scale ? undefined : value.mantissa * powerOfTen(scale - value.scale)
  if (unscaled === undefined || unscaled >= limit || unscaled <= -limit) {
    return fail('report.book-changed', { column: column.name, value: toText(value) })
  }
  const found = known.get(unscaled)
  if (found !== undefined) return found
  const bytes = pool.subarray(known.size * decimalBytes, (known.size + 1) * decimalBytes)
  const view = new DataView(pool.buffer, bytes.byteOffset, decimalBytes)
  view.setBigInt64(0, unscaled >> 64n)
  view.setBigUint64(8, BigInt.asUintN(64, unscaled))
  known.set(unscaled, bytes)
  return bytes
}

const limit = powerOfTen(parquetDigitsMax)

function exportedEnd(gap: AnswerGap): string | null {
  const end = gapEnd(gap)
  return end === undefined ? null : isoInstant(end)
}

function metadataOf({ what, coverage, asOf }: ExportTable) {
  const { gaps, provenUntil } = coverage
  const told = gaps.map((gap) => ({
    account: gap.account,
    stream: gap.stream,
    kind: gap.kind,
    from: isoInstant(gap.span.from),
    to: exportedEnd(gap),
  }))
  return [
    { key: 'overdraft.what', value: what },
    { key: 'overdraft.asOf', value: isoInstant(asOf) },
    { key: 'overdraft.complete', value: String(gaps.length === 0 && provenUntil !== undefined) },
    { key: 'overdraft.provenUntil', value: provenUntil === undefined ? '' : isoInstant(provenUntil) },
    { key: 'overdraft.gaps', value: JSON.stringify(told) },
  ]
}
