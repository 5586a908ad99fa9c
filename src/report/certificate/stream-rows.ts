import type { Book } from '../../book/book-interface.ts'
import type { Stream } from '../../book/record.ts'
import {
  type CanonicalRow,
  canonicalCharge,
  canonicalMarginCharge,
  canonicalMovement,
  canonicalRate,
  canonicalRun,
  compareRows,
} from './canonical-row.ts'

const oldestFirst = { order: 'oldest-first' } as const

/** The rows that the book holds of a stream, oldest first, those of one instant in the order of their keys. */
export async function* canonicalRows(book: Book, account: string, stream: Stream): AsyncGenerator<CanonicalRow> {
  let instant: CanonicalRow[] = []
  for await (const row of rowsOf(book, account, stream)) {
    if (instant.length > 0 && instant[0]?.at !== row.at) {
      yield* instant.sort(compareRows)
      instant = []
    }
    instant.push(row)
  }
  yield* instant.sort(compareRows)
}

async function* rowsOf(book: Book, account: string, stream: Stream): AsyncGenerator<CanonicalRow> {
  const [name, asset] = stream.split(':')
  const filter = { account, asset, ...oldestFirst }
  switch (name) {
    case 'interest':
      for await (const charge of book.charges({ accounts: [account], ...oldestFirst })) yield canonicalCharge(charge)
      return
    case 'exchanges':
      for await (const run of book.exchangeRuns({ accounts: [account], ...oldestFirst })) yield canonicalRun(run)
      return
    case 'margin-interest':
      for await (const charge of book.marginCharges(filter)) yield canonicalMarginCharge(charge)
      return
    case 'rates':
      for await (const rate of book.rates(filter)) yield canonicalRate(rate)
      return
    default:
      for await (const movement of book.movements(filter)) if (movement.stream === name) yield canonicalMovement(movement)
  }
}
