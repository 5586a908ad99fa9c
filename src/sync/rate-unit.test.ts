import { describe, expect, test } from 'vitest'
import { leapingClock, venueMembers } from '../../test/support/venue-sync.ts'
import { openBook } from '../book/open-book.ts'
import type { PublishedRate } from '../book/record.ts'
import { decimal, toText, zero } from '../decimal/decimal.ts'
import { overdraftError } from '../errors/overdraft-error.ts'
import { parseInstant } from '../time/instant.ts'
import { minuteMs } from '../time/units.ts'
import { createVenue } from '../venue/create-venue.ts'
import { type RateBeside, rateUnitOf } from './rate-unit.ts'
import type { OkxSyncClient } from './sync-client.ts'
import { syncFacts } from './sync-facts.ts'

const beside = (rate: string, daily?: string, hourlyCharged?: string): RateBeside => ({
  rate: decimal(rate),
  daily: daily === undefined ? undefined : decimal(daily),
  hourlyCharged: hourlyCharged === undefined ? undefined : decimal(hourlyCharged),
})

describe('the unit of a published rate', () => {
  test.each([
    ['a 24th of the daily one, cut', [beside('0.0000040833333333', '0.000098')], 'hour'],
    ['the daily one itself', [beside('0.000098', '0.000098')], 'day'],
    ['near it, as it moved between two requests', [beside('0.00012', '0.000098')], 'day'],
    ['of one currency told beside another that says nothing', [beside('0'), beside('0.0000040833333333', '0.000098')], 'hour'],
    ['the rate of the last charge, where no daily one is told', [beside('0.00000115', undefined, '0.00000115')], 'hour'],
    ['24 times the rate of the last charge', [beside('0.0000276', undefined, '0.00000115')], 'day'],
    ['the daily one, whatever an old charge says', [beside('0.000098', '0.000098', '0.000098')], 'day'],
    ['beside nothing', [beside('0.000098')], 'doubtful'],
    ['far from either', [beside('0.000001', '0.000098')], 'doubtful'],
    ['two that contradict one another', [beside('0.000098', '0.000098'), beside('0.000002', '0.000048')], 'doubtful'],
    ['nothing at all', [], 'doubtful'],
  ] as const)('%s', (_, rates, unit) => {
    expect(rateUnitOf(rates)).toBe(unit)
  })
})

describe('a sync asks what unit OKX tells rates in', () => {
  const at = parseInstant('2026-03-10T10:30:00Z')

  async function synced(period: 'hourly' | 'daily', change: (client: OkxSyncClient) => OkxSyncClient = (client) => client) {
    const venue = await createVenue({ scenario: 'empty', mode: { kind: 'frozen', at }, behaviour: { okxInterestRatePeriod: period } })
    venue.apply({ kind: 'set-rate', exchange: 'okx', asset: 'USDT', rateDaily: decimal('0.000098') })
    venue.apply({ kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: '-100000', reason: 'profit-or-loss' })
    const clock = leapingClock(venue)
    const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
    const member = venueMembers(venue, clock).find(({ account }) => account.exchange === 'okx')!
    await book.addAccount(member.account)
    const held = { account: 'okx', takenAt: at, asset: 'USDT', updatedAt: at }
    const snapshot = { ...held, total: decimal('-100000'), owed: decimal('100000'), free: zero, um: zero, cm: zero, interest: zero }
    const failed = await syncFacts(book, 'okx', change(member.client as OkxSyncClient), [snapshot], undefined)
    const rates: PublishedRate[] = []
    for await (const rate of book.rates({ account: 'okx' })) rates.push(rate)
    const unit = (await book.fact('okx', 'interest-rate-unit', venue.clock.now() + minuteMs))?.value
    await book.close()
    await venue.close()
    return { unit, failed: failed?.code, rates: rates.map(({ rate, per }) => `${toText(rate)} a ${per}`) }
  }

  test.each([
    ['hourly', { unit: 'hour', failed: undefined, rates: ['0.0000040833333333 a hour'] }],
    ['daily', { unit: 'day', failed: undefined, rates: ['0.000098 a day'] }],
  ] as const)('where it is %s', async (period, told) => {
    expect(await synced(period)).toEqual(told)
  })

  test('and where the limits cannot be had, says that it is doubtful, keeps the rate by the hour, and tells why', async () => {
    const interestLimits = () => Promise.reject(overdraftError('client.unreachable', { origin: 'http://127.0.0.1:1', reason: 'reset' }))
    expect(await synced('hourly', (client) => ({ ...client, interestLimits }))).toEqual({
      unit: 'doubtful',
      failed: 'client.unreachable',
      rates: ['0.0000040833333333 a hour'],
    })
  })
})
