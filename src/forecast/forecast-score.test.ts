import { describe, expect, test } from 'vitest'
import type { ForecastCharge } from '../book/record.ts'
import { decimal, toText } from '../decimal/decimal.ts'
import { parseInstant } from '../time/instant.ts'
import { interval } from '../time/interval.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { type CameCharge, forecastScore } from './forecast-score.ts'

const midnight = parseInstant('2026-03-10')

function forecast(
  given: Partial<Pick<ForecastCharge, 'day' | 'chargeAt' | 'asset' | 'position'>> & { amount?: string; low?: string; high?: string } = {},
): ForecastCharge {
  const { amount = '10', low = '9', high = '11', day = midnight - dayMs } = given
  const names = { account: 'main', asset: given.asset ?? 'USDT', position: given.position ?? '', chargeAt: given.chargeAt ?? midnight }
  return { ...names, day, madeAt: day + hourMs, low: decimal(low), amount: decimal(amount), high: decimal(high) }
}

const came = (interest: string, given: Partial<CameCharge> = {}): CameCharge => ({
  account: 'main',
  asset: 'USDT',
  position: '',
  at: midnight,
  interest: decimal(interest),
  ...given,
})

const proven = [interval(0, midnight + 2 * dayMs)]

function score(
  forecasts: readonly ForecastCharge[],
  charged: readonly CameCharge[],
  given: Partial<Parameters<typeof forecastScore>[0]> = {},
) {
  return forecastScore({ forecasts, charged, proven, loansProven: [], now: midnight + 2 * dayMs, ...given }).map((each) => ({
    ...each,
    foreseen: toText(each.foreseen),
    charged: toText(each.charged),
    difference: toText(each.difference),
  }))
}

describe('a forecast', () => {
  test('that came within its range is told with the difference', () => {
    expect(score([forecast()], [came('10.5')])).toEqual([
      {
        account: 'main',
        asset: 'USDT',
        days: 1,
        charges: 1,
        foreseen: '10',
        charged: '10.5',
        difference: '0.5',
        withinRange: 1,
        unforeseen: 0,
        pending: 0,
      },
    ])
  })

  test('is within its range at both ends, and not beyond', () => {
    const within = (interest: string) => score([forecast()], [came(interest)])[0]?.withinRange
    expect([within('9'), within('11'), within('8.99999999'), within('11.00000001')]).toEqual([1, 1, 0, 0])
  })

  test('of a charge that provably did not come is a miss', () => {
    expect(score([forecast()], [])).toMatchObject([{ charges: 1, charged: '0', difference: '-10', withinRange: 0, pending: 0 }])
  })

  test('of a charge whose history is not proven is pending, and no miss', () => {
    const unproven = { proven: [interval(0, midnight)] }
    expect(score([forecast()], [], unproven)).toMatchObject([{ charges: 0, foreseen: '0', charged: '0', pending: 1 }])
    expect(score([forecast()], [came('10')], unproven)).toMatchObject([{ charges: 1, withinRange: 1, pending: 0 }])
  })

  test('of a charge that is still to come is no part of the score', () => {
    expect(score([forecast()], [], { now: midnight - 1 })).toEqual([])
  })

  test('of the day before counts, not one of the same day again', () => {
    const later = forecast({ day: midnight, chargeAt: midnight + dayMs, amount: '20', high: '20' })
    const sooner = forecast({ day: midnight - dayMs, chargeAt: midnight + dayMs, amount: '10' })
    expect(score([later, sooner], [came('10', { at: midnight + dayMs })])).toMatchObject([{ charges: 1, foreseen: '10', withinRange: 1 }])
  })
})

describe('a charge', () => {
  test('that no forecast had, in a span that one reached over, was not foreseen', () => {
    const charged = [came('10'), came('3', { asset: 'BTC', at: midnight + hourMs })]
    expect(score([forecast()], charged)).toMatchObject([
      { asset: 'BTC', charges: 1, unforeseen: 1, foreseen: '0', charged: '3', withinRange: 0 },
      { asset: 'USDT', charges: 1, unforeseen: 0 },
    ])
  })

  test('on a day without a forecast is no part of the score', () => {
    expect(score([forecast()], [came('10'), came('7', { at: midnight + dayMs })])).toMatchObject([{ charges: 1, charged: '10' }])
  })

  test('of each position stands by itself', () => {
    const hourly = (position: string) => forecast({ position, amount: '1', low: '1', high: '1' })
    const charged = [came('1', { position: 'cross' }), came('2', { position: 'isolated BTC-USDT' })]
    expect(score([hourly('cross'), hourly('isolated BTC-USDT')], charged)).toMatchObject([{ charges: 2, withinRange: 1, charged: '3' }])
  })

  test('on a margin loan is pending until the history of loans is proven', () => {
    expect(score([forecast({ position: 'margin-loan' })], [])).toMatchObject([{ pending: 1 }])
    expect(score([forecast({ position: 'margin-loan' })], [], { loansProven: proven })).toMatchObject([{ pending: 0, charges: 1 }])
  })
})
