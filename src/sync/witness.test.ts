import { afterEach, expect, test } from 'vitest'
import { leapingClock, linesOfBook, linesOfTruth, venueMembers } from '../../test/support/venue-sync.ts'
import type { Book } from '../book/book-interface.ts'
import { openBook } from '../book/open-book.ts'
import type { Interval } from '../time/interval.ts'
import { dayMs } from '../time/units.ts'
import { createVenue } from '../venue/create-venue.ts'
import type { Venue, VenueOptions } from '../venue/index.ts'
import { syncAll } from './sync-all.ts'

const at = Date.UTC(2026, 5, 20, 10, 30)
const opened: { close(): Promise<void> | void }[] = []

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

async function syncedWith(
  faults: NonNullable<VenueOptions['faults']>,
): Promise<{ venue: Venue; book: Book; sync: () => Promise<unknown> }> {
  // Bills are to be there for as long as charges are.
  const venue = await createVenue({ mode: { kind: 'frozen', at }, faults, behaviour: { okxBillsArchive: 'one-year' } })
  const clock = leapingClock(venue)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  opened.push(book, venue)
  const accounts = venueMembers(venue, clock)
  for (const { account } of accounts) await book.addAccount(account)
  const sync = () => syncAll({ book, accounts, clock })
  await sync()
  return { venue, book, sync }
}

/** Charges of the truth that the book lacks although it calls their instant proven. */
async function missingWhereProven(venue: Venue, book: Book): Promise<readonly string[]> {
  const kept = new Set(await linesOfBook(book))
  const missing: string[] = []
  const proven = new Map<string, readonly Interval[]>()
  for (const { label } of venue.accounts) proven.set(label, await book.proven(label, 'interest'))
  for (const line of linesOfTruth(venue.truth())) {
    const [instant = '', account = ''] = line.split(' ')
    // Auto-exchange runs have a stream of their own.
    if (kept.has(line) || line.split(' ').length < 9) continue
    if (proven.get(account)?.some(({ from, to }) => from <= Number(instant) && Number(instant) < to)) missing.push(line)
  }
  return missing
}

test('a charge that Binance hides from one history and not from the other is not called proven, and comes once it is shown', async () => {
  const { venue, book, sync } = await syncedWith([
    { name: 'hidden', kind: 'rows-missing', share: 0.3, where: { endpoints: ['interest-history'] } },
  ])
  expect(await missingWhereProven(venue, book)).toEqual([])
  const findings = await book.findings({})
  expect(findings.filter(({ kind, stream }) => kind === 'witness' && stream === 'interest').length).toBeGreaterThan(10)
  venue.faults.clear('hidden')
  await sync()
  expect(await linesOfBook(book)).toEqual(linesOfTruth(venue.truth()))
}, 120_000)

test('a charge that OKX hides is missed by the bills', async () => {
  const { venue, book, sync } = await syncedWith([
    { name: 'hidden', kind: 'rows-missing', share: 0.3, where: { endpoints: ['interest-accrued'] } },
  ])
  expect(await missingWhereProven(venue, book)).toEqual([])
  venue.faults.clear('hidden')
  await sync()
  expect(await linesOfBook(book)).toEqual(linesOfTruth(venue.truth()))
}, 120_000)

test('rows that OKX hides from both histories break the balances of the bills', async () => {
  const { venue, book } = await syncedWith([
    { kind: 'rows-missing', share: 0.05, where: { exchange: 'okx', endpoints: ['interest-accrued', 'bills-archive'] } },
  ])
  expect(await missingWhereProven(venue, book)).toEqual([])
  const findings = await book.findings({})
  expect(findings.some(({ stream, sentence }) => stream === 'bills' && sentence.includes('its balance is'))).toBe(true)
}, 120_000)

test('a charge that Binance hides from everything is not called proven where the movements say that it was due', async () => {
  const { venue, book } = await syncedWith([
    { kind: 'rows-missing', share: 0.1, where: { endpoints: ['interest-history', 'margin-interest-history'] } },
  ])
  const missing = await missingWhereProven(venue, book)
  // Income is kept for 89 days: what was hidden before, and at the edge of a series, nothing contradicts.
  const recent = missing.filter((line) => Number(line.split(' ')[0]) > at - 88 * dayMs)
  expect(recent).toEqual([])
  expect((await linesOfBook(book)).length).toBeLessThan(linesOfTruth(venue.truth()).length)
  expect((await book.findings({})).some(({ sentence }) => sentence.includes('though'))).toBe(true)
}, 120_000)
