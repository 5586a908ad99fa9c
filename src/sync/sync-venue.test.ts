import { afterAll, beforeAll, expect, test } from 'vitest'
import { streamReport } from '../../test/support/coverage-kit.ts'
import { leapingClock, linesOfBook, linesOfTruth, venueMembers } from '../../test/support/venue-sync.ts'
import type { Book } from '../book/book-interface.ts'
import { openBook } from '../book/open-book.ts'
import { strip } from '../decimal/arithmetic.ts'
import { toText } from '../decimal/decimal.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { createVenue } from '../venue/create-venue.ts'
import type { Venue } from '../venue/venue.ts'
import { syncAll } from './sync-all.ts'
import type { SyncOutcome } from './sync-outcome.ts'

const at = Date.UTC(2026, 5, 20, 10, 30)
let venue: Venue

beforeAll(async () => {
  venue = await createVenue({ mode: { kind: 'frozen', at } })
}, 60_000)

afterAll(() => venue.close())

async function newBook(): Promise<{ book: Book; sync: (signal?: AbortSignal, onPage?: () => void) => Promise<readonly SyncOutcome[]> }> {
  const clock = leapingClock(venue)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  const accounts = venueMembers(venue, clock)
  for (const { account } of accounts) await book.addAccount(account)
  const sync = (signal?: AbortSignal, onPage?: () => void) =>
    syncAll({ book, accounts, clock, signal, onProgress: (progress) => progress.kind === 'page' && onPage?.() })
  return { book, sync }
}

test('the book ends with the venue’s own truth, row by row and digit by digit, none twice', async () => {
  const { book, sync } = await newBook()
  const outcomes = await sync()
  expect(outcomes.map(({ account, ended, error }) => [account, ended, error?.message])).toEqual(
    venue.accounts.map(({ label }) => [label, 'done', undefined]),
  )
  const truth = linesOfTruth(venue.truth())
  const lines = await linesOfBook(book)
  expect(lines.length).toBeGreaterThan(5_000)
  expect(lines).toEqual(truth)
  expect(new Set(lines).size).toBe(lines.length)
  for (const { account } of venueMembers(venue, leapingClock(venue))) {
    const report = await streamReport(book, account, 'interest', { now: venue.clock.now() })
    // The clock moved while budgets were waited for: what is newer than the sync itself is not proven.
    expect(report?.lost).toEqual([])
    expect(report?.unproven.every(({ from }) => from >= at - hourMs)).toBe(true)
  }
  const again = await sync()
  expect(again.flatMap(({ streams }) => streams.map(({ added, changed }) => [added, changed.length]))).toEqual(
    again.flatMap(({ streams }) => streams.map(() => [0, 0])),
  )
  expect(await linesOfBook(book)).toEqual(linesOfTruth(venue.truth()))
  await book.close()
}, 120_000)

test('the balances are those the venue holds', async () => {
  const { book, sync } = await newBook()
  const stop = new AbortController()
  await sync(stop.signal, () => stop.abort())
  for (const state of venue.truth().accounts) {
    if (state.exchange !== 'binance') continue
    const held = state.balances.map(({ asset, totalWallet, crossFree, um }) => [
      asset,
      ...[totalWallet, crossFree, um].map((value) => toText(strip(value, 1))),
    ])
    const kept = (await book.latestBalances(state.account)).map(({ asset, total, free, um }) => [asset, ...[total, free, um].map(toText)])
    expect(kept).toEqual(held.sort())
  }
  await book.close()
}, 120_000)

test('stopped at any page and started again, the book ends with the same truth', async () => {
  const { book, sync } = await newBook()
  // Numbers of pages after which a run is stopped; the last run goes through.
  for (const pagesUntilStop of [1, 2, 5, 3, 13, 40]) {
    const stop = new AbortController()
    let pages = 0
    const outcomes = await sync(stop.signal, () => ++pages === pagesUntilStop && stop.abort())
    expect(outcomes.every(({ ended }) => ended === 'stopped')).toBe(true)
  }
  const outcomes = await sync()
  expect(outcomes.every(({ ended }) => ended === 'done')).toBe(true)
  expect(await linesOfBook(book)).toEqual(linesOfTruth(venue.truth()))
  await book.close()
}, 120_000)

test('what the venue charges later is found by the next sync, and nothing else is asked', async () => {
  const { book, sync } = await newBook()
  await sync()
  const before = (await linesOfBook(book)).length
  venue.clock.advanceBy(2 * dayMs)
  const outcomes = await sync()
  const lines = await linesOfBook(book)
  expect(lines).toEqual(linesOfTruth(venue.truth()))
  expect(lines.length).toBeGreaterThan(before)
  expect(Math.max(...outcomes.flatMap(({ streams }) => streams).map(({ pages }) => pages))).toBeLessThan(4)
  await book.close()
}, 120_000)
