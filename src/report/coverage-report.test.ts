import { describe, expect, test } from 'vitest'
import { leapingClock, venueMembers } from '../../test/support/venue-sync.ts'
import { accountHistories } from '../book/account-histories.ts'
import { openBook } from '../book/open-book.ts'
import { syncAll } from '../sync/sync-all.ts'
import { interval } from '../time/interval.ts'
import { dayMs } from '../time/units.ts'
import { createVenue } from '../venue/create-venue.ts'
import { coverageReport } from './coverage-report.ts'

const at = Date.UTC(2026, 5, 20, 10, 30)

describe('proven until', () => {
  test('never lies outside the time asked: what was never asked for is not vouched for', async () => {
    const venue = await createVenue({ mode: { kind: 'frozen', at }, scenario: 'funding-bleed' })
    const clock = leapingClock(venue)
    const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
    const [member] = venueMembers(venue, clock)
    if (member === undefined) throw new Error('the scenario has an account')
    await book.addAccount(member.account)
    await syncAll({ book, accounts: [member], clock, since: at - 10 * dayMs })
    const [account] = await book.accounts()
    const history = account && (await accountHistories(book, account)).find(({ stream }) => stream === 'interest')
    if (account === undefined || history === undefined) throw new Error('the account has interest')
    const ask = (from: number, to: number) => coverageReport(book, account, history, { asked: interval(from, to), now: clock.now() })
    expect((await ask(at - 40 * dayMs, at - 30 * dayMs)).provenUntil).toBeUndefined()
    expect((await ask(at - 40 * dayMs, at - 5 * dayMs)).provenUntil).toBe(at - 5 * dayMs)
    expect((await ask(at - 5 * dayMs, at - 4 * dayMs)).provenUntil).toBe(at - 4 * dayMs)
    await book.close()
  })
})
