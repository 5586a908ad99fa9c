import { describe, expect, test } from 'vitest'
import { decimal } from '../../decimal/decimal.ts'
import { quoted } from '../../errors/entry.ts'
import { dayMs, hourMs, minuteMs } from '../../time/units.ts'
import type { Output } from '../io.ts'
import { shownAmount, shownInstant, shownPercent } from './amounts.ts'
import { printCsv } from './csv.ts'
import { shownDuration } from './duration.ts'
import { printable, printableLines } from './printable.ts'
import { type Sheet, sheetObjects } from './sheet.ts'
import { styleOf } from './style.ts'
import { printTable } from './table.ts'

const plain = styleOf({ write: () => undefined, isTerminal: false, columns: 80 }, {})

const sheet: Sheet<{ readonly asset: string; readonly owed: string | null }> = {
  columns: [
    { field: 'asset', header: 'ASSET', value: (row) => row.asset },
    { field: 'owed', header: 'OWED', align: 'decimal', value: (row) => row.owed, shown: (row) => row.owed ?? 'unknown' },
    { field: 'source', value: () => 'book' },
  ],
  rows: [
    { asset: 'USDT', owed: '-210000' },
    { asset: 'BTC', owed: '0.00000001' },
    { asset: 'BNB', owed: null },
  ],
}

test('a table has its decimal points under one another and leaves out what is only exported', () => {
  expect(printTable(sheet, plain).split('\n')).toEqual([
    'ASSET              OWED',
    'USDT   -210000',
    'BTC          0.00000001',
    'BNB             unknown',
    '',
  ])
})

test('a table too wide for the terminal is shown in parts that each name the row', () => {
  const columns = [{ ...sheet.columns[0]!, isKey: true as const }, ...sheet.columns.slice(1), { ...sheet.columns[1]!, header: 'FREE' }]
  const narrow = styleOf({ write: () => undefined, isTerminal: true, columns: 28 }, { NO_COLOR: '1' })
  expect(printTable({ columns, rows: sheet.rows.slice(1) }, narrow).split('\n')).toEqual([
    'ASSET        OWED',
    'BTC    0.00000001',
    'BNB       unknown',
    '',
    'ASSET        FREE',
    'BTC    0.00000001',
    'BNB       unknown',
    '',
  ])
  expect(printTable({ columns, rows: sheet.rows }, plain)).toContain('OWED              FREE')
})

test('a table without rows is no text at all', () => {
  expect(printTable({ ...sheet, rows: [] }, plain)).toBe('')
})

test('CSV has every field, quotes what needs quotes, and leaves unknown values empty', () => {
  const rows = [
    { asset: 'A,"B"', owed: null },
    { asset: 'two\nlines', owed: '1.50' },
  ]
  expect(printCsv({ ...sheet, rows })).toBe('asset,owed,source\n"A,""B""",,book\n"two\nlines",1.50,book\n')
})

test.each(['=1+1', '+SUM(A1)', '@x', '-cmd'])('CSV does not let a spreadsheet run %s', (asset) => {
  expect(printCsv({ ...sheet, rows: [{ asset, owed: '-1.5' }] })).toContain(`\n'${asset},-1.5,`)
})

test('JSON objects keep decimals as text', () => {
  expect(sheetObjects(sheet)[0]).toEqual({ asset: 'USDT', owed: '-210000', source: 'book' })
})

test('text from outside cannot move the cursor of a terminal', () => {
  expect(printable('US\u001b[2JDT\r\n')).toBe('US�[2JDT��')
})

test('a text of several lines of ours keeps them, and a value from outside adds none', () => {
  const value = quoted('<html>\r\n  <body>\n')
  expect(printableLines(`the page ${value}\n  is \u001b[2Jno reply`)).toBe('the page "<html> <body> "\n  is �[2Jno reply')
})

test.each([
  [0, '0 s'],
  [999, '0 s'],
  [59_000, '59 s'],
  [61_000, '1 min 1 s'],
  [hourMs, '1 h'],
  [14 * hourMs + 29 * minuteMs + 5_000, '14 h 29 min'],
  [2 * dayMs + 3 * hourMs, '2 d 3 h'],
  [400 * dayMs, '400 d'],
])('%i ms is shown as %s', (ms, shown) => {
  expect(shownDuration(ms)).toBe(shown)
})

test('amounts are exact and rates are percentages', () => {
  expect(shownAmount(decimal('24.4440'))).toBe('24.444')
  expect(shownPercent(decimal('0.0001164'))).toBe('0.01164 %')
  expect(shownPercent(undefined)).toBe('unknown')
  expect(shownInstant(1_736_263_046_841)).toBe('2025-01-07 15:17:26')
})

describe('colour', () => {
  const terminal: Output = { write: () => undefined, isTerminal: true, columns: 80 }
  const isColoured = (style: ReturnType<typeof styleOf>) => style.red('x') !== 'x'

  test('is there on a terminal', () => {
    expect(isColoured(styleOf(terminal, {}))).toBe(true)
    expect(isColoured(styleOf(terminal, { NO_COLOR: '' }))).toBe(true)
  })

  test('is not there on a pipe, with NO_COLOR, with --no-color, or on a dumb terminal', () => {
    expect(isColoured(styleOf({ ...terminal, isTerminal: false }, {}))).toBe(false)
    expect(isColoured(styleOf(terminal, { NO_COLOR: '1' }))).toBe(false)
    expect(isColoured(styleOf(terminal, {}, false))).toBe(false)
    expect(isColoured(styleOf(terminal, { TERM: 'dumb' }))).toBe(false)
  })
})
