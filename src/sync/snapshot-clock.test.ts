import { expect, test } from 'vitest'
import { leapingClock, linesOfBook, linesOfTruth, venueMembers } from '../../test/support/venue-sync.ts'
import { openBook } from '../book/open-book.ts'
import { hourMs, minuteMs } from '../time/units.ts'
import { createVenue } from '../venue/create-venue.ts'
import { syncAll } from './sync-all.ts'

test('what was proven while the clock of the exchange went twenty hours ahead is asked for again once it is right', async () => {
  const at = Date.UTC(2026, 5, 20, 20, 40)
  const faults = [{ name: 'ahead', kind: 'clock-skew', ms: 20 * hourMs }] as const
  const venue = await createVenue({ mode: { kind: 'frozen', at }, faults })
  const clock = leapingClock(venue)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  const accounts = venueMembers(venue, clock)
  for (const { account } of accounts) await book.addAccount(account)
  const since = at - 3 * hourMs
  await syncAll({ book, accounts, clock, since })
  const okx = accounts.find(({ account }) => account.exchange === 'okx')?.account.label ?? ''
  const provenUntil = async () => (await book.proven(okx, 'interest')).at(-1)?.to ?? 0
  expect(await provenUntil()).toBeGreaterThan(at + 19 * hourMs)
  venue.clock.advanceTo(at + 60 * hourMs)
  venue.faults.clear('ahead')
  const outcomes = await syncAll({ book, accounts, clock, since })
  expect(outcomes.map(({ ended }) => ended)).toEqual(accounts.map(() => 'done'))
  const wanted = (lines: readonly string[]) => lines.filter((line) => Number(line.split(' ')[0]) >= since)
  expect(wanted(await linesOfBook(book))).toEqual(wanted(linesOfTruth(venue.truth())))
  expect(await book.provenAhead(okx, 'interest', { least: -14 * minuteMs, most: 24 * hourMs })).toEqual([])
  await book.close()
  await venue.close()
})
