import { printable } from './printable.ts'
import type { Column, Sheet } from './sheet.ts'
import type { Style } from './style.ts'

const gap = '  '

/** The rows as a table for people: aligned, without rules, headings faint. Empty text when there is no row. */
export function printTable<Row>({ columns, rows }: Sheet<Row>, style: Style): string {
  const visible = columns.filter((column) => column.header !== undefined)
  if (rows.length === 0) return ''
  const laidOut = visible.map((column) => layOut(column, rows))
  const heading = laidOut.map(({ heading }) => heading).join(gap)
  const lines = rows.map((_, index) => laidOut.map(({ cells }) => cells[index] ?? '').join(gap))
  return [style.faint(heading.trimEnd()), ...lines.map((line) => line.trimEnd())].map((line) => `${line}\n`).join('')
}

function layOut<Row>(column: Column<Row>, rows: readonly Row[]): { readonly heading: string; readonly cells: readonly string[] } {
  const header = column.header ?? ''
  const texts = rows.map((row) => printable(column.shown === undefined ? String(column.value(row) ?? '') : column.shown(row)))
  const aligned = column.align === 'decimal' ? alignedAtPoint(texts) : texts
  const width = Math.max(header.length, ...aligned.map((text) => text.length))
  const isRight = column.align === 'right' || column.align === 'decimal'
  const pad = (text: string) => (isRight ? text.padStart(width) : text.padEnd(width))
  return { heading: pad(header), cells: aligned.map(pad) }
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
