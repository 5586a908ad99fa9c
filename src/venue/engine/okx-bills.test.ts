import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carryOut, settle, starts, steps } from '../../../test/support/arbitrary-steps.ts'
import { decimal, toText } from '../../decimal/decimal.ts'
import { parseInstant } from '../../time/instant.ts'
import { dayMs, hourMs } from '../../time/units.ts'
import { createEngine } from './engine.ts'
import type { Engine } from './engine-interface.ts'
import type { OkxBill } from './record.ts'

const hour = parseInstant('2026-02-03T14:00:00Z')

function okxEngine(): Engine {
  const engine = createEngine({ startsAt: hour - 60_000 })
  engine.apply({ kind: 'open-account', account: 'okx', exchange: 'okx', vip: 0 })
  engine.apply({ kind: 'set-rate', exchange: 'okx', asset: 'USDT', rateDaily: decimal('0.000098') })
  return engine
}

const shown = ({ kind, balanceChange, balance }: OkxBill) => [kind, toText(balanceChange), toText(balance)]

describe('bills of an OKX account', () => {
  it('show what cash held after each hour, between the movements around them', () => {
    const engine = okxEngine()
    engine.apply({ kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: decimal('-97'), reason: 'profit-or-loss' })
    engine.advanceTo(hour + hourMs + 1)
    engine.apply({ kind: 'deposit', account: 'okx', asset: 'USDT', amount: decimal('50') })
    expect(engine.okxBills({ account: 'okx' }).map(shown)).toEqual([
      ['deposit', '50.0000000000000000', '-47.0007921682840071'],
      ['interest', '-0.0003960849506737', '-97.0007921682840071'],
      ['interest', '-0.0003960833333334', '-97.0003960833333334'],
      ['profit-or-loss', '-97.0000000000000000', '-97.0000000000000000'],
    ])
  })

  it('leave cash as it was for the interest of an isolated position, and show what the position then owed', () => {
    const engine = okxEngine()
    engine.apply({ kind: 'deposit', account: 'okx', asset: 'USDT', amount: decimal('5') })
    engine.apply({ kind: 'borrow-isolated', account: 'okx', asset: 'USDT', instId: 'BTC-USDT', amount: decimal('100') })
    engine.advanceTo(hour)
    const [interest, borrowed] = engine.okxBills({ account: 'okx', marginMode: 'isolated' })
    expect(interest).toMatchObject({ kind: 'interest', instId: 'BTC-USDT', balanceChange: decimal('0.0000000000000000') })
    expect(toText(interest!.balance)).toBe('5.0000000000000000')
    expect(toText(interest!.position)).toBe('-100.0004083333333334')
    expect(toText(borrowed!.positionChange)).toBe('-100.0000000000000000')
    expect(engine.okxBills({ account: 'okx', marginMode: 'cross' })).toHaveLength(1)
  })

  it('take the interest of a VIP loan from cash, under its order', () => {
    const engine = okxEngine()
    engine.apply({ kind: 'borrow-vip', account: 'okx', asset: 'USDT', order: '77', amount: decimal('240'), rateDaily: decimal('0.1') })
    engine.advanceTo(hour)
    const [bill] = engine.okxBills({ account: 'okx' })
    expect([bill!.order, ...shown(bill!)]).toEqual(['77', 'interest', '-1.0000000000000000', '239.0000000000000000'])
  })

  it('leave out results that are not realised, and can be filtered by kind', () => {
    const engine = okxEngine()
    engine.apply({ kind: 'set-unrealised', account: 'okx', wallet: 'cash-unrealised', asset: 'USDT', amount: decimal('-10') })
    engine.advanceTo(hour + 2 * hourMs)
    expect(engine.okxBills({ account: 'okx' }).map(({ kind }) => kind)).toEqual(['interest', 'interest', 'interest'])
    expect(engine.okxBills({ account: 'okx', kinds: ['deposit'] })).toEqual([])
  })

  it('are walked by id without a gap and without a repetition, back and forth', () => {
    const engine = okxEngine()
    for (const asset of ['USDT', 'BTC']) {
      engine.apply({ kind: 'set-rate', exchange: 'okx', asset, rateDaily: decimal('0.001') })
      engine.apply({ kind: 'book', account: 'okx', wallet: 'cash', asset, amount: decimal('-3'), reason: 'fee' })
    }
    engine.advanceTo(hour + 9 * hourMs)
    const all = engine.okxBills({ account: 'okx' })
    expect(all).toHaveLength(22)
    const walked: OkxBill[] = []
    for (let before: bigint | undefined; ; before = walked.at(-1)!.id) {
      const page = engine.okxBills({ account: 'okx', limit: 5, before })
      if (page.length === 0) break
      walked.push(...page)
    }
    expect(walked).toEqual(all)
    expect(engine.okxBills({ account: 'okx', after: all[3]!.id })).toEqual(all.slice(0, 3))
    expect(engine.okxBills({ account: 'okx', from: all[3]!.at, to: all[3]!.at })).toEqual(all.filter(({ at }) => at === all[3]!.at))
  })

  it('add up to the present cash, whatever happened, and any page of them says the same', () => {
    fc.assert(
      fc.property(starts, steps, fc.nat(), fc.integer({ min: 1, max: 20 }), (startsAt, given, offset, limit) => {
        const engine = createEngine({ startsAt })
        settle(engine)
        carryOut(engine, given)
        engine.advanceTo(engine.now + dayMs)
        const all = engine.okxBills({ account: 'third' })
        for (const { asset, cash } of engine.okxBalances('third')) {
          const bills = all.filter((bill) => bill.asset === asset)
          if (bills.length === 0) continue
          expect(bills[0]!.balance.mantissa).toBe(cash.mantissa)
          for (const [index, { balance, balanceChange }] of bills.entries()) {
            expect(balance.mantissa - balanceChange.mantissa).toBe(bills[index + 1]?.balance.mantissa ?? 0n)
          }
        }
        if (all.length === 0) return
        const start = offset % all.length
        expect(engine.okxBills({ account: 'third', before: all[start]!.id, limit })).toEqual(all.slice(start + 1, start + 1 + limit))
        const asset = all[start]!.asset
        const ofAsset = all.filter((bill) => bill.asset === asset && bill.kind === 'interest')
        expect(engine.okxBills({ account: 'third', asset, kinds: ['interest'] })).toEqual(ofAsset)
      }),
      { numRuns: 60 },
    )
  })
})
