import type { Book, ChargeBatch, ChargeSeriesName } from '../book/book-interface.ts'
import type { BookAccount } from '../book/record.ts'
import { nextBinanceCharge } from '../rules/binance-charge-instant.ts'
import { everyHour, nextBoundary } from '../time/boundary.ts'

/** Boundaries at which a series was due between two charges and has none: repaid in between, or a charge is missing. */
export interface BoundaryHole {
  /** The charges on both sides of it. */
  readonly after: number
  readonly before: number
  readonly boundaries: number
}

/** How many charges of one debt there are, beside how many boundaries lie between its first and its last. */
export interface SeriesBoundaries {
  readonly account: string
  readonly series: ChargeSeriesName
  readonly first: number
  readonly last: number
  readonly found: number
  readonly expected: number
  /** The first of them; `found` and `expected` count them all. */
  readonly holes: readonly BoundaryHole[]
}

interface Tally {
  first: number
  last: number
  due: number
  found: number
  expected: number
  holes: BoundaryHole[]
}

const holesMax = 1_000

/**
 * Counts the charges of every series of an account against the boundaries between its first and its last charge: 24 a day on
 * OKX, one a day on Binance. A second witness beside what pages proved; one pass over the charges, in bounded memory.
 *
 * @throws `book.account-unknown`
 */
export async function seriesBoundaries(book: Book, { label, exchange }: BookAccount): Promise<readonly SeriesBoundaries[]> {
  const nextDue = exchange === 'okx' ? (at: number) => nextBoundary(at, everyHour) : (at: number) => nextBinanceCharge(at)
  const tallies = new Map<number, Tally>()
  let names: readonly ChargeSeriesName[] = []
  for await (const batch of book.chargeBatches(label)) {
    names = batch.series
    takeBatch(tallies, batch, nextDue)
  }
  return [...tallies].flatMap(([place, tally]) => {
    const series = names[place]
    const { first, last, found, expected, holes } = tally
    return series === undefined ? [] : [Object.freeze({ account: label, series, first, last, found, expected, holes })]
  })
}

function takeBatch(tallies: Map<number, Tally>, batch: ChargeBatch, nextDue: (at: number) => number): void {
  for (let place = 0; place < batch.count; place++) {
    const at = batch.at[place] ?? 0
    const series = batch.seriesOf[place] ?? 0
    const tally = tallies.get(series)
    if (tally === undefined) tallies.set(series, { first: at, last: at, due: nextDue(at), found: 1, expected: 1, holes: [] })
    else take(tally, at, nextDue)
  }
}

function take(tally: Tally, at: number, nextDue: (at: number) => number): void {
  let missed = 0
  while (tally.due < at) {
    missed += 1
    tally.due = nextDue(tally.due)
  }
  if (missed > 0 && tally.holes.length < holesMax) tally.holes.push({ after: tally.last, before: at, boundaries: missed })
  // A charge at another instant than a boundary is one more than was expected.
  const isDue = tally.due === at
  if (isDue) tally.due = nextDue(at)
  tally.expected += missed + (isDue ? 1 : 0)
  tally.found += 1
  tally.last = at
}
