import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MarginKit, short } from '../../../test/support/margin-kit.ts'
import { decimal, decimalOf } from '../../decimal/decimal.ts'
import { isoInstant, parseInstant } from '../../time/instant.ts'

function thresholds(kit: MarginKit, asset: string, free: string, vip?: number): MarginKit {
  const level = vip === undefined ? {} : { vip }
  kit.engine.apply({ kind: 'set-thresholds', asset, ...level, free: decimal(free), maximum: decimal('1000000000') })
  return kit
}

const owed = fc.bigInt({ min: 1n, max: 10n ** 15n })
const rates = fc.bigInt({ min: 1n, max: 10n ** 6n })
const amount = (mantissa: bigint) => short(decimalOf(mantissa, 8))

/** What a day costs, as the row shows it: the rate has 9 decimals, and what is left is rounded up. */
function row(principal: bigint, rate: bigint): string {
  const exact = principal * rate
  return `${amount(principal)} ${amount(exact / 10n ** 9n + (exact % 10n ** 9n === 0n ? 0n : 1n))}`
}

const instants = (kit: MarginKit) =>
  kit.engine
    .binanceCharges({ account: 'main' })
    .map(({ at }) => isoInstant(at))
    .reverse()

describe('rule: negative-balance-whole', () => {
  it('charged, in 2022, all of the total at 08:00 UTC: 210000 at 0.0001164 cost 24.444 (document 000)', () => {
    const kit = new MarginKit('2022-12-05T07:00:00Z').rate('USDT', '0.0001164').books('USDT', '-210000').at('2022-12-05T12:00:00Z')
    expect(kit.charges()).toEqual(['210000 24.444'])
    expect(instants(kit)).toEqual(['2022-12-05T08:00:00.000Z'])
    expect(kit.balances('USDT')).toEqual({ um: '-210000', crossInterest: '24.444' })
  })

  it('cost nothing what was repaid one millisecond before 08:00, and the full day what was repaid at it', () => {
    const boundary = parseInstant('2022-12-05T08:00:00Z')
    fc.assert(
      fc.property(owed, rates, (debt, rate) => {
        for (const [at, charges] of [
          [boundary - 1, []],
          [boundary, [row(debt, rate)]],
        ] as const) {
          const kit = new MarginKit('2022-12-05T06:00:00Z').rate('ETH', short(decimalOf(rate, 9))).books('ETH', `-${amount(debt)}`)
          kit.engine.advanceTo(at)
          expect(kit.holds('ETH', amount(debt)).at('2022-12-06T12:00:00Z').charges()).toEqual(charges)
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('rule: negative-balance-usdt-200000', () => {
  it('charged, from 2023-02-27 08:00 UTC, the UM wallet in USDT and only once it stood below -200000', () => {
    const kit = new MarginKit('2023-02-26T12:00:00Z').switches(false).rate('USDT', '0.0001').rate('BTC', '0.0001')
    kit.books('USDT', '-200000').books('BTC', '-900').at('2023-02-27T07:59:59.999Z')
    expect(kit.charges()).toEqual([])
    kit.at('2023-02-27T08:00:00Z').books('USDT', '-0.00000001').holds('USDT', '500000').at('2023-02-28T12:00:00Z')
    expect(kit.charges()).toEqual(['200000.00000001 20.00000001'])
    // The debt in the CM wallet and in other assets cost nothing.
    kit.books('USDT', '1').books('USDT', '-900000', 'cm').at('2023-03-05T00:00:00Z')
    expect(kit.charges()).toHaveLength(1)
  })

  it('cost nothing when UM was back at -200000 one millisecond before 08:00, and the full day when it was back at it', () => {
    const boundary = parseInstant('2023-03-05T08:00:00Z')
    const limit = 200_000n * 10n ** 8n
    fc.assert(
      fc.property(owed, rates, (excess, rate) => {
        for (const [at, charges] of [
          [boundary - 1, []],
          [boundary, [row(limit + excess, rate)]],
        ] as const) {
          const kit = new MarginKit('2023-03-05T06:00:00Z')
            .rate('USDT', short(decimalOf(rate, 9)))
            .books('USDT', `-${amount(limit + excess)}`)
          kit.engine.advanceTo(at)
          expect(kit.books('USDT', amount(excess)).at('2023-03-06T12:00:00Z').charges()).toEqual(charges)
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('rule: negative-balance-tiered', () => {
  it('charges VIP 9 at -10050 for 50 USDT: 0.05 at 0.1 % (facts A4.2)', () => {
    const kit = thresholds(new MarginKit('2025-06-01T12:00:00Z', {}, 9).rate('USDT', '0.001'), 'USDT', '10000', 9)
    kit.books('USDT', '-10050').at('2025-06-02T00:00:00Z')
    expect(kit.charges()).toEqual(['50 0.05'])
    expect(instants(kit)).toEqual(['2025-06-02T00:00:00.000Z'])
  })

  it('charges nothing at -10050 at 20:00 when 2000 come in before midnight (facts A4.2)', () => {
    const kit = thresholds(new MarginKit('2025-06-01T12:00:00Z', {}, 9).rate('USDT', '0.001'), 'USDT', '10000', 9)
    kit.at('2025-06-01T20:00:00Z').books('USDT', '-10050').at('2025-06-01T23:00:00Z').holds('USDT', '2000').at('2025-06-02T12:00:00Z')
    expect(kit.charges()).toEqual([])
  })

  it('is in force from 2025-05-17 00:00 UTC', () => {
    const kit = new MarginKit('2025-05-14T12:00:00Z').rate('BTC', '0.001').books('BTC', '-1').at('2025-05-17T12:00:00Z')
    expect(instants(kit)).toEqual(['2025-05-17T00:00:00.000Z'])
  })

  it('goes by the threshold of the level the account has at midnight, whatever it had before', () => {
    const kit = thresholds(
      thresholds(new MarginKit('2025-06-01T12:00:00Z', {}, 9).rate('USDT', '0.001'), 'USDT', '1000'),
      'USDT',
      '10000',
      9,
    )
    kit.engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'USDT', vip: 9, rateDaily: decimal('0.0005') })
    const becomes = (vip: number) => kit.engine.apply({ kind: 'set-vip', account: 'main', vip })
    kit.books('USDT', '-11000').at('2025-06-02T12:00:00Z')
    becomes(3)
    kit.at('2025-06-03T12:00:00Z')
    becomes(9)
    becomes(0)
    becomes(9)
    kit.at('2025-06-05T00:00:00Z')
    expect(kit.charges()).toEqual(['1000 0.5', '10000 10', '1000 0.5', '1000 0.5'])
  })

  it('costs nothing what is repaid one millisecond before midnight, and the full day what is repaid at it', () => {
    const midnight = parseInstant('2025-06-02T00:00:00Z')
    fc.assert(
      fc.property(owed, owed, rates, (excess, free, rate) => {
        for (const [at, isCharged] of [
          [midnight - 1, false],
          [midnight, true],
        ] as const) {
          const kit = thresholds(
            new MarginKit('2025-06-01T12:00:00Z').rate('USDT', short(decimalOf(rate, 9))),
            'USDT',
            short(decimalOf(free, 8)),
          )
          kit.books('USDT', `-${short(decimalOf(excess + free, 8))}`)
          kit.engine.advanceTo(at)
          kit.holds('USDT', short(decimalOf(excess, 8))).at('2025-06-02T12:00:00Z')
          expect(kit.charges()).toEqual(isCharged ? [row(excess, rate)] : [])
        }
      }),
      { numRuns: 60 },
    )
  })
})
