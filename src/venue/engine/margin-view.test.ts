import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MarginKit, short } from '../../../test/support/margin-kit.ts'
import { decimal, decimalOf } from '../../decimal/decimal.ts'
import { isOverdraftError } from '../../errors/overdraft-error.ts'

const start = '2025-06-01T12:00:00Z'
const refused = (code: string) => expect.objectContaining({ code })

function status(kit: MarginKit) {
  const { uniMmr, level, equity, actualEquity, initialMargin, maintenanceMargin, openLoss, maxWithdraw } = kit.engine.marginStatus('main')
  const values = { equity, actualEquity, initialMargin, maintenanceMargin, openLoss, maxWithdraw }
  return {
    uniMmr: uniMmr && short(uniMmr),
    level,
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, short(value)])),
  }
}

const withdraw = (kit: MarginKit, asset: string) => short(kit.engine.maxWithdraw('main', asset))

describe('rule: uni-mmr', () => {
  it('of an account is computed over cross margin, loans with their interest, both futures wallets and what is not realised', () => {
    const kit = new MarginKit(start).price('BTC', '50000', '0.95').price('USDT', '1', '0.99').terms('USDT', '100000', '0.05')
    kit.holds('BTC', '2').borrows('USDT', '30000').withdraws('USDT', '30000').books('USDT', '-1000').books('USDT', '400', 'cm')
    kit.engine.apply({ kind: 'set-unrealised', account: 'main', wallet: 'um-unrealised', asset: 'USDT', amount: decimal('-400') })
    kit.requires('BTC', '0.01').requires('USDT', '100', '50', 'cm')
    expect(status(kit)).toEqual({
      // 95000 - 31000 = 64000, less 50; over 30000 x 5 % + 0.01 BTC + 100.
      uniMmr: '30.45238095',
      level: 'normal',
      equity: '64000',
      actualEquity: '69000',
      initialMargin: '8100',
      maintenanceMargin: '2100',
      openLoss: '50',
      maxWithdraw: '61430',
    })
    expect(kit.engine.marginStatus('main').updatedAt).toBe(kit.engine.now)
  })

  it('is undefined and the level normal while there is neither loan nor requirement, whatever the balances', () => {
    const kit = new MarginKit(start).price('USDT', '1').books('USDT', '-1000')
    expect(status(kit)).toMatchObject({ uniMmr: undefined, level: 'normal', equity: '-1000', maxWithdraw: '0' })
    expect(kit.engine.marginStatus('main').updatedAt).toBe(kit.engine.now)
  })

  it('counts an asset without a price for nothing, and one without a collateral rate in full', () => {
    const kit = new MarginKit(start).price('USDT', '1').holds('USDT', '10').holds('XYZ', '1000').books('ABC', '-5')
    expect(status(kit)).toMatchObject({ equity: '10', actualEquity: '10' })
  })

  it('forgets requirements that were set to nothing', () => {
    const kit = new MarginKit(start).price('USDT', '1').requires('USDT', '10')
    expect(kit.engine.requirementsOf('main')).toHaveLength(1)
    kit.requires('USDT', '0')
    expect(kit.engine.requirementsOf('main')).toEqual([])
  })

  it('shows the interest of a loan as part of the debt', () => {
    const kit = new MarginKit(start).price('USDT', '1').price('BTC', '100', '0.5').terms('USDT', '1000', '0.1').rate('USDT', '0.24')
    kit.holds('BTC', '10').borrows('USDT', '100').withdraws('USDT', '100')
    expect(status(kit)).toMatchObject({ equity: '399', maintenanceMargin: '10.1' })
    kit.at('2025-06-01T15:00:00Z')
    expect(status(kit)).toMatchObject({ equity: '396', maintenanceMargin: '10.4' })
  })
})

describe('rule: max-withdraw', () => {
  it('lets go what is free while nothing is owed, and more of nothing than there is', () => {
    const kit = new MarginKit(start).price('BTC', '50000', '0.95').holds('BTC', '1.5')
    expect(withdraw(kit, 'BTC')).toBe('1.5')
    expect(withdraw(kit, 'ETH')).toBe('0')
    expect(() => kit.withdraws('BTC', '1.50000001')).toThrow(refused('venue.insufficient'))
  })

  it('holds back 1.2 times the maintenance margin', () => {
    const kit = new MarginKit(start).price('BTC', '50000', '0.8').price('USDT', '1').holds('BTC', '1').requires('USDT', '10000')
    // 40000 - 12000 = 28000, at 40000 a coin.
    expect(withdraw(kit, 'BTC')).toBe('0.7')
    expect(() => kit.withdraws('BTC', '0.70000001')).toThrow(refused('venue.withdrawal-limit'))
    kit.withdraws('BTC', '0.7')
    expect(withdraw(kit, 'BTC')).toBe('0')
  })

  it('holds back what covers a negative balance, but lets an asset go that is no collateral', () => {
    const kit = new MarginKit(start).price('BTC', '50000', '0.8').price('USDT', '1').price('XYZ', '9', '0')
    kit.holds('BTC', '1').holds('XYZ', '3').books('USDT', '-50000')
    expect([withdraw(kit, 'BTC'), withdraw(kit, 'XYZ')]).toEqual(['0', '3'])
  })

  it('does not stand in the way where the venue was told no prices', () => {
    const kit = new MarginKit(start).holds('BTC', '1').books('USDT', '-50000').requires('USDT', '10')
    expect(kit.withdraws('BTC', '1').balances('BTC')).toEqual({})
  })

  it('is exactly what a withdrawal goes by', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 11n })
    const rate = fc.integer({ min: 0, max: 100 })
    fc.assert(
      fc.property(amount, amount, amount, rate, fc.bigInt({ min: 1n, max: 10n ** 6n }), (free, debt, maintenance, percent, cents) => {
        const kit = new MarginKit(start).price('USDT', '1')
        kit.price('BTC', short(decimalOf(cents, 2)), short(decimalOf(BigInt(percent), 2)))
        kit.holds('BTC', short(decimalOf(free, 8))).books('USDT', `-${short(decimalOf(debt, 8))}`)
        kit.requires('USDT', short(decimalOf(maintenance / 10n, 8)))
        const most = kit.engine.maxWithdraw('main', 'BTC')
        const more = short(decimalOf(most.mantissa + 1n, 8))
        expect(() => kit.withdraws('BTC', more)).toThrow(refused(most.mantissa < free ? 'venue.withdrawal-limit' : 'venue.insufficient'))
        if (most.mantissa > 0n) kit.withdraws('BTC', short(most))
      }),
    )
  })
})

describe('rule: max-borrow', () => {
  it('is what the collateral secures, the level allows and the pool holds, whichever is least', () => {
    const kit = new MarginKit(start).price('USDT', '1').price('BTC', '50000', '0.8').holds('USDT', '1000').terms('BTC', '1')
    const limits = () => {
      const { amount, limit } = kit.engine.maxBorrow('main', 'BTC')
      return [short(amount), short(limit)]
    }
    // 4 x 1000 USD.
    expect(limits()).toEqual(['0.08', '1'])
    kit.terms('BTC', '0.05')
    expect(limits()).toEqual(['0.05', '0.05'])
    kit.pool('BTC', '0.03')
    expect(limits()).toEqual(['0.03', '0.05'])
    expect(short(kit.engine.lendable('binance', 'BTC')!)).toBe('0.03')
    kit.borrows('BTC', '0.02')
    expect(limits()).toEqual(['0.01', '0.05'])
    expect(kit.engine.lendable('binance', 'ETH')).toBeUndefined()
  })

  it('is refused beyond the account, and beyond the pool that all accounts share', () => {
    const kit = new MarginKit(start).price('USDT', '1').price('BTC', '50000').holds('USDT', '1000').terms('BTC', '0.05').pool('BTC', '0.06')
    expect(() => kit.borrows('BTC', '0.05000001')).toThrow(refused('venue.borrow-limit'))
    kit.borrows('BTC', '0.05')
    expect(() => kit.borrows('BTC', '0.00000001')).toThrow(refused('venue.borrow-limit'))
    kit.engine.apply({ kind: 'open-account', account: 'other', exchange: 'binance', vip: 0 })
    kit.engine.apply({ kind: 'deposit', account: 'other', asset: 'USDT', amount: decimal('1000') })
    const borrow = (amount: string) => kit.engine.apply({ kind: 'borrow', account: 'other', asset: 'BTC', amount: decimal(amount) })
    expect(() => borrow('0.01000001')).toThrow(refused('venue.pool-empty'))
    borrow('0.01')
    expect(() => borrow('0.00000001')).toThrow(refused('venue.pool-empty'))
    kit.engine.apply({ kind: 'repay-loan', account: 'main', asset: 'BTC', amount: decimal('0.02') })
    borrow('0.02')
  })

  it('goes by the level of the account, from the moment it changes', () => {
    const kit = new MarginKit(start).terms('BTC', '1').terms('BTC', '5', '0', 3)
    const limit = () => short(kit.engine.maxBorrow('main', 'BTC').limit)
    expect(limit()).toBe('1')
    kit.engine.apply({ kind: 'set-vip', account: 'main', vip: 3 })
    expect(limit()).toBe('5')
    kit.borrows('BTC', '5')
  })

  it('does not limit a loan where the venue was told neither terms nor a pool', () => {
    expect(new MarginKit(start).price('BTC', '50000').borrows('BTC', '100').balances('BTC')).toEqual({
      crossFree: '100',
      crossBorrowed: '100',
    })
  })

  it('follows the leverage a venue is told', () => {
    const kit = new MarginKit(start, { marginLeverage: 3 }).price('USDT', '1').holds('USDT', '1000')
    expect(short(kit.engine.maxBorrow('main', 'USDT').amount)).toBe('2000')
  })

  it('is exactly what a loan goes by', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 11n })
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 100 }), (free, maximum, percent) => {
        const kit = new MarginKit(start).price('USDT', '1').price('BTC', '317.29', short(decimalOf(BigInt(percent), 2)))
        kit.holds('USDT', short(decimalOf(free, 8))).terms('BTC', short(decimalOf(maximum, 8)), '0.1')
        const most = kit.engine.maxBorrow('main', 'BTC').amount
        try {
          kit.borrows('BTC', short(decimalOf(most.mantissa + 1n, 8)))
          expect.unreachable('more than the maximum was lent')
        } catch (error) {
          expect(isOverdraftError(error, 'venue.borrow-limit')).toBe(true)
        }
        if (most.mantissa > 0n) kit.borrows('BTC', short(most))
      }),
    )
  })
})
