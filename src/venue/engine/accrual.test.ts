import { Decimal as Independent } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimal, decimalOf, toText } from '../../decimal/decimal.ts'
import { parseInstant } from '../../time/instant.ts'
import { dayMs, hourMs } from '../../time/units.ts'
import { createEngine } from './engine.ts'
import type { Engine } from './engine-interface.ts'

const hour = parseInstant('2025-08-01T10:00:00Z')
const Exact = Independent.clone({ precision: 300, rounding: Independent.ROUND_UP, toExpNeg: -9e15, toExpPos: 9e15 })

function okxEngine(rateDaily: string): Engine {
  const engine = createEngine({ startsAt: hour - 60_000 })
  engine.apply({ kind: 'open-account', account: 'okx', exchange: 'okx', vip: 0 })
  engine.apply({ kind: 'set-rate', exchange: 'okx', asset: 'USDT', rateDaily: decimal(rateDaily) })
  return engine
}

function books(engine: Engine, amount: string, at?: number): void {
  const command = {
    kind: 'book',
    account: 'okx',
    wallet: 'cash',
    asset: 'USDT',
    amount: decimal(amount),
    reason: 'profit-or-loss',
  } as const
  engine.apply(command, at === undefined ? {} : { at })
}

describe('an hour on OKX', () => {
  describe('rule: okx-hourly-snapshot', () => {
    it('costs nothing when what was borrowed is back one millisecond before it, and a full hour when it is back at it', () => {
      for (const [at, rows] of [
        [hour - 1, 0],
        [hour, 1],
      ] as const) {
        const engine = okxEngine('0.0001')
        books(engine, '-97')
        books(engine, '97', at)
        engine.advanceTo(hour + 1)
        expect(engine.okxCharges({ account: 'okx' })).toHaveLength(rows)
      }
    })
  })

  describe('rule: okx-deduction', () => {
    it('takes the interest of cross from cash, so that the next hour is charged on more', () => {
      const engine = okxEngine('0.000098')
      books(engine, '-97')
      engine.advanceTo(hour + hourMs)
      const [second, first] = engine.okxCharges({ account: 'okx' })
      expect(toText(first!.liability)).toBe('97.0000000000000000')
      expect(toText(second!.liability)).toBe('97.0003960833333334')
      expect(engine.okxBalances('okx')[0]).toMatchObject({ isolated: [], updatedAt: hour + hourMs })
    })
  })

  describe('rule: okx-isolated-compounding', () => {
    it('adds the interest of an isolated debt to the debt: liab(t+1) = liab(t) + interest(t)', () => {
      const engine = okxEngine('0.01')
      engine.apply({ kind: 'borrow-isolated', account: 'okx', asset: 'USDT', instId: 'BTC-USDT', amount: decimal('1234.5678') })
      engine.advanceTo(hour + 48 * hourMs)
      const rows = [...engine.okxCharges({ account: 'okx', marginMode: 'isolated', instId: 'BTC-USDT' })].reverse()
      expect(rows).toHaveLength(49)
      for (const [index, row] of rows.slice(1).entries()) {
        expect(row.liability.mantissa).toBe(rows[index]!.liability.mantissa + rows[index]!.interest.mantissa)
      }
      expect(engine.okxCharges({ account: 'okx', marginMode: 'cross' })).toEqual([])
      engine.apply({ kind: 'repay-isolated', account: 'okx', asset: 'USDT', instId: 'BTC-USDT', amount: decimal('99999') })
      engine.advanceTo(engine.now + dayMs)
      expect(engine.okxCharges({ account: 'okx' })).toHaveLength(49)
      expect(engine.okxBalances('okx')[0]!.isolated[0]!.liability.mantissa).toBe(0n)
    })
  })

  describe('rule: okx-free-quota', () => {
    it('frees losses not yet realised up to the quota, and shows both parts', () => {
      const engine = okxEngine('0.0024')
      engine.apply({ kind: 'set-free-quota', asset: 'USDT', amount: decimal('20') })
      engine.apply({ kind: 'set-unrealised', account: 'okx', wallet: 'cash-unrealised', asset: 'USDT', amount: decimal('-15') })
      engine.advanceTo(hour)
      expect(engine.okxCharges({ account: 'okx' })).toEqual([])
      books(engine, '-10')
      engine.apply({ kind: 'set-unrealised', account: 'okx', wallet: 'cash-unrealised', asset: 'USDT', amount: decimal('-50') })
      engine.advanceTo(hour + hourMs)
      const [row] = engine.okxCharges({ account: 'okx' })
      const parts = [row!.totalLiability, row!.interestFreeLiability, row!.liability, row!.interest].map((part) => Number(toText(part)))
      expect(parts).toEqual([60, 20, 40, 0.004])
    })
  })

  describe('rule: okx-record-delay', () => {
    it('is shown only once the exchange has recorded it', () => {
      const engine = okxEngine('0.0001')
      books(engine, '-97')
      engine.advanceTo(hour + 2 * hourMs)
      const seen = (visibleAt: number) => engine.okxCharges({ account: 'okx', visibleAt }).map(({ at }) => at)
      expect(seen(hour + hourMs + 239_999)).toEqual([hour])
      expect(seen(hour + hourMs + 240_000)).toEqual([hour + hourMs, hour])
    })
  })
})

describe('charges kept in columns', () => {
  const principal = fc.oneof(fc.bigInt({ min: 1n, max: 10n ** 15n }), fc.bigInt({ min: 10n ** 18n, max: 10n ** 28n }))
  const rates = fc.bigInt({ min: 1n, max: 10n ** 8n })

  it('equal a plain decimal calculation on Binance, beyond 64 bits too', () => {
    fc.assert(
      fc.property(fc.array(principal, { minLength: 1, maxLength: 12 }), rates, (principals, rate) => {
        const engine = createEngine({ startsAt: parseInstant('2025-08-01T23:00:00Z') })
        const rateDaily = decimalOf(rate, 11)
        for (const [index, mantissa] of principals.entries()) {
          const account = `a${index}`
          engine.apply({ kind: 'open-account', account, exchange: 'binance', vip: 0 })
          engine.apply({ kind: 'book', account, wallet: 'um', asset: 'BTC', amount: decimalOf(-mantissa, 8), reason: 'fee' })
        }
        engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'BTC', rateDaily })
        engine.advanceTo(engine.now + 3 * dayMs)
        for (const [index, mantissa] of principals.entries()) {
          const expected = new Exact(toText(decimalOf(mantissa, 8))).times(toText(rateDaily)).toDecimalPlaces(8, Exact.ROUND_UP)
          const rows = engine.binanceCharges({ account: `a${index}` })
          expect(rows.map(({ interest }) => toText(interest))).toEqual([1, 2, 3].map(() => expected.toFixed(8)))
          expect(toText(engine.binanceBalances(`a${index}`)[0]!.crossInterest)).toBe(expected.times(3).toFixed(8))
        }
      }),
      { numRuns: 40 },
    )
  })

  it('equal a plain decimal calculation on OKX, hour after hour', () => {
    fc.assert(
      fc.property(principal, rates, (mantissa, rate) => {
        const engine = okxEngine(toText(decimalOf(rate, 11)))
        books(engine, toText(decimalOf(-mantissa, 8)))
        engine.advanceTo(hour + 5 * hourMs)
        let liability = new Exact(toText(decimalOf(mantissa, 8)))
        for (const row of [...engine.okxCharges({ account: 'okx' })].reverse()) {
          const interest = liability
            .times(toText(decimalOf(rate, 11)))
            .div(24)
            .toDecimalPlaces(16, Exact.ROUND_UP)
          expect([toText(row.liability), toText(row.interest)]).toEqual([liability.toFixed(16), interest.toFixed(16)])
          liability = liability.plus(interest)
        }
      }),
      { numRuns: 60 },
    )
  })
})
