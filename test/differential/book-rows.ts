import type { Book } from '../../src/book/book-interface.ts'
import type { Charge } from '../../src/book/record.ts'
import { type Decimal, toText } from '../../src/decimal/decimal.ts'
import { absent, empty, type Row, rowKey } from './row.ts'

/** Every record in the book, by key. */
export async function bookRows(book: Book): Promise<ReadonlyMap<string, Row>> {
  const rows: Row[] = []
  for await (const charge of book.charges({})) rows.push(ofCharge(charge))
  for await (const { account, from, to, details } of book.exchangeRuns({})) {
    const values = details.flatMap(({ asset, negativeBalance, maximumThreshold }) => [
      asset,
      toText(negativeBalance),
      toText(maximumThreshold),
    ])
    rows.push({ account, stream: 'exchanges', at: from, key: rowKey(account, 'exchanges', from), values: [String(to), ...values] })
  }
  return new Map(rows.map((row) => [row.key, row]))
}

function ofCharge(charge: Charge): Row {
  const { account, at, asset, instId, marginMode, principal, rate, interest, totalLiability, interestFreeLiability } = charge
  const liabilities = marginMode === '' ? [] : [textOf(totalLiability), textOf(interestFreeLiability)]
  const values = [toText(principal), toText(rate), toText(interest), ...liabilities]
  return { account, stream: 'interest', at, key: rowKey(account, 'interest', at, asset, instId, marginMode), values }
}

function textOf(value: Decimal | null | undefined): string {
  if (value === undefined) return absent
  return value === null ? empty : toText(value)
}
