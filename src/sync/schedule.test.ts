import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { overdraftError } from '../errors/overdraft-error.ts'
import { isoInstant } from '../time/instant.ts'
import { dayMs, hourMs, minuteMs, secondMs } from '../time/units.ts'
import { nextAttemptOf, nextProof, stateAfterFailure, stateAfterSuccess } from './schedule.ts'

const now = Date.UTC(2026, 5, 20, 10, 30)
const refusal = { exchange: 'binance', endpoint: 'balance', status: 401, exchangeCode: '-2015', exchangeText: 'no' }
const unreachable = overdraftError('client.unreachable', { origin: 'http://127.0.0.1:1', reason: 'refused' })

describe('after a failure', () => {
  test('the next attempt comes twice as late each time, and an hour later at most', () => {
    const waits = [0, 1, 2, 3, 20].map((failures) => (stateAfterFailure('a', unreachable, failures, now).nextAttemptAt ?? 0) - now)
    expect(waits).toEqual([30 * secondMs, minuteMs, 2 * minuteMs, 4 * minuteMs, hourMs])
  })

  test('a ban that the exchange told is waited for', () => {
    const until = now + 3 * dayMs
    const error = overdraftError('client.banned', { exchange: 'binance', until: isoInstant(until), exchangeText: 'banned' })
    expect(stateAfterFailure('a', error, 0, now)).toMatchObject({ nextAttemptAt: until, failures: 1, lastErrorAt: now })
  })

  test('a limit of minutes is waited for', () => {
    const error = overdraftError('client.limited', { ...refusal, waitMs: 10 * minuteMs })
    expect(stateAfterFailure('a', error, 0, now).nextAttemptAt).toBe(now + 10 * minuteMs)
  })

  test('nothing is tried again that only somebody can mend, until it succeeded', () => {
    const failed = stateAfterFailure('a', overdraftError('client.unknown-key', refusal), 0, now)
    expect(nextAttemptOf(failed)).toEqual({ kind: 'human', remedy: 'client.unknown-key' })
    expect(nextAttemptOf({ ...failed, lastSuccessAt: now + 1 }).kind).toBe('at')
    expect(nextAttemptOf(stateAfterFailure('a', unreachable, 0, now))).toEqual({ kind: 'at', at: now + 30 * secondMs })
    expect(nextAttemptOf(undefined)).toEqual({ kind: 'at', at: 0 })
  })
})

describe('after a success', () => {
  test('a Binance account is tried again once the next midnight has settled, an OKX account the next full hour', () => {
    expect(nextProof('binance', now)).toBe(Date.UTC(2026, 5, 21) + 10 * minuteMs + 1)
    expect(nextProof('okx', now)).toBe(Date.UTC(2026, 5, 20, 11) + 15 * minuteMs + 1)
  })

  test('a boundary that has passed and not settled comes next', () => {
    expect(nextProof('okx', Date.UTC(2026, 5, 20, 11, 5))).toBe(Date.UTC(2026, 5, 20, 11, 15) + 1)
  })

  test('a proof at that instant holds a boundary that none before it could, whenever it is asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: dayMs }), (after) => {
        const asked = now + after
        const at = nextProof('okx', asked)
        const settleMs = 15 * minuteMs
        const provenTo = (instant: number) => Math.ceil((instant - settleMs) / hourMs)
        expect(at).toBeGreaterThan(asked)
        expect(provenTo(at)).toBe(provenTo(asked) + 1)
        expect(provenTo(at - 1)).toBe(provenTo(asked))
      }),
    )
  })

  test('a clock of the exchange that is ahead of ours is what decides', () => {
    const ahead = 5 * secondMs
    const { nextAttemptAt } = stateAfterSuccess({ label: 'a', exchange: 'okx', baseUrl: '', addedAt: 0, mayRepay: false }, now, now + ahead)
    expect(nextAttemptAt).toBe(Date.UTC(2026, 5, 20, 11, 15) + 1 - ahead + 2 * secondMs)
  })
})
