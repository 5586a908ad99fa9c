import { describe, expect, it } from 'vitest'
import { decimal, toText } from '../../decimal/decimal.ts'
import { parseInstant } from '../../time/instant.ts'
import { createEngine } from './engine.ts'

const eight = parseInstant('2022-12-05T08:00:00Z')
const midnight = parseInstant('2025-06-02T00:00:00Z')

function binanceEngine(startsAt: number, vip = 9) {
  const engine = createEngine({ startsAt })
  engine.apply({ kind: 'open-account', account: 'main', exchange: 'binance', vip })
  return engine
}

function loses(amount: string, wallet: 'um' | 'cm' = 'um', asset = 'USDT') {
  return { kind: 'book', account: 'main', wallet, asset, amount: decimal(`-${amount}`), reason: 'profit-or-loss' } as const
}

describe('Binance negative balances', () => {
  it('charges the 210000 of the document at 08:00 with 24.444', () => {
    const engine = binanceEngine(eight - 60_000)
    engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'USDT', rateDaily: decimal('0.0001164') })
    engine.apply(loses('210000'))
    engine.advanceTo(eight)
    const [charge, ...others] = engine.binanceCharges({ account: 'main' })
    expect(others).toEqual([])
    expect(charge).toMatchObject({ asset: 'USDT', at: eight, rateDaily: decimal('0.0001164') })
    expect(toText(charge!.principal)).toBe('210000.00000000')
    expect(toText(charge!.interest)).toBe('24.44400000')
    expect(toText(engine.binanceBalances('main')[0]!.crossInterest)).toBe('24.44400000')
  })

  describe('at level VIP 9, with 10000 USDT free of interest and 0.1 % a day', () => {
    function vip9() {
      const engine = binanceEngine(midnight - 5 * 3_600_000)
      engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'USDT', rateDaily: decimal('0.001') })
      engine.apply({ kind: 'set-thresholds', asset: 'USDT', vip: 9, free: decimal('10000'), maximum: decimal('50000') })
      return engine
    }

    it('charges only the 50 beyond the threshold: 0.05', () => {
      const engine = vip9()
      engine.apply(loses('10050'))
      engine.advanceTo(midnight)
      const [charge] = engine.binanceCharges({ account: 'main' })
      expect([toText(charge!.principal), toText(charge!.interest)]).toEqual(['50.00000000', '0.05000000'])
    })

    it('charges nothing when 2000 came back before midnight', () => {
      const engine = vip9()
      engine.apply(loses('10050'))
      engine.apply({ kind: 'book', account: 'main', wallet: 'um', asset: 'USDT', amount: decimal('2000'), reason: 'profit-or-loss' })
      engine.advanceTo(midnight)
      expect(engine.binanceCharges({ account: 'main' })).toEqual([])
    })

    it('charges nothing when the balance is repaid one millisecond before the boundary, everything when repaid at it', () => {
      for (const [at, rows] of [
        [midnight - 1, 0],
        [midnight, 1],
      ] as const) {
        const engine = vip9()
        engine.apply(loses('20000'))
        engine.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: decimal('20000') }, { at })
        engine.advanceTo(midnight + 1)
        expect(engine.binanceCharges({ account: 'main' })).toHaveLength(rows)
      }
    })
  })
})

describe('OKX liabilities', () => {
  it('charges both rows of the document to the last digit', () => {
    const hour = parseInstant('2021-11-19T09:00:00Z')
    const engine = createEngine({ startsAt: hour - 1_000 })
    engine.apply({ kind: 'open-account', account: 'okx', exchange: 'okx', vip: 0 })
    engine.apply({ kind: 'set-rate', exchange: 'okx', asset: 'USDT', rateDaily: decimal('0.000098') })
    engine.apply({ kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: decimal('-97'), reason: 'profit-or-loss' })
    engine.apply({ kind: 'borrow-isolated', account: 'okx', asset: 'USDT', instId: 'BTC-USDT', amount: decimal('100') })
    engine.advanceTo(hour)
    const rows = engine.okxCharges({ account: 'okx' })
    expect(rows.map(({ marginMode, instId, interest }) => [marginMode, instId, toText(interest)])).toEqual([
      ['isolated', 'BTC-USDT', '0.0004083333333334'],
      ['cross', '', '0.0003960833333334'],
    ])
    expect(rows[0]!.visibleAt).toBe(hour + 240_000)
  })
})

describe('the digest', () => {
  it('does not depend on when somebody looked at a balance', () => {
    const [looked, left] = [true, false].map((looks) => {
      const engine = createEngine({ startsAt: midnight })
      engine.apply({ kind: 'open-account', account: 'okx', exchange: 'okx', vip: 0 })
      engine.apply({ kind: 'open-account', account: 'main', exchange: 'binance', vip: 0 })
      for (const exchange of ['okx', 'binance'] as const) {
        engine.apply({ kind: 'set-rate', exchange, asset: 'USDT', rateDaily: decimal('0.001') })
      }
      engine.apply({ kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: decimal('-100'), reason: 'fee' })
      engine.apply(loses('100'))
      // OKX charges first; whoever looks between the two charges has the interest of OKX booked first.
      engine.advanceTo(midnight + 3_600_000)
      if (looks) engine.okxBalances('okx')
      engine.advanceTo(midnight + 24 * 3_600_000)
      return engine.digest()
    })
    expect(looked).toBe(left)
  })
})
