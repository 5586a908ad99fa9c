import { readInstant } from '../../time/instant.ts'
import type { CanonicalRow } from './canonical-row.ts'

/** A row as an export has it, by the names of its columns. */
export type ExportFields = ReadonlyMap<string, string>

/** A charge that an export claims. */
export interface ExportedCharge {
  readonly account: string
  readonly row: CanonicalRow
}

/** What tells a charge, and what was charged. `loanType` is told by the exchange where a column for it is not there. */
export const neededColumns = ['account', 'at', 'asset', 'marginMode', 'instId', 'principal', 'rate', 'interest'] as const

const decimalRe = /^-?\d+(?:\.\d+)?$/
/** The exports' guard against text that a spreadsheet would run. */
const guardedRe = /^'(?=[=+@\t\r-])/

/** The charge of a line; `undefined` for a line about something else, such as a gap; a text that says why it cannot be read. */
export function exportedCharge(fields: ExportFields): ExportedCharge | string | undefined {
  const text = (name: string) => (fields.get(name) ?? '').replace(guardedRe, '')
  const record = text('record')
  if (record !== '' && record !== 'charge') return undefined
  const at = readInstant(text('at'))
  if (at === undefined) return `its instant is ${JSON.stringify(text('at'))}`
  for (const name of ['principal', 'rate', 'interest']) {
    if (!decimalRe.test(text(name))) return `its ${name} is ${JSON.stringify(text(name))}`
  }
  const marginMode = text('marginMode')
  // Exports before the column came: OKX charges are of market loans, Binance knows no types.
  const loanType = fields.has('loanType') ? text('loanType') : marginMode === '' ? '' : '2'
  const values = ['principal', 'rate', 'interest', 'totalLiability', 'interestFreeLiability'].map(text)
  return { account: text('account'), row: { at, key: [text('asset'), text('instId'), marginMode, loanType], values } }
}
