import { describe, expect, test } from 'vitest'
import { askBinance, kitStart, venueKit } from '../../../../test/support/venue-kit.ts'
import { dayMs, minuteMs } from '../../../time/units.ts'
import { WeightLedger } from './weight-ledger.ts'

const rules = { limit: 6_000, rejectionsBeforeBan: 2, enforced: true }

describe('rule: weight-limit', () => {
  test('allows up to the limit in a full minute, rejects beyond it, and starts afresh with the next', () => {
    const ledger = new WeightLedger(rules)
    const now = 10 * minuteMs + 40_000
    expect(ledger.spend('a', 5_999, now)).toEqual({ kind: 'allowed', usedWeight: 5_999 })
    expect(ledger.spend('a', 1, now)).toEqual({ kind: 'allowed', usedWeight: 6_000 })
    expect(ledger.spend('a', 1, now)).toEqual({ kind: 'limited', usedWeight: 6_001, retryAfterSeconds: 20 })
    expect(ledger.spend('b', 20, now)).toEqual({ kind: 'allowed', usedWeight: 20 })
    expect(ledger.spend('a', 20, 11 * minuteMs)).toEqual({ kind: 'allowed', usedWeight: 20 })
  })

  test('bans who goes on, for twice as long each time, up to three days', () => {
    const ledger = new WeightLedger(rules)
    let now = 0
    const bans: number[] = []
    for (let ban = 0; ban < 14; ban++) {
      ledger.spend('a', 6_000, now)
      expect(ledger.spend('a', 1, now).kind).toBe('limited')
      expect(ledger.spend('a', 1, now).kind).toBe('limited')
      const verdict = ledger.spend('a', 1, now)
      if (verdict.kind !== 'banned') throw new Error(`not banned but ${verdict.kind}`)
      bans.push(verdict.bannedUntil - now)
      expect(verdict.retryAfterSeconds).toBe((verdict.bannedUntil - now) / 1_000)
      expect(ledger.spend('a', 1, verdict.bannedUntil - 1).kind).toBe('banned')
      now = Math.ceil(verdict.bannedUntil / minuteMs) * minuteMs + minuteMs
      expect(ledger.spend('b', 1, now).kind).toBe('allowed')
    }
    expect(bans.slice(0, 3)).toEqual([2 * minuteMs, 4 * minuteMs, 8 * minuteMs])
    expect(bans.at(-1)).toBe(3 * dayMs)
  })

  test('forgets earlier bans after three quiet days', () => {
    const ledger = new WeightLedger({ ...rules, rejectionsBeforeBan: 1 })
    const ban = (now: number) => {
      ledger.spend('a', 6_001, now)
      const verdict = ledger.spend('a', 1, now)
      return verdict.kind === 'banned' ? verdict.bannedUntil - now : 0
    }
    expect(ban(0)).toBe(2 * minuteMs)
    expect(ban(10 * minuteMs)).toBe(4 * minuteMs)
    expect(ban(4 * dayMs)).toBe(2 * minuteMs)
  })

  test('only counts when limits are not enforced', () => {
    const ledger = new WeightLedger({ ...rules, enforced: false })
    expect(ledger.spend('a', 60_000, 0)).toEqual({ kind: 'allowed', usedWeight: 60_000 })
  })
})

describe('rule: weight-limit', () => {
  const repay = '/papi/v1/repay-futures-negative-balance'

  test('turn away the ninth repayment of a minute, whoever signs, then ban who goes on', async () => {
    const { venue, real } = await venueKit({ behaviour: { binanceRejectionsBeforeBan: 3 } })
    const call = { method: 'POST', ip: '203.0.113.7' }
    for (let count = 1; count <= 8; count++) {
      expect(askBinance(venue, repay, call).header('x-mbx-used-weight-1m')).toBe(String(750 * count))
    }
    const limited = askBinance(venue, repay, { ...call, apiKey: 'x'.repeat(64) })
    expect(limited.status).toBe(429)
    expect(limited.text).toBe(
      '{"code":-1003,"msg":"Too many requests; current limit of IP(203.0.113.7) is 6000 requests per minute. Please use the websocket for live updates to avoid polling the API."}',
    )
    expect(limited.header('retry-after')).toBe('30')
    expect(limited.header('x-mbx-used-weight-1m')).toBe('6750')
    expect(askBinance(venue, '/papi/v1/ping', { ip: '203.0.113.8' }).status).toBe(200)

    expect([1, 2].map(() => askBinance(venue, '/papi/v1/ping', { ip: '203.0.113.7' }).status)).toEqual([429, 429])
    const banned = askBinance(venue, '/papi/v1/ping', { ip: '203.0.113.7' })
    expect(banned.status).toBe(418)
    expect(banned.text).toBe(
      `{"code":-1003,"msg":"Way too many requests; IP(203.0.113.7) banned until ${kitStart + 120_000}. Please use the websocket for live updates to avoid bans."}`,
    )
    expect(banned.header('retry-after')).toBe('120')
    await real.advanceBy(119_999)
    expect(askBinance(venue, '/papi/v1/ping', { ip: '203.0.113.7' }).status).toBe(418)
    await real.advanceBy(1)
    expect(askBinance(venue, '/papi/v1/ping', { ip: '203.0.113.7' }).status).toBe(200)
  })

  test('count refused calls in full', async () => {
    const { venue } = await venueKit()
    expect(askBinance(venue, '/papi/v1/balance', { apiKey: null }).header('x-mbx-used-weight-1m')).toBe('20')
    expect(askBinance(venue, '/papi/v1/portfolio/interest-history', { signature: 'x' }).header('x-mbx-used-weight-1m')).toBe('70')
  })

  test('recover on a frozen clock with real time, and when the clock is advanced', async () => {
    const { venue, real } = await venueKit()
    venue.clock.freeze()
    const status = () => askBinance(venue, repay, { method: 'POST' }).status
    expect(Array.from({ length: 9 }, status)).toEqual([...Array.from({ length: 8 }, () => 200), 429])
    await real.advanceBy(30_000)
    expect(Array.from({ length: 9 }, status).filter((code) => code === 200)).toHaveLength(8)
    venue.clock.advanceBy(60_000)
    expect(status()).toBe(200)
  })

  test('stand still with a frozen clock where the behaviour says so', async () => {
    const { venue, real } = await venueKit({ behaviour: { limitsWhileFrozen: 'stand-still' } })
    venue.clock.freeze()
    const status = () => askBinance(venue, repay, { method: 'POST' }).status
    expect(Array.from({ length: 9 }, status).at(-1)).toBe(429)
    await real.advanceBy(10 * 60_000)
    expect(status()).toBe(429)
    venue.clock.advanceBy(30_000)
    expect(status()).toBe(200)
  })
})
