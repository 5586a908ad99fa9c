import { add } from '../../decimal/arithmetic.ts'
import { type Decimal, toText } from '../../decimal/decimal.ts'
import { isoDay, isoInstant } from '../../time/instant.ts'
import { chargeColumns } from './charges-table.ts'
import type { ExportCell, ExportRow } from './export-table.ts'

/** Whether a ledger has one transaction for each charge, or one for each account, asset and UTC day. */
export type LedgerPer = 'charge' | 'day'

/** One transaction: an expense, owed to the exchange. */
export interface LedgerEntry {
  readonly account: string
  readonly exchange: string
  readonly asset: string
  /** UTC. */
  readonly day: string
  /** ISO 8601; of a day the instant of its last charge. */
  readonly at: string
  readonly interest: Decimal
  readonly charges: number
  readonly text: string
}

const place = (name: string) => chargeColumns.findIndex((column) => column.name === name)
const places = {
  at: place('at'),
  account: place('account'),
  exchange: place('exchange'),
  asset: place('asset'),
  position: place('instId'),
  principal: place('principal'),
  rate: place('rate'),
  ratePer: place('ratePer'),
  interest: place('interest'),
}

/** Charges as transactions, in the order they come: account after account, oldest first. */
export async function* ledgerEntries(pieces: AsyncIterable<readonly ExportRow[]>, per: LedgerPer): AsyncGenerator<readonly LedgerEntry[]> {
  const open = new Map<string, LedgerEntry>()
  for await (const rows of pieces) {
    const entries: LedgerEntry[] = []
    for (const row of rows) {
      const entry = entryOf(row)
      if (per === 'charge') {
        entries.push(entry)
        continue
      }
      // Instants ascend within an account: a day is over once another one, or another account, has begun.
      const first = open.values().next().value
      if (first !== undefined && (first.day !== entry.day || first.account !== entry.account)) {
        entries.push(...open.values())
        open.clear()
      }
      open.set(entry.asset, joined(open.get(entry.asset), entry))
    }
    yield entries
  }
  yield [...open.values()]
}

function joined(day: LedgerEntry | undefined, entry: LedgerEntry): LedgerEntry {
  const charges = (day?.charges ?? 0) + 1
  const interest = day === undefined ? entry.interest : add(day.interest, entry.interest)
  const text = charges === 1 ? entry.text : `Interest, ${charges} charges`
  return { ...entry, interest, charges, text }
}

function entryOf(row: ExportRow): LedgerEntry {
  const at = Number(row[places.at])
  const asset = textOf(row[places.asset])
  const position = textOf(row[places.position])
  const on = `${decimalText(row[places.principal])} ${asset}${position === '' ? '' : ` of ${position}`}`
  return {
    account: textOf(row[places.account]),
    exchange: textOf(row[places.exchange]),
    asset,
    day: isoDay(at),
    at: isoInstant(at),
    interest: row[places.interest] as Decimal,
    charges: 1,
    text: `Interest on ${on} at ${decimalText(row[places.rate])} ${textOf(row[places.ratePer]) === 'day' ? 'a day' : 'an hour'}`,
  }
}

function textOf(cell: ExportCell | undefined): string {
  return typeof cell === 'string' ? cell : ''
}

function decimalText(cell: ExportCell | undefined): string {
  return typeof cell === 'object' && cell !== null ? toText(cell) : ''
}
