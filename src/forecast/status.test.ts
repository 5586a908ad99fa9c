import { describe, expect, test } from 'vitest'
import type { BalanceSnapshot, BookAccount, Charge, ExchangeRun } from '../book/record.ts'
import { decimal, toText } from '../decimal/decimal.ts'
import { parseInstant } from '../time/instant.ts'
import { interval } from '../time/interval.ts'
import { hourMs, minuteMs } from '../time/units.ts'
import { type AssetFacts, assetStatus, type Cost } from './asset-status.ts'
import { dailyFromHourly } from './daily-rate.ts'

const midnight = parseInstant('2026-03-10')
const now = midnight + 9 * hourMs + 30 * minuteMs
const account: BookAccount = { label: 'main', exchange: 'binance', baseUrl: 'http://127.0.0.1', addedAt: 0, mayRepay: false }
const okxAccount: BookAccount = { ...account, label: 'okx', exchange: 'okx' }

function balance(fields: Partial<Record<'total' | 'owed' | 'free' | 'um' | 'cm', string>> & { updatedAt?: number }): BalanceSnapshot {
  const amount = (name: 'total' | 'owed' | 'free' | 'um' | 'cm') => decimal(fields[name] ?? '0')
  const { updatedAt = midnight - hourMs } = fields
  const amounts = { total: amount('total'), owed: amount('owed'), free: amount('free'), um: amount('um'), cm: amount('cm') }
  return { account: 'main', takenAt: now - minuteMs, asset: 'USDT', ...amounts, interest: decimal('0'), updatedAt }
}

function charge(fields: { principal: string; rate: string; at?: number; free?: string | null; mode?: string }): Charge {
  return {
    account: 'main',
    asset: 'USDT',
    instId: '',
    marginMode: fields.mode ?? '',
    loanType: '',
    at: fields.at ?? midnight,
    principal: decimal(fields.principal),
    rate: decimal(fields.rate),
    interest: decimal('0'),
    interestFreeLiability: fields.free === undefined ? undefined : fields.free === null ? null : decimal(fields.free),
    receivedAt: now,
  }
}

function facts(stated: Partial<AssetFacts>): AssetFacts {
  return { account, balance: balance({}), latestCharges: [], runs: [], proven: [], now, ...stated }
}

const shown = (cost: Cost | undefined) => (cost === undefined ? 'unknown' : `${cost.certainty} ${toText(cost.amount)}`)

describe('a Binance debt', () => {
  const debt = balance({ total: '-10050', owed: '10050' })

  test('that has not changed since it was charged shows the free threshold: owed less principal (facts A4.2)', () => {
    const status = assetStatus(facts({ balance: debt, latestCharges: [charge({ principal: '50', rate: '0.001' })] }))
    expect(status.freePart).toMatchObject({ kind: 'exact', learntAt: midnight })
    expect(status.freePart.kind === 'exact' && toText(status.freePart.amount)).toBe('10000')
    expect(shown(status.costPerDay)).toBe('exact 0.05')
  })

  test('that changed after the charge costs at most the rate on all of it, as the threshold is not known', () => {
    const changed = balance({ owed: '10050', updatedAt: midnight + 1 })
    const status = assetStatus(facts({ balance: changed, latestCharges: [charge({ principal: '50', rate: '0.001' })] }))
    expect(status.freePart.kind).toBe('unknown')
    expect(shown(status.costPerDay)).toBe('at-most 10.05')
  })

  test('whose last-change instant the exchange gives as 0 proves no threshold', () => {
    const silent = balance({ owed: '10050', updatedAt: 0 })
    expect(assetStatus(facts({ balance: silent, latestCharges: [charge({ principal: '50', rate: '0.001' })] })).freePart.kind).toBe(
      'unknown',
    )
  })

  test('that provably went uncharged at the last midnight is free of interest while it stays', () => {
    const proven = [interval(midnight - hourMs, midnight + hourMs)]
    const status = assetStatus(facts({ balance: debt, proven }))
    expect(status.freePart).toMatchObject({ kind: 'at-least', learntAt: midnight })
    expect(shown(status.costPerDay)).toBe('exact 0')
  })

  test('without a charge is not called free when that midnight is not proven', () => {
    const status = assetStatus(facts({ balance: debt, proven: [interval(midnight - hourMs, midnight)] }))
    expect(status.freePart.kind).toBe('unknown')
    expect(status.costPerDay).toBeUndefined()
  })

  test('with a principal larger than what is owed proves no threshold', () => {
    const status = assetStatus(facts({ balance: debt, latestCharges: [charge({ principal: '10051', rate: '0.001' })] }))
    expect(status.freePart.kind).toBe('unknown')
  })

  test('is charged next at 00:00 UTC, and at that very instant a day later', () => {
    const statusAt = (instant: number) => assetStatus(facts({ balance: debt, now: instant })).nextChargeAt
    expect(statusAt(now)).toBe(parseInstant('2026-03-11'))
    expect(statusAt(midnight - 1)).toBe(midnight)
    expect(statusAt(midnight)).toBe(parseInstant('2026-03-11'))
  })

  test('costs a day what the document shows: 210000 at 0.0001164 is 24.444', () => {
    const owed = balance({ owed: '210000' })
    const status = assetStatus(facts({ balance: owed, latestCharges: [charge({ principal: '210000', rate: '0.0001164' })] }))
    expect(shown(status.nextCharge)).toBe('exact 24.444')
  })

  test('has as headroom what the newest auto-exchange record of the asset leaves, negative when passed', () => {
    const run = (from: string, maximumThreshold: string): ExchangeRun => ({
      account: 'main',
      from: parseInstant(from),
      to: parseInstant(from) + minuteMs,
      details: [{ asset: 'USDT', negativeBalance: decimal('30000'), maximumThreshold: decimal(maximumThreshold) }],
      receivedAt: now,
    })
    const runs = [run('2026-01-01', '15000'), run('2026-02-01', '12000'), run('2025-12-01', '9')]
    const status = assetStatus(facts({ balance: debt, runs }))
    expect(toText(status.headroom!)).toBe('1950')
    expect(toText(assetStatus(facts({ balance: balance({ owed: '12000.5' }), runs })).headroom!)).toBe('-0.5')
    expect(assetStatus(facts({ balance: { ...debt, asset: 'BTC' }, runs })).headroom).toBeUndefined()
  })
})

describe('a debt of the futures wallets', () => {
  test('that cross margin holds more than enough for is wholly coverable, and costs nothing while the total is positive', () => {
    const status = assetStatus(facts({ balance: balance({ total: '5055', free: '144168.8', um: '-139113.35970527' }) }))
    expect(toText(status.coverable)).toBe('139113.35970527')
    expect(shown(status.costPerDay)).toBe('exact 0')
    expect(status.nextChargeAt).toBeUndefined()
  })

  test('is coverable only as far as cross margin is free, UM and CM together', () => {
    const status = assetStatus(facts({ balance: balance({ owed: '90', free: '20', um: '-100', cm: '-10' }) }))
    expect(toText(status.futuresDebt)).toBe('110')
    expect(toText(status.coverable)).toBe('20')
  })

  test('does not count what the other futures wallet has', () => {
    const status = assetStatus(facts({ balance: balance({ um: '-5', cm: '100', free: '1' }) }))
    expect(toText(status.futuresDebt)).toBe('5')
    expect(toText(status.coverable)).toBe('1')
  })
})

describe('an OKX liability', () => {
  const owed = balance({ owed: '97' })
  const hour = midnight + 9 * hourMs

  test('is charged next on the full hour, with a 24th of the day rounded up at 16 decimals as the document rounds', () => {
    const latestCharges = [charge({ principal: '97', rate: '0.0000040833333333', at: hour, free: '0', mode: 'cross' })]
    const status = assetStatus(facts({ account: okxAccount, balance: owed, latestCharges }))
    expect(status.nextChargeAt).toBe(midnight + 10 * hourMs)
    expect(toText(status.rateDaily!)).toBe('0.000098')
    expect(shown(status.nextCharge)).toBe('about 0.0003960833333334')
  })

  test('is charged on what was charged last, as losses not yet realised are charged but not owed', () => {
    const latestCharges = [
      charge({ principal: '47', rate: '0.0000040833333333', at: hour, free: '50', mode: 'cross' }),
      charge({ principal: '53', rate: '0.0000040833333333', at: hour - hourMs, mode: 'isolated' }),
      charge({ principal: '1000', rate: '0.0000040833333333', at: hour - 2 * hourMs, mode: 'isolated' }),
    ]
    const status = assetStatus(facts({ account: okxAccount, balance: owed, latestCharges }))
    expect(shown(status.costPerDay)).toBe('about 0.0098')
    expect(status.freePart).toMatchObject({ kind: 'exact', learntAt: hour })
  })

  test('that was not charged lately costs about the last rate on what is owed', () => {
    const latestCharges = [charge({ principal: '5', rate: '0.0000040833333333', at: midnight, mode: 'cross' })]
    const status = assetStatus(facts({ account: okxAccount, balance: owed, latestCharges }))
    expect(shown(status.costPerDay)).toBe('about 0.009506')
  })

  test.each([null, undefined])('of which the last row tells no free part (%s) has an unknown one', (free) => {
    const latestCharges = [
      charge({ principal: '47', rate: '0.0000040833333333', at: hour, mode: 'cross', ...(free === null ? { free } : {}) }),
    ]
    expect(assetStatus(facts({ account: okxAccount, balance: owed, latestCharges })).freePart.kind).toBe('unknown')
  })
})

test.each([
  ['0.0000040833333333', '0.000098'],
  ['0.0000041666666666', '0.0001'],
  ['0.0000000479166666', '0.00000115'],
  ['0', '0'],
])('the hourly rate %s is the daily rate %s cut at 16 decimals', (hourly, daily) => {
  expect(toText(dailyFromHourly(decimal(hourly)))).toBe(daily)
})
