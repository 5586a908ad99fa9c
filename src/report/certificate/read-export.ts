import { fail } from '../../errors/overdraft-error.ts'
import { csvFields } from './csv-fields.ts'
import { type ExportedCharge, type ExportFields, exportedCharge, neededColumns } from './export-row.ts'
import { type FileLine, linesBackward, linesForward } from './file-lines.ts'

type ReadLine = (text: string) => ExportFields | undefined

interface Shape {
  readonly read: ReadLine
  /** Whether its last line is `end`: what `overdraft export` writes is cut off without it. */
  readonly hasEnd: boolean
  /** Where the first row begins. */
  readonly from: number
}

/**
 * The charges of an export, oldest first, whichever way round it is; those of one instant in any order. Reads CSV with a
 * heading and JSON Lines, and keeps no more of it in memory than a piece.
 *
 * @throws `certificate.unreadable`, `certificate.export-format`, `certificate.export-columns`, `certificate.export-row`,
 *   `certificate.export-cut-off`
 */
export async function* readExport(path: string): AsyncGenerator<ExportedCharge> {
  const shape = await shapeOf(path)
  if (shape.hasEnd) await requireEnd(path, shape)
  const isNewestFirst = await beginsWithNewest(path, shape)
  yield* rowsOf(path, shape.read, isNewestFirst ? linesBackward(path, shape.from) : linesForward(path, shape.from))
}

async function* rowsOf(path: string, read: ReadLine, lines: AsyncGenerator<FileLine>): AsyncGenerator<ExportedCharge> {
  for await (const { bytes } of lines) {
    const text = textOf(bytes)
    if (text === '') continue
    const fields = read(text)
    const charge = fields === undefined ? 'it is not whole' : exportedCharge(fields)
    if (typeof charge === 'string') fail('certificate.export-row', { path, row: text, reason: charge })
    if (charge !== undefined) yield charge
  }
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString()
  return text.endsWith('\r') ? text.slice(0, -1) : text
}

async function shapeOf(path: string): Promise<Shape> {
  for await (const line of linesForward(path)) {
    const text = textOf(line.bytes).replace(/^\uFEFF/, '')
    const fields = jsonFields(text)
    if (fields !== undefined) {
      requireColumns(path, new Set(fields.get('record') === 'charge' || !fields.has('record') ? fields.keys() : neededColumns))
      return { read: jsonFields, hasEnd: fields.has('stream'), from: 0 }
    }
    const names = text.startsWith('{') || text.startsWith('[') ? undefined : csvFields(text)
    if (names === undefined || !names.some((name) => (neededColumns as readonly string[]).includes(name))) {
      return fail('certificate.export-format', { path, found: text })
    }
    requireColumns(path, new Set(names))
    return { read: csvReader(names), hasEnd: names.includes('stream'), from: line.offset + line.bytes.length + 1 }
  }
  return fail('certificate.export-format', { path, found: '' })
}

async function requireEnd(path: string, { read, from }: Shape): Promise<void> {
  for await (const { bytes } of linesBackward(path, from)) {
    if (read(textOf(bytes))?.get('record') === 'end') return
    break
  }
  fail('certificate.export-cut-off', { path })
}

function requireColumns(path: string, there: ReadonlySet<string>): void {
  const missing = neededColumns.filter((name) => !there.has(name))
  if (missing.length > 0) fail('certificate.export-columns', { path, missing })
}

function csvReader(names: readonly string[]): ReadLine {
  return (text) => {
    const fields = csvFields(text)
    if (fields === undefined || fields.length !== names.length) return undefined
    return new Map(names.map((name, place) => [name, fields[place] ?? '']))
  }
}

function jsonFields(text: string): ExportFields | undefined {
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return undefined
    return new Map(Object.entries(read).map(([name, value]) => [name, value === null ? '' : String(value)]))
  } catch {
    return undefined
  }
}

/** Whether the first two rows that differ in their instant stand newest first. */
async function beginsWithNewest(path: string, { read, from }: Shape): Promise<boolean> {
  const first = new Map<string, number>()
  for await (const { account, row } of rowsOf(path, read, linesForward(path, from))) {
    const before = first.get(account) ?? row.at
    if (before !== row.at) return row.at < before
    first.set(account, before)
  }
  return false
}
