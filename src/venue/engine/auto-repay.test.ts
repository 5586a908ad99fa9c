import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MarginKit } from '../../../test/support/margin-kit.ts'
import { decimalOf } from '../../decimal/decimal.ts'
import { isoInstant, parseInstant } from '../../time/instant.ts'
import { hourMs } from '../../time/units.ts'

const repayments = (kit: MarginKit) =>
  kit.engine
    .movements({ account: 'main', causes: ['auto-repay'] })
    .map(({ at, asset }) => `${isoInstant(at)} ${asset}`)
    .reverse()

describe('rule: auto-repay', () => {
  it('moves what is free in cross margin to the negative futures wallets of the same asset at 22:00 and 23:00 UTC', () => {
    const kit = new MarginKit('2025-06-01T12:00:00Z').holds('USDT', '100').books('USDT', '-60').books('BTC', '-1')
    kit.at('2025-06-01T21:59:59.999Z')
    expect(kit.balances('USDT')).toEqual({ crossFree: '100', um: '-60' })
    kit.at('2025-06-01T22:00:00Z')
    expect(kit.balances('USDT')).toEqual({ crossFree: '40' })
    kit.books('USDT', '-70', 'cm').at('2025-06-01T23:00:00Z')
    expect(kit.balances('USDT')).toEqual({ cm: '-30' })
    // Nothing of another asset is touched, and the next day nothing is left to repay with.
    kit.at('2025-06-03T00:00:00Z')
    expect(kit.balances('BTC')).toEqual({ um: '-1' })
    expect(repayments(kit)).toEqual(['2025-06-01T22:00:00.000Z USDT', '2025-06-01T23:00:00.000Z USDT'])
  })

  it('never uses a positive UM wallet for a negative CM wallet, nor what orders lock', () => {
    const kit = new MarginKit('2025-06-01T12:00:00Z').holds('BTC', '1').books('BTC', '5').books('BTC', '-2', 'cm')
    kit.engine.apply({ kind: 'lock', account: 'main', asset: 'BTC', amount: decimalOf(4n, 1) })
    kit.at('2025-06-02T00:00:00Z')
    expect(kit.balances('BTC')).toEqual({ crossLocked: '0.4', um: '5', cm: '-1.4' })
  })

  it('does nothing while the switch is off, which it is not by default', () => {
    const kit = new MarginKit('2025-06-01T12:00:00Z').holds('USDT', '100').books('USDT', '-60')
    expect(kit.engine.settingsOf('main').repaySwitch).toBe(true)
    kit.switches(false).at('2025-06-01T22:30:00Z')
    expect(kit.balances('USDT')).toEqual({ crossFree: '100', um: '-60' })
    kit.switches(true).at('2025-06-01T23:00:00Z')
    expect(kit.balances('USDT')).toEqual({ crossFree: '40' })
  })

  it('came with its switch on 2023-07-18', () => {
    const kit = new MarginKit('2023-07-16T12:00:00Z').holds('USDT', '100').books('USDT', '-60').at('2023-07-19T00:00:00Z')
    expect(repayments(kit)).toEqual(['2023-07-18T22:00:00.000Z USDT'])
  })

  it('runs when a venue is told to, and not at all when it is told no time', () => {
    const behaviour = { autoRepayAt: [23.5 * hourMs] }
    const late = new MarginKit('2025-06-01T12:00:00Z', behaviour).holds('USDT', '1').books('USDT', '-1').at('2025-06-02T00:00:00Z')
    expect(repayments(late)).toEqual(['2025-06-01T23:30:00.000Z USDT'])
    const never = new MarginKit('2025-06-01T12:00:00Z', { autoRepayAt: [] })
      .holds('USDT', '1')
      .books('USDT', '-1')
      .at('2025-07-01T00:00:00Z')
    expect(repayments(never)).toEqual([])
  })

  it('saved the interest of the rule of 2023, which looked at the UM wallet, and saves none of today, which looks at the total', () => {
    for (const [day, on, charges] of [
      ['2024-03-01', true, []],
      ['2024-03-01', false, ['300000 30']],
      ['2025-06-01', true, ['50000 5']],
      ['2025-06-01', false, ['50000 5']],
    ] as const) {
      const free = day === '2024-03-01' ? '100000' : '250000'
      const kit = new MarginKit(`${day}T12:00:00Z`, { dailyMidnightFrom: 0 }).switches(on).rate('USDT', '0.0001')
      kit
        .holds('USDT', free)
        .books('USDT', '-300000')
        .at(`${day.slice(0, -1)}2T12:00:00Z`)
      expect(kit.charges()).toEqual(charges)
    }
  })

  it('leaves the total of every asset as it was, and a wallet below zero only where nothing is free', () => {
    const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })
    fc.assert(
      fc.property(amount, amount, fc.bigInt({ min: 1n, max: 10n ** 12n }), (um, cm, free) => {
        const kit = new MarginKit('2025-06-01T12:00:00Z')
        kit.engine.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: decimalOf(free, 8) })
        for (const [wallet, mantissa] of [
          ['um', um],
          ['cm', cm],
        ] as const) {
          kit.engine.apply({ kind: 'book', account: 'main', wallet, asset: 'USDT', amount: decimalOf(mantissa, 8), reason: 'funding' })
        }
        const [before] = kit.engine.binanceBalances('main')
        kit.engine.advanceTo(parseInstant('2025-06-01T22:00:00Z'))
        const [after] = kit.engine.binanceBalances('main')
        expect(after!.totalWallet).toEqual(before!.totalWallet)
        if (after!.crossFree.mantissa > 0n) expect(after!.um.mantissa >= 0n && after!.cm.mantissa >= 0n).toBe(true)
        expect(after!.um.mantissa > 0n ? after!.um : before!.um).toEqual(before!.um)
        expect(kit.engine.digest()).toMatch(/^[0-9a-f]{64}$/)
      }),
    )
  })
})

describe('rule: repay-switch-limit', () => {
  it('lets the switch be set 20 times a UTC day, and again after midnight', () => {
    const kit = new MarginKit('2025-06-01T12:00:00Z')
    for (let call = 0; call < 20; call++) kit.switches(call % 2 === 0)
    const before = kit.engine.digest()
    expect(() => kit.switches(true)).toThrow(
      expect.objectContaining({ code: 'venue.too-often', values: expect.objectContaining({ limit: 20, window: 'a UTC day' }) }),
    )
    expect(kit.engine.digest()).toBe(before)
    kit.at('2025-06-01T23:59:59.999Z')
    expect(() => kit.switches(true)).toThrow(expect.objectContaining({ code: 'venue.too-often' }))
    kit.at('2025-06-02T00:00:00Z')
    expect(kit.switches(true).engine.settingsOf('main').repaySwitch).toBe(true)
  })

  it('is there since 2024-11-01', () => {
    const kit = new MarginKit('2024-10-31T00:00:00Z')
    for (let call = 0; call < 30; call++) kit.switches(false)
    kit.at('2024-11-01T00:00:00Z')
    for (let call = 0; call < 20; call++) kit.switches(false)
    expect(() => kit.switches(false)).toThrow(expect.objectContaining({ code: 'venue.too-often' }))
  })
})
