import { describe, expect, test } from 'vitest'
import type { BalanceSnapshot, BookAccount, Charge, ExchangeRun } from '../book/record.ts'
import { isNegative, negate, strip, sum } from '../decimal/arithmetic.ts'
import { decimal, toText } from '../decimal/decimal.ts'
import { parseInstant } from '../time/instant.ts'
import { type Interval, interval } from '../time/interval.ts'
import { hourMs, minuteMs } from '../time/units.ts'
import { accountForecast } from './account-forecast.ts'
import type { AssetForecast } from './asset-forecast.ts'
import { dailyFromHourly, dailyRateOf } from './daily-rate.ts'
import type { Expected } from './expected.ts'
import type { RateAt } from './rate-history.ts'
import { maximumThresholdOf } from './thresholds.ts'

const midnight = parseInstant('2026-03-10')
const now = midnight + 9 * hourMs + 30 * minuteMs
const account: BookAccount = { label: 'main', exchange: 'binance', baseUrl: 'http://127.0.0.1', addedAt: 0, mayRepay: false }
const okxAccount: BookAccount = { ...account, label: 'okx', exchange: 'okx' }

type Amount = 'free' | 'um' | 'cm' | 'interest'

/** Of a Binance account, with what follows from its wallets. */
function balance(fields: Partial<Record<Amount, string>> & { updatedAt?: number }): BalanceSnapshot {
  const amount = (name: Amount) => decimal(fields[name] ?? '0')
  const { updatedAt = midnight - hourMs } = fields
  const amounts = { free: amount('free'), um: amount('um'), cm: amount('cm'), interest: amount('interest') }
  const total = sum([amounts.free, amounts.um, amounts.cm])
  const owed = isNegative(total) ? negate(total) : decimal('0')
  return { account: 'main', takenAt: now - minuteMs, asset: 'USDT', ...amounts, total, owed, updatedAt }
}

/** Of an OKX account that overdrew its cash. */
function okxBalance(owed: string, interest = '0'): BalanceSnapshot {
  return { ...balance({ interest }), total: negate(decimal(owed)), owed: decimal(owed) }
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

interface Known {
  readonly account?: BookAccount
  readonly balance: BalanceSnapshot
  readonly latestCharges?: readonly Charge[]
  readonly runs?: readonly ExchangeRun[]
  readonly proven?: readonly Interval[]
  readonly published?: RateAt
  readonly now?: number
}

/** What status and forecast say of the asset. */
function told(known: Known): AssetForecast {
  const { account: whose = account, balance: own, latestCharges = [], runs = [], proven = [], published, now: at = now } = known
  const maximum = maximumThresholdOf(own.asset, runs)
  const charged = [...latestCharges]
    .sort((left, right) => left.at - right.at)
    .map((each) => ({ at: each.at, rateDaily: dailyRateOf(whose.exchange, each) }))
  const [forecast] = accountForecast(
    {
      account: whose,
      balances: [own],
      balancesAt: Math.min(own.takenAt, at),
      latestCharges,
      proven,
      maximums: new Map(maximum === undefined ? [] : [[own.asset, maximum]]),
      learntThresholds: new Map(),
      autoRepay: false,
      loanCharges: [],
      loanMovements: [],
      cash: new Map(),
      freeSeen: new Map(),
      rates: new Map([[own.asset, { charged, published: published === undefined ? [] : [published] }]]),
      rateUnit: undefined,
      prices: new Map(),
    },
    at,
  ).assets
  if (forecast === undefined) throw new Error('nothing is told of the asset')
  return forecast
}

const shown = (cost: Expected | undefined) => (cost?.amount === undefined ? 'unknown' : `${cost.certainty} ${toText(strip(cost.amount))}`)
const owedOf = ({ debt }: AssetForecast) => [debt.principal, debt.unpaidInterest, debt.owed].map((amount) => toText(strip(amount)))

test('the rate is the newest known, published or charged; on a tie what was charged', () => {
  const latestCharges = [charge({ principal: '100', rate: '0.001' })]
  const rateBeside = (at: number) =>
    told({ balance: balance({ um: '-100' }), latestCharges, published: { at, rateDaily: decimal('0.002') } }).rate
  expect([midnight - 1, midnight, midnight + 1].map((at) => rateBeside(at)?.from)).toEqual(['charged', 'charged', 'published'])
  expect(toText(rateBeside(midnight + 1)!.rateDaily)).toBe('0.002')
})

describe('what is owed', () => {
  test('on Binance is what each futures wallet lacks and the unpaid interest; the negative balance is net of what others hold', () => {
    const forecast = told({ balance: balance({ free: '20', um: '-100', cm: '5', interest: '2.5' }) })
    expect(owedOf(forecast)).toEqual(['100', '2.5', '102.5'])
    expect(toText(strip(forecast.negativeBalance))).toBe('75')
  })

  test('is told of unpaid interest alone, too', () => {
    expect(owedOf(told({ balance: balance({ interest: '2.5' }) }))).toEqual(['0', '2.5', '2.5'])
  })

  test('on OKX is the liability, and interest that is not in it yet', () => {
    expect(owedOf(told({ account: okxAccount, balance: okxBalance('97', '0.5') }))).toEqual(['97', '0.5', '97.5'])
  })
})

describe('a Binance debt', () => {
  const debt = balance({ um: '-10050' })

  test('that has not changed since it was charged shows the free threshold: owed less principal (facts A4.2)', () => {
    const status = told({ balance: debt, latestCharges: [charge({ principal: '50', rate: '0.001' })] })
    expect(status.freePart).toMatchObject({ known: 'exact' })
    expect(status.freePart.known === 'exact' && toText(strip(status.freePart.amount))).toBe('10000')
    expect(shown(status.within.day)).toBe('exact 0.05')
  })

  test('that changed after the charge costs at most the rate on all of it, as the threshold is not known', () => {
    const changed = balance({ um: '-10050', updatedAt: midnight + 1 })
    const status = told({ balance: changed, latestCharges: [charge({ principal: '50', rate: '0.001' })] })
    expect(status.freePart.known).toBe('unknown')
    expect(shown(status.within.day)).toBe('at-most 10.05')
  })

  test('whose last-change instant the exchange gives as 0 proves no threshold', () => {
    const silent = balance({ um: '-10050', updatedAt: 0 })
    expect(told({ balance: silent, latestCharges: [charge({ principal: '50', rate: '0.001' })] }).freePart.known).toBe('unknown')
  })

  test('that provably went uncharged at the last midnight is free of interest while it stays', () => {
    const proven = [interval(midnight - hourMs, midnight + hourMs)]
    const status = told({ balance: debt, proven })
    expect(status.freePart).toMatchObject({ known: 'at-least' })
    expect(shown(status.within.day)).toBe('exact 0')
  })

  test('without a charge is not called free when that midnight is not proven', () => {
    const status = told({ balance: debt, proven: [interval(midnight - hourMs, midnight)] })
    expect(status.freePart.known).toBe('unknown')
    expect(shown(status.within.day)).toBe('unknown')
  })

  test('with a principal larger than what is owed proves no threshold', () => {
    const status = told({ balance: debt, latestCharges: [charge({ principal: '10051', rate: '0.001' })] })
    expect(status.freePart.known).toBe('unknown')
  })

  test('is charged next at 00:00 UTC, and at that very instant a day later', () => {
    const statusAt = (instant: number) => told({ balance: debt, now: instant }).nextChargeAt
    expect(statusAt(now)).toBe(parseInstant('2026-03-11'))
    expect(statusAt(midnight - 1)).toBe(midnight)
    expect(statusAt(midnight)).toBe(parseInstant('2026-03-11'))
  })

  test('costs a day what the document shows: 210000 at 0.0001164 is 24.444', () => {
    const owed = balance({ um: '-210000' })
    const status = told({ balance: owed, latestCharges: [charge({ principal: '210000', rate: '0.0001164' })] })
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
    const status = told({ balance: debt, runs })
    expect(toText(strip(status.toAutoExchange!))).toBe('1950')
    expect(toText(strip(told({ balance: balance({ um: '-12000.5' }), runs }).toAutoExchange!))).toBe('-0.5')
    expect(told({ balance: { ...debt, asset: 'BTC' }, runs }).toAutoExchange).toBeUndefined()
  })
})

describe('a debt of the futures wallets', () => {
  test('that cross margin holds more than enough for is wholly coverable, and costs nothing while the total is positive', () => {
    const status = told({ balance: balance({ free: '144168.8', um: '-139113.35970527' }) })
    expect(toText(strip(status.coverable))).toBe('139113.35970527')
    expect(shown(status.within.day)).toBe('exact 0')
    expect(status.nextChargeAt).toBeUndefined()
  })

  test('is coverable only as far as cross margin is free, UM and CM together', () => {
    const status = told({ balance: balance({ free: '20', um: '-100', cm: '-10' }) })
    expect(toText(strip(status.debt.principal))).toBe('110')
    expect(toText(strip(status.coverable))).toBe('20')
  })

  test('does not count what the other futures wallet has', () => {
    const status = told({ balance: balance({ um: '-5', cm: '100', free: '1' }) })
    expect(toText(strip(status.debt.principal))).toBe('5')
    expect(toText(strip(status.coverable))).toBe('1')
  })
})

describe('an OKX liability', () => {
  const owed = okxBalance('97')
  const hour = midnight + 9 * hourMs

  test('is charged next on the full hour, with a 24th of the day rounded up at 16 decimals as the document rounds', () => {
    const latestCharges = [charge({ principal: '97', rate: '0.0000040833333333', at: hour, free: '0', mode: 'cross' })]
    const status = told({ account: okxAccount, balance: owed, latestCharges })
    expect(status.nextChargeAt).toBe(midnight + 10 * hourMs)
    expect(toText(status.rate!.rateDaily)).toBe('0.000098')
    expect(shown(status.nextCharge)).toBe('exact 0.0003960833333334')
  })

  test('costs what the newest balance comes to, cross and isolated together, and not what was charged last', () => {
    const latestCharges = [
      charge({ principal: '470', rate: '0.0000040833333333', at: hour - hourMs, free: '0', mode: 'cross' }),
      charge({ principal: '53', rate: '0.0000040833333333', at: hour, mode: 'isolated' }),
      charge({ principal: '1000', rate: '0.0000040833333333', at: hour - 2 * hourMs, mode: 'isolated' }),
    ]
    const status = told({ account: okxAccount, balance: { ...owed, total: decimal('-44'), updatedAt: now - minuteMs }, latestCharges })
    // A day on 97, with the interest of each hour added to the debt, as the exchange adds it.
    expect(shown(status.within.day)).toBe('exact 0.009506446399286')
  })

  test('is not charged while it lies wholly within what a charge of the hour left free', () => {
    const latestCharges = [charge({ principal: '0', rate: '0.0000040833333333', at: hour, free: '20000', mode: 'cross' })]
    expect(shown(told({ account: okxAccount, balance: owed, latestCharges }).within.day)).toBe('exact 0')
  })

  test('is not charged while the charge of the hour left all of it free, also where coins are free beside it', () => {
    const latestCharges = [
      { ...charge({ principal: '0', rate: '0.0000040833333333', at: hour, free: '20000', mode: 'cross' }), totalLiability: decimal('97') },
    ]
    const beside = { ...owed, total: decimal('-0.5'), free: decimal('96.5'), updatedAt: hour }
    expect(shown(told({ account: okxAccount, balance: beside, latestCharges }).within.day)).toBe('exact 0')
  })

  test('that was not charged lately costs about the last rate on what is owed', () => {
    const latestCharges = [charge({ principal: '5', rate: '0.0000040833333333', at: midnight, mode: 'cross' })]
    const status = told({ account: okxAccount, balance: owed, latestCharges })
    expect(shown(status.within.day)).toBe('about 0.0095064463992849')
  })

  test.each([null, undefined])('of which the last row tells no free part (%s) has an unknown one', (free) => {
    const latestCharges = [
      charge({ principal: '47', rate: '0.0000040833333333', at: hour, mode: 'cross', ...(free === null ? { free } : {}) }),
    ]
    const moved = { ...owed, updatedAt: now - minuteMs }
    expect(told({ account: okxAccount, balance: moved, latestCharges }).freePart.known).toBe('unknown')
  })
})

test.each([
  ['0.0000040833333333', '0.000098'],
  ['0.0000041666666666', '0.0001'],
  ['0.0000000479166666', '0.00000115'],
  ['0.00001', '0.00024'],
  ['0.00000115', '0.0000276'],
  ['0', '0'],
])('the hourly rate %s is the daily rate %s cut at 16 decimals', (hourly, daily) => {
  expect(toText(dailyFromHourly(decimal(hourly)))).toBe(daily)
})
