import { type Decimal, parseDecimal } from '../decimal/decimal.ts'
import { typeOfSubType } from './okx-bill-types.ts'

/** One bill as the file tells it; what the file has no column for is empty. */
export interface BillOfFile {
  readonly billId: bigint
  readonly ts: number
  /** Empty where the subtype does not tell it. */
  readonly type: string
  readonly subType: string
  readonly ccy: string
  readonly balChg: Decimal
  readonly bal: Decimal
  readonly posBalChg: Decimal | null
  readonly posBal: Decimal | null
  readonly interest: Decimal | null
  readonly instType: string
  readonly instId: string
  readonly mgnMode: string
  readonly ordId: string
  readonly from: string
  readonly to: string
  readonly notes: string
}

/** What is wrong with a line: the value, and what it is not. */
export interface Wrong {
  readonly value: string
  readonly reason: string
}

/** The columns that a bill is made of, all of them documented (facts B5); the file has others, which are not kept. */
export const billColumns = [
  'instType',
  'billId',
  'subType',
  'ts',
  'balChg',
  'posBalChg',
  'bal',
  'posBal',
  'ccy',
  'mgnMode',
  'instId',
  'ordId',
  'interest',
] as const

/** Told by the endpoint and not by the documented file; read where a file has them. */
const moreColumns = ['type', 'from', 'to', 'notes'] as const

type Column = (typeof billColumns)[number] | (typeof moreColumns)[number]

/** Where each column stands, and how many there are. */
export interface BillLayout {
  readonly places: ReadonlyMap<Column, number>
  readonly width: number
}

/** What each column may hold; no such text can steer a terminal or be taken for another column. */
const shapes: Readonly<Partial<Record<Column, { readonly re: RegExp; readonly reason: string }>>> = {
  billId: { re: /^\d{1,20}$/, reason: 'is not a bill id' },
  // Other clocks and other ways of writing an instant are not guessed at.
  ts: { re: /^\d{13}$/, reason: 'is not epoch milliseconds, which the column ts is documented in' },
  subType: { re: /^\d{1,6}$/, reason: 'is not a bill subtype' },
  type: { re: /^\d{0,6}$/, reason: 'is not a bill type' },
  ccy: { re: /^[A-Za-z0-9._-]{1,32}$/, reason: 'is not a currency' },
  instType: { re: /^[A-Z]{0,16}$/, reason: 'is not an instrument type' },
  instId: { re: /^[A-Za-z0-9._-]{0,64}$/, reason: 'is not an instrument' },
  mgnMode: { re: /^(?:|isolated|cross|cash)$/, reason: 'is not a margin mode' },
  ordId: { re: /^\d{0,20}$/, reason: 'is not an order id' },
  from: { re: /^\d{0,6}$/, reason: 'is not an account number' },
  to: { re: /^\d{0,6}$/, reason: 'is not an account number' },
}

const wholes = new Set<Column>(['billId', 'ts', 'ordId'])
const roundedRe = /^\d+(?:[.,]\d+)?[eE]\+?\d+$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what this is for.
const controlRe = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/

/** The layout that a heading gives, or what is wrong with it. */
export function billLayout(names: readonly string[]): BillLayout | Wrong {
  const places = new Map<Column, number>()
  for (const name of [...billColumns, ...moreColumns]) {
    const place = names.indexOf(name)
    if (place === -1) continue
    if (names.indexOf(name, place + 1) !== -1) return { value: name, reason: 'is the name of two columns' }
    places.set(name, place)
  }
  const missing = billColumns.filter((name) => !places.has(name))
  if (missing.length === 0) return { places, width: names.length }
  return { value: names.join(','), reason: `does not name the column${missing.length === 1 ? '' : 's'} ${missing.join(', ')}` }
}

/** The bill of a line, or the first thing that is wrong with it. */
export function billOfLine(fields: readonly string[], { places, width }: BillLayout): BillOfFile | Wrong {
  if (fields.length !== width) return { value: fields.join(','), reason: `has ${fields.length} columns, and the heading ${width}` }
  const text = (column: Column) => fields[places.get(column) ?? -1] ?? ''
  for (const column of places.keys()) {
    const wrong = wrongOf(column, text(column))
    if (wrong !== undefined) return wrong
  }
  const numbers = new Map<string, Decimal | null>()
  for (const column of ['balChg', 'bal', 'posBalChg', 'posBal', 'interest'] as const) {
    const value = text(column)
    const number = value === '' ? null : parseDecimal(value)
    if (number === undefined) return { value, reason: `is not a decimal number (${column})` }
    if (number === null && (column === 'balChg' || column === 'bal')) return { value, reason: `is no ${column}, which every bill has` }
    numbers.set(column, number)
  }
  const [balChg, bal] = [numbers.get('balChg'), numbers.get('bal')]
  if (!balChg || !bal) return { value: '', reason: 'is no balance' }
  return {
    billId: BigInt(text('billId')),
    ts: Number(text('ts')),
    type: text('type') === '' ? typeOfSubType(text('subType')) : text('type'),
    subType: text('subType'),
    ccy: text('ccy'),
    balChg,
    bal,
    posBalChg: numbers.get('posBalChg') ?? null,
    posBal: numbers.get('posBal') ?? null,
    interest: numbers.get('interest') ?? null,
    instType: text('instType'),
    instId: text('instId'),
    mgnMode: text('mgnMode'),
    ordId: text('ordId'),
    from: text('from'),
    to: text('to'),
    notes: text('notes'),
  }
}

function wrongOf(column: Column, value: string): Wrong | undefined {
  if (controlRe.test(value)) return { value, reason: `has characters that no bill has (${column})` }
  // A spreadsheet program shows 19 digits as 6.2E+18, and writes them back so.
  if (wholes.has(column) && roundedRe.test(value)) {
    return { value, reason: `has lost its digits in a spreadsheet program (${column}); import the file as it was downloaded` }
  }
  const shape = shapes[column]
  return shape === undefined || shape.re.test(value) ? undefined : { value, reason: shape.reason }
}
