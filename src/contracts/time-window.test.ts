import { describe, expect, test } from 'vitest'
import { dayMs } from '../time/units.ts'
import { interestHistory } from './binance/interest-history.ts'
import { negativeBalanceExchangeRecord } from './binance/negative-balance-exchange-record.ts'
import type { Endpoint } from './contract.ts'
import { type RequestedTimes, resolveWindow } from './time-window.ts'

const now = Date.UTC(2026, 0, 31, 12)

function resolved(endpoint: Endpoint, times: RequestedTimes) {
  return resolveWindow(endpoint.window!, times, now)
}

describe('interest history', () => {
  test('answers the last 7 days when neither time is sent', () => {
    expect(resolved(interestHistory, {})).toEqual({ kind: 'window', from: now - 7 * dayMs, to: now })
  })

  test('answers from the start to the present when only the start is sent', () => {
    expect(resolved(interestHistory, { startTime: now - 12 * dayMs })).toEqual({ kind: 'window', from: now - 12 * dayMs, to: now })
  })

  test('keeps a start of exactly 30 days ago, and takes the past 30 days for one a millisecond earlier', () => {
    const thirtyDays = { kind: 'window', from: now - 30 * dayMs, to: now }
    expect(resolved(interestHistory, { startTime: now - 30 * dayMs })).toEqual(thirtyDays)
    expect(resolved(interestHistory, { startTime: now - 30 * dayMs - 1 })).toEqual(thirtyDays)
    expect(resolved(interestHistory, { startTime: 0 })).toEqual(thirtyDays)
  })

  test('answers the 7 days before the end when only the end is sent, however long ago that is', () => {
    const endTime = now - 300 * dayMs
    expect(resolved(interestHistory, { endTime })).toEqual({ kind: 'window', from: endTime - 7 * dayMs, to: endTime })
  })

  test('answers exactly the span that both times ask for, up to 30 days', () => {
    const endTime = now - 100 * dayMs
    expect(resolved(interestHistory, { startTime: endTime - 30 * dayMs, endTime })).toEqual({
      kind: 'window',
      from: endTime - 30 * dayMs,
      to: endTime,
    })
  })

  test('calls a span of 30 days and a millisecond too wide', () => {
    expect(resolved(interestHistory, { startTime: now - 30 * dayMs - 1, endTime: now })).toEqual({
      kind: 'too-wide',
      spanMs: 30 * dayMs + 1,
      maxMs: 30 * dayMs,
    })
  })

  test('answers a single instant, both ends being included', () => {
    expect(resolved(interestHistory, { startTime: 5, endTime: 5 })).toEqual({ kind: 'window', from: 5, to: 5 })
  })

  test('calls a start after the end reversed, also when the end is the present', () => {
    expect(resolved(interestHistory, { startTime: 6, endTime: 5 })).toEqual({ kind: 'reversed', from: 6, to: 5 })
    expect(resolved(interestHistory, { startTime: now + 1 })).toEqual({ kind: 'reversed', from: now + 1, to: now })
  })
})

describe('negative balance exchange record', () => {
  test('misses whichever of its two mandatory times is not sent', () => {
    expect(resolved(negativeBalanceExchangeRecord, {})).toEqual({ kind: 'missing', parameter: 'startTime' })
    expect(resolved(negativeBalanceExchangeRecord, { endTime: now })).toEqual({ kind: 'missing', parameter: 'startTime' })
    expect(resolved(negativeBalanceExchangeRecord, { startTime: now })).toEqual({ kind: 'missing', parameter: 'endTime' })
  })

  test('answers up to 3 months, read as 90 days, and calls a millisecond more too wide', () => {
    expect(resolved(negativeBalanceExchangeRecord, { startTime: now - 90 * dayMs, endTime: now }).kind).toBe('window')
    expect(resolved(negativeBalanceExchangeRecord, { startTime: now - 90 * dayMs - 1, endTime: now }).kind).toBe('too-wide')
  })
})
