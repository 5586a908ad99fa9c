import type { Book } from '../../src/book/book-interface.ts'
import type { Charge, Movement, Stream } from '../../src/book/record.ts'
import { strip } from '../../src/decimal/arithmetic.ts'
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
    rows.push(rowOf(account, 'exchanges', from, [], [String(to), ...values]))
  }
  for (const { label } of await book.accounts()) {
    for await (const { at, txId, asset, type, principal, rate, interest } of book.marginCharges({ account: label })) {
      rows.push(rowOf(label, 'margin-interest', at, [txId, asset], [type, plain(principal), plain(rate), plain(interest)]))
    }
    for await (const movement of book.movements({ account: label })) rows.push(ofMovement(movement))
    for await (const { at, asset, rate, source } of book.rates({ account: label })) {
      // What a sync saw of a present rate is no history.
      if (source !== 'margin-interest-rate-history') continue
      rows.push(rowOf(label, `rates:${asset}`, at, [asset], [plain(rate)]))
    }
  }
  return new Map(rows.map((row) => [row.key, row]))
}

function rowOf(account: string, stream: Stream, at: number, names: readonly string[], values: readonly string[]): Row {
  return { account, stream, at, key: rowKey(account, stream, at, ...names), values }
}

function ofCharge(charge: Charge): Row {
  const { account, at, asset, instId, marginMode, principal, rate, interest, totalLiability, interestFreeLiability } = charge
  const liabilities = marginMode === '' ? [] : [textOf(totalLiability), textOf(interestFreeLiability)]
  return rowOf(account, 'interest', at, [asset, instId, marginMode], [toText(principal), toText(rate), toText(interest), ...liabilities])
}

function ofMovement({ account, stream, at, id, asset, kind, amount, balanceAfter, interest }: Movement): Row {
  const of: Stream = stream === 'margin-loans' || stream === 'margin-repayments' ? `${stream}:${asset}` : stream
  const more =
    stream === 'bills' ? [balanceAfter === undefined ? absent : plain(balanceAfter), interest === undefined ? '0' : plain(interest)] : []
  return rowOf(account, of, at, [id, asset], [kind, plain(amount), ...more])
}

function plain(value: Decimal): string {
  return toText(strip(value))
}

function textOf(value: Decimal | null | undefined): string {
  if (value === undefined) return absent
  return value === null ? empty : toText(value)
}
