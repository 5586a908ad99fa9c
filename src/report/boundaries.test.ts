import { expect, test } from 'vitest'
import type { Book, ChargeBatch } from '../book/book-interface.ts'
import type { BookAccount } from '../book/record.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { seriesBoundaries } from './boundaries.ts'

const midnight = Date.UTC(2026, 2, 1)

function accountOf(exchange: BookAccount['exchange']): BookAccount {
  return { label: 'main', exchange, baseUrl: 'http://127.0.0.1:1', addedAt: 0, mayRepay: false }
}

/** A book with charges of two series, one instant a batch: what counting reads of them. */
function bookOf(instants: readonly (readonly [at: number, series: number])[]): Book {
  const series = ['USDT', 'BTC'].map((asset) => ({ asset, instId: '', marginMode: '', loanType: '' }))
  const book: Partial<Book> = {
    chargeBatches: async function* () {
      for (const [at, place] of instants) {
        yield { account: 'main', count: 1, series, at: Float64Array.of(at), seriesOf: Uint32Array.of(place) } as unknown as ChargeBatch
      }
    },
  }
  return book as Book
}

test('every hour between the first and the last charge of an OKX debt has its own, or is told as a hole', async () => {
  const hours = [0, 1, 2, 5, 6].map((hour) => [midnight + hour * hourMs, 0] as const)
  expect(await seriesBoundaries(bookOf([...hours, [midnight + 7 * hourMs, 1]]), accountOf('okx'))).toMatchObject([
    {
      series: { asset: 'USDT' },
      found: 5,
      expected: 7,
      holes: [{ after: midnight + 2 * hourMs, before: midnight + 5 * hourMs, boundaries: 2 }],
    },
    { series: { asset: 'BTC' }, found: 1, expected: 1, holes: [] },
  ])
})

test('a Binance debt is charged once a day, also across the change from 08:00 to 00:00 UTC', async () => {
  const change = Date.UTC(2025, 0, 1)
  const days = [change - 2 * dayMs + 8 * hourMs, change - dayMs + 8 * hourMs, change, change + dayMs].map((at) => [at, 0] as const)
  expect(await seriesBoundaries(bookOf(days), accountOf('binance'))).toMatchObject([{ found: 4, expected: 4, holes: [] }])
  const [first, , third] = days
  const holed = [first, third].flatMap((day) => (day === undefined ? [] : [day]))
  expect(await seriesBoundaries(bookOf(holed), accountOf('binance'))).toMatchObject([{ found: 2, expected: 3, holes: [{ boundaries: 1 }] }])
})

test('a charge at another instant than a boundary is one more than was expected', async () => {
  const at = [midnight, midnight + dayMs / 2, midnight + dayMs].map((instant) => [instant, 0] as const)
  expect(await seriesBoundaries(bookOf(at), accountOf('binance'))).toMatchObject([{ found: 3, expected: 2, holes: [] }])
})
