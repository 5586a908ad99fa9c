import type { Book } from '../../book/book-interface.ts'
import type { BookAccount, Price } from '../../book/record.ts'
import { isoDay } from '../../time/instant.ts'
import type { Interval } from '../../time/interval.ts'
import { dayMs } from '../../time/units.ts'
import { beancountFormat } from './beancount-format.ts'
import type { ExportSink } from './export-format.ts'
import type { ExportTable } from './export-table.ts'
import { hledgerFormat } from './hledger-format.ts'
import { type LedgerEntry, type LedgerPer, ledgerEntries } from './ledger-entries.ts'
import type { LedgerFormat, UsedAccount } from './ledger-format.ts'

export interface LedgerQuestion {
  readonly format: 'beancount' | 'hledger'
  readonly per: LedgerPer
  readonly within?: Interval | undefined
}

/** Text is handed on in pieces of about this many characters. */
const pieceLength = 256 * 1024

/** Writes charges as transactions of a plain-text accounting tool; what is remembered grows with accounts and assets alone. */
export async function writeLedger(book: Book, table: ExportTable, question: LedgerQuestion, sink: ExportSink): Promise<number> {
  const all = await book.accounts()
  const format = question.format === 'hledger' ? hledgerFormat() : beancountFormat(all.map(({ label }) => label))
  const used = new UsedInLedger(format)
  const exchangeOf = new Map(all.map(({ label, exchange }) => [label, exchange] as const))
  let text = format.head(table)
  for (const gap of table.coverage.gaps) {
    const exchange: BookAccount['exchange'] = exchangeOf.get(gap.account) ?? 'binance'
    used.addGap(exchange, gap.account, isoDay(gap.span.from))
    text += format.gap(gap, exchange)
  }
  let entries = 0
  for await (const piece of ledgerEntries(table.pieces(), question.per)) {
    for (const entry of piece) {
      used.add(entry)
      text += format.entry(entry)
      entries += 1
      if (text.length < pieceLength) continue
      await sink.write(text)
      text = ''
    }
  }
  const prices = await pricesOfDays(book, [...used.assets.keys()], question.within)
  await sink.write(text + format.tail({ accounts: used.accounts(), assets: used.assets, prices }, table))
  return entries
}

/** Which accounts and assets the transactions used. */
class UsedInLedger {
  readonly #format: LedgerFormat
  readonly #accounts = new Map<string, UsedAccount>()
  readonly assets = new Map<string, number>()

  constructor(format: LedgerFormat) {
    this.#format = format
  }

  add(entry: LedgerEntry): void {
    const { exchange, account, asset, day, interest } = entry
    this.#use(this.#format.expense(exchange, account), day, undefined)
    this.#use(this.#format.liability(entry), day, asset)
    this.assets.set(asset, Math.max(this.assets.get(asset) ?? 0, interest.scale))
  }

  addGap(exchange: string, label: string, day: string): void {
    this.#use(this.#format.expense(exchange, label), day, undefined)
  }

  accounts(): readonly UsedAccount[] {
    return [...this.#accounts.values()]
  }

  #use(name: string, day: string, asset: string | undefined): void {
    const before = this.#accounts.get(name)
    if (before === undefined || day < before.firstDay) this.#accounts.set(name, { name, firstDay: day, asset })
  }
}

/** The newest price of each day: both tools know days only. */
async function pricesOfDays(book: Book, assets: readonly string[], within: Interval | undefined): Promise<readonly Price[]> {
  const newest = new Map<string, Price>()
  for (const asset of assets) {
    for (const price of await book.prices({ asset, ...(within === undefined ? {} : { within }) })) {
      if (price.currency !== asset) newest.set(`${asset} ${price.currency} ${Math.floor(price.at / dayMs)}`, price)
    }
  }
  return [...newest.values()]
}
