import type { Book } from '../book/book-interface.ts'
import type { Charge } from '../book/record.ts'
import { archivedAfterMs } from '../contracts/binance/margin-records.ts'
import { strip } from '../decimal/arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { toText } from '../decimal/decimal.ts'
import { isoInstant } from '../time/instant.ts'
import { dayMs } from '../time/units.ts'
import type { BinanceSyncClient, OkxSyncClient, SyncClient } from './sync-client.ts'

/** Rows of one history that the book keeps, and how the exchange is asked for the very same. Rows are words that compare. */
export interface KnownRows {
  readonly known: readonly string[]
  readonly ask: () => Promise<readonly string[]>
}

/** So many of the newest rows stand for an account: that none of them is shown is no gap in a reply. */
const rowsMax = 20
/** The narrowest window of the histories that are asked. */
const windowMs = 30 * dayMs
/** Incomes and bills are kept for three months. */
const keptMs = 90 * dayMs

/** The histories by which an account is known again, what says most of it first; without those of which the book has no row. */
export async function knownRows(book: Book, account: string, client: SyncClient): Promise<readonly KnownRows[]> {
  const found = client.exchange === 'okx' ? await okxRows(book, account, client) : await binanceRows(book, account, client)
  return found.filter(({ known }) => known.length > 0)
}

async function okxRows(book: Book, account: string, client: OkxSyncClient): Promise<readonly KnownRows[]> {
  const charges = (await newestCharges(book, account)).filter(({ at }) => at > client.serverNow() - 365 * dayMs)
  const bills = (await newestMovements(book, account)).filter(({ stream, at }) => stream === 'bills' && at > client.serverNow() - keptMs)
  const [charge, bill] = [charges[0]?.at ?? 0, bills[0]?.at ?? 0]
  return [
    {
      known: charges.map(chargeWords),
      ask: async () => {
        const { data } = await client.interestAccrued({ after: charge + 1, limit: 100 })
        return data.map(({ ccy, ts, interest, liab }) => chargeWords({ asset: ccy, at: ts, interest, principal: liab }))
      },
    },
    {
      known: bills.filter(({ at }) => at === bill).map(({ id, asset, at, amount }) => words(`bill ${id}`, asset, at, amount)),
      ask: async () => {
        const { data } = await client.billsArchive({ begin: bill, end: bill, limit: 100 })
        return data.map(({ billId, ccy, ts, balChg }) => words(`bill ${billId}`, ccy, ts, balChg))
      },
    },
  ]
}

async function binanceRows(book: Book, account: string, client: BinanceSyncClient): Promise<readonly KnownRows[]> {
  const charges = withinWindow(await newestCharges(book, account))
  const loans = withinWindow(await collected(book.marginCharges({ account, order: 'newest-first', limit: rowsMax })))
  const incomes = withinWindow((await newestMovements(book, account)).filter(({ stream }) => stream === 'um-income'))
  const isArchived = (loans[0]?.at ?? 0) < client.serverNow() - archivedAfterMs
  const isKept = (incomes[0]?.at ?? 0) > client.serverNow() - keptMs
  return [
    {
      known: charges.map(chargeWords),
      ask: async () => {
        const rows = await client.interestHistory({ ...spanOf(charges), size: 100 })
        return rows.map(({ interestAccuredTime: at, ...row }) => chargeWords({ ...row, at }))
      },
    },
    {
      known: loans.map(({ txId, asset, at, interest }) => words(`charge ${txId}`, asset, at, interest)),
      ask: async () => {
        const { rows } = await client.marginInterestHistory({ ...spanOf(loans), size: 100, archived: isArchived })
        return rows.map(({ txId, asset, interestAccuredTime, interest }) => words(`charge ${txId}`, asset, interestAccuredTime, interest))
      },
    },
    {
      known: isKept ? incomes.map(({ asset, at, amount }) => words('income', asset, at, amount)) : [],
      ask: async () => {
        const rows = await client.umIncome({ ...spanOf(incomes), limit: 1_000 })
        return rows.map(({ asset, time, income }) => words('income', asset, time, income))
      },
    },
  ]
}

/** Two accounts may be charged the same by chance, less easily for the same debt. */
function chargeWords(charge: Pick<Charge, 'asset' | 'at' | 'interest' | 'principal'>): string {
  return `${words('charge', charge.asset, charge.at, charge.interest)} on ${toText(strip(charge.principal))}`
}

function words(what: string, asset: string, at: number, amount: Decimal): string {
  return `${what} ${isoInstant(at)} ${toText(strip(amount))} ${asset}`
}

interface Dated {
  readonly at: number
}

/** Rows newest first. */
function spanOf(rows: readonly Dated[]): { readonly startTime: number; readonly endTime: number } {
  return { startTime: rows.at(-1)?.at ?? 0, endTime: rows[0]?.at ?? 0 }
}

function withinWindow<Row extends Dated>(rows: readonly Row[]): readonly Row[] {
  const newest = rows[0]?.at ?? 0
  return rows.filter(({ at }) => at > newest - windowMs)
}

function newestCharges(book: Book, account: string) {
  return collected(book.charges({ accounts: [account], order: 'newest-first', limit: rowsMax }))
}

function newestMovements(book: Book, account: string) {
  return collected(book.movements({ account, order: 'newest-first', limit: rowsMax }))
}

async function collected<Row>(rows: AsyncIterable<Row>): Promise<readonly Row[]> {
  const all: Row[] = []
  for await (const row of rows) all.push(row)
  return all
}
