import { printable } from './printable.ts'
import type { Column, Sheet } from './sheet.ts'
import type { Style } from './style.ts'

const gap = '  '

interface LaidOut {
  readonly heading: string
  readonly cells: readonly string[]
  readonly isKey: boolean
}

/**
 * The rows as a table for people: aligned, without rules, headings faint. Empty text when there is no row. A table too
 * wide for the terminal is shown in parts below one another, each beginning with the columns that name the row.
 */
export function printTable<Row>({ columns, rows }: Sheet<Row>, style: Style): string {
  const visible = columns.filter((column) => column.header !== undefined)
  if (rows.length === 0) return ''
  const laidOut = visible.map((column) => layOut(column, rows))
  return partsWithin(style.columns, laidOut)
    .map((part) => printPart(part, rows.length, style))
    .join('\n')
}

function printPart(part: readonly LaidOut[], rows: number, style: Style): string {
  const heading = part.map((column) => column.heading).join(gap)
  const lines = Array.from({ length: rows }, (_, index) => part.map(({ cells }) => cells[index] ?? '').join(gap))
  return [style.faint(heading.trimEnd()), ...lines.map((line) => line.trimEnd())].map((line) => `${line}\n`).join('')
}

/** As few parts as fit; a column wider than the terminal stands in a part of its own. Without a key a table is not parted. */
function partsWithin(width: number, columns: readonly LaidOut[]): readonly (readonly LaidOut[])[] {
  const keys = columns.filter(({ isKey }) => isKey)
  if (keys.length === 0 || widthOf(columns) <= width) return [columns]
  const parts: LaidOut[][] = []
  for (const column of columns.slice(keys.length)) {
    const last = parts.at(-1)
    if (last !== undefined && widthOf([...last, column]) <= width) last.push(column)
    else parts.push([...keys, column])
  }
  return parts
}

function widthOf(columns: readonly LaidOut[]): number {
  return columns.reduce((sum, { heading }) => sum + heading.length, gap.length * (columns.length - 1))
}

function layOut<Row>(column: Column<Row>, rows: readonly Row[]): LaidOut {
  const header = column.header ?? ''
  const texts = rows.map((row) => printable(column.shown === undefined ? String(column.value(row) ?? '') : column.shown(row)))
  const aligned = column.align === 'decimal' ? alignedAtPoint(texts) : texts
  const width = Math.max(header.length, ...aligned.map((text) => text.length))
  const isRight = column.align === 'right' || column.align === 'decimal'
  const pad = (text: string) => (isRight ? text.padStart(width) : text.padEnd(width))
  return { heading: pad(header), cells: aligned.map(pad), isKey: column.isKey === true }
}

/** Blanks after each number, so that flush right they have their points under one another; words stand flush right. */
function alignedAtPoint(texts: readonly string[]): readonly string[] {
  const tails = texts.map(tailOf)
  const longest = Math.max(0, ...tails.map((tail) => tail ?? 0))
  return texts.map((text, index) => {
    const tail = tails[index]
    return tail === undefined ? text : text + ' '.repeat(longest - tail)
  })
}

/** How much of the text stands after its whole digits; `undefined` for text without a number. */
function tailOf(text: string): number | undefined {
  const whole = /^[^\d]*\d+/.exec(text)
  return whole === null ? undefined : text.length - whole[0].length
}
