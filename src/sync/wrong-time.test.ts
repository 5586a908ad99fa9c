import { describe, expect, test } from 'vitest'
import { leapingClock, linesOfBook, venueMembers } from '../../test/support/venue-sync.ts'
import { openBook } from '../book/open-book.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { createVenue } from '../venue/create-venue.ts'
import { syncAll } from './sync-all.ts'

const at = Date.UTC(2026, 5, 20, 20, 40)
const since = at - 40 * dayMs

/** A new book synced from a new venue; the time that one reply states is another. */
async function synced(exchange: 'binance' | 'okx', wrong?: { readonly reply: number; readonly time: number }, ownAheadMs = 0) {
  const venue = await createVenue({ mode: { kind: 'frozen', at } })
  const venueClock = leapingClock(venue)
  const clock = { ...venueClock, now: () => venueClock.now() + ownAheadMs, steady: () => venueClock.now() }
  let requests = 0
  let times = 0
  const fetch = async (request: Request): Promise<Response> => {
    const reply = await venue.fetch(request)
    requests++
    const isStated = request.url.includes(exchange === 'binance' ? '/papi/' : '/public/time')
    if (!isStated || times++ !== wrong?.reply) return reply
    const headers = new Headers(reply.headers)
    headers.set('date', new Date(wrong.time).toUTCString())
    const text = await reply.text()
    const body = request.url.includes('/public/time') ? text.replace(/"ts":"\d+"/, `"ts":"${wrong.time}"`) : text
    return new Response(body, { status: reply.status, headers })
  }
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  const accounts = venueMembers(venue, clock, fetch).filter(({ account }) => account.exchange === exchange)
  for (const { account } of accounts) await book.addAccount(account)
  const outcomes = await syncAll({ book, accounts, clock, since })
  const label = accounts[0]?.account.label ?? ''
  const proven = []
  for (const { stream } of outcomes[0]?.streams ?? []) proven.push([stream, await book.proven(label, stream)])
  const findings = (await book.findings({})).map(({ kind }) => kind)
  const told = outcomes.flatMap(({ streams }) => streams.flatMap(({ unproven }) => unproven))
  const end = { ended: outcomes.map(({ ended }) => ended), lines: await linesOfBook(book), proven, requests, times, findings, told }
  await book.close()
  await venue.close()
  return end
}

describe.each(['binance', 'okx'] as const)('one reply of %s that states a wrong time', (exchange) => {
  const whole = synced(exchange)

  test.each([
    ['1970', () => 0],
    ['2100', () => Date.UTC(2100, 0, 1)],
    ['a day before', () => at - dayMs],
    ['a day after', () => at + dayMs],
  ])('%s, changes nothing wherever it comes: every proof and row is as without it', async (_, time) => {
    const { ended, lines, proven, requests, times } = await whole
    expect(lines.length).toBeGreaterThan(20)
    for (const reply of [0, 1, Math.floor(times / 2), times - 1]) {
      if (reply >= times) continue
      const odd = await synced(exchange, { reply, time: time() })
      expect(odd.ended).toEqual(ended)
      expect(odd.lines).toEqual(lines)
      expect(odd.proven).toEqual(proven)
      expect(odd.requests - requests).toBeLessThanOrEqual(2)
      expect(odd.findings).toEqual(['clock'])
      expect(odd.told).toHaveLength(1)
      expect(odd.told[0]).toContain('one reply said that it was')
    }
  })

  test.each([3 * hourMs, -3 * hourMs])('comes first while our own clock is off by %i ms: the others agree', async (aheadMs) => {
    const { lines, proven, requests } = await whole
    const odd = await synced(exchange, { reply: 0, time: 0 }, aheadMs)
    expect(odd.lines).toEqual(lines)
    expect(odd.proven).toEqual(proven)
    expect(odd.requests - requests).toBeLessThanOrEqual(6)
  })
})
