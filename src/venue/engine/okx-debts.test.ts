import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimal, decimalOf, toText } from '../../decimal/decimal.ts'
import { parseInstant } from '../../time/instant.ts'
import { hourMs, minuteMs } from '../../time/units.ts'
import type { EngineBehaviour } from './behaviour.ts'
import type { Command } from './command.ts'
import { createEngine } from './engine.ts'
import type { Engine } from './engine-interface.ts'

const three = parseInstant('2026-02-03T15:00:00Z')

function okxEngine(behaviour: Partial<EngineBehaviour> = {}): Engine {
  const engine = createEngine({ startsAt: three - 10 * minuteMs, behaviour })
  engine.apply({ kind: 'open-account', account: 'user', exchange: 'okx', vip: 1 })
  for (const asset of ['USDT', 'USDC', 'BTC']) engine.apply({ kind: 'set-rate', exchange: 'okx', asset, rateDaily: decimal('0.0024') })
  return engine
}

const to = (amount: string, asset = 'USDT') => ({ account: 'user', asset, amount: decimal(amount) })
const spends = (amount: string, asset = 'USDT'): Command => ({ kind: 'book', wallet: 'cash', reason: 'fee', ...to(`-${amount}`, asset) })
const loses = (amount: string, asset = 'USDT'): Command => ({
  kind: 'set-unrealised',
  wallet: 'cash-unrealised',
  ...to(`-${amount}`, asset),
})
const charges = (engine: Engine) =>
  engine.okxCharges({ account: 'user' }).map(({ liability, interest }) => [Number(toText(liability)), Number(toText(interest))])
const balance = (engine: Engine, asset = 'USDT') => engine.okxBalances('user').find((found) => found.asset === asset)!
const refusal = (engine: Engine, command: Command) => {
  const before = engine.digest()
  try {
    engine.apply(command)
  } catch (error) {
    expect(engine.digest()).toBe(before)
    return (error as { code?: unknown }).code
  }
  return undefined
}

const takesCash = (borrow: (amount: string) => Command) => ['borrow-spot', 'borrow-vip'].includes(borrow('1').kind)

describe('rule: okx-hourly-snapshot', () => {
  it('charges nothing for what was borrowed at 14:55 and repaid at 14:57, a full hour for what stands at 15:00', () => {
    const engine = okxEngine()
    engine.apply({ kind: 'borrow-spot', ...to('100') }, { at: three - 5 * minuteMs })
    engine.apply({ kind: 'repay-spot', ...to('100') }, { at: three - 3 * minuteMs })
    engine.apply({ kind: 'borrow-spot', ...to('50') }, { at: three - 1 })
    engine.advanceTo(three)
    expect(charges(engine)).toEqual([[50, 0.005]])
  })

  const debts: readonly (readonly [string, (amount: string) => Command, (amount: string) => Command])[] = [
    ['a negative balance', (amount) => spends(amount), (amount) => ({ kind: 'deposit', ...to(amount) })],
    ['spot mode', (amount) => ({ kind: 'borrow-spot', ...to(amount) }), (amount) => ({ kind: 'repay-spot', ...to(amount) })],
    [
      'an isolated position',
      (amount) => ({ kind: 'borrow-isolated', instId: 'BTC-USDT', ...to(amount) }),
      (amount) => ({ kind: 'repay-isolated', instId: 'BTC-USDT', ...to(amount) }),
    ],
    [
      'a VIP loan',
      (amount) => ({ kind: 'borrow-vip', order: '7', rateDaily: decimal('0.0012'), ...to(amount) }),
      (amount) => ({ kind: 'repay-vip', order: '7', ...to(amount) }),
    ],
    ['unrealised losses', (amount) => loses(amount), () => loses('0')],
  ]
  it.each(debts)(
    'of %s costs nothing when repaid one millisecond before the hour, and the full hour when repaid at it',
    (_, borrow, repay) => {
      fc.assert(
        fc.property(fc.bigInt({ min: 1n, max: 10n ** 22n }), fc.integer({ min: 1, max: 9 * minuteMs }), (mantissa, beforeMs) => {
          const amount = toText(decimalOf(mantissa, 16))
          for (const [at, rows] of [
            [three - 1, 0],
            [three, 1],
          ] as const) {
            const engine = okxEngine()
            engine.apply(borrow(amount), { at: three - 1 - beforeMs })
            // Interest is taken from cash first, so that the coins borrowed alone no longer repay their debt.
            if (takesCash(borrow)) engine.apply({ kind: 'deposit', ...to(amount) }, { at })
            engine.apply(repay(amount), { at })
            engine.advanceTo(three + 30 * minuteMs)
            const found = engine.okxCharges({ account: 'user' })
            expect(found.map(({ liability }) => liability.mantissa)).toEqual(rows === 0 ? [] : [mantissa])
          }
        }),
        { numRuns: 15 },
      )
    },
  )
})

describe('rule: okx-hourly-snapshot', () => {
  it('computes each of several debts on the balances of the full hour, whatever the others then take from cash', () => {
    const engine = okxEngine()
    engine.apply({ kind: 'borrow-vip', order: '7', rateDaily: decimal('0.24'), ...to('100') })
    engine.apply(spends('105'))
    engine.apply({ kind: 'set-free-quota', ...to('20000') })
    engine.apply({ kind: 'borrow-spot', ...to('50', 'USDC') })
    engine.apply({ kind: 'deposit', ...to('500', 'USDC') })
    engine.apply(loses('20510'))
    engine.advanceTo(three)
    const rows = engine.okxCharges({ account: 'user' }).map(({ asset, order, liability }) => [asset, order, Number(toText(liability))])
    expect(rows).toEqual([
      ['USDC', '', 50],
      ['USDT', '', 15],
      ['USDT', '7', 100],
    ])
  })
})

describe('rule: okx-auto-borrow', () => {
  it('on, charges a negative balance from zero; off, only what it and the losses together have beyond the quota', () => {
    for (const [on, expected] of [
      [true, [[60, 0.006]]],
      [false, [[10, 0.001]]],
    ] as const) {
      const engine = okxEngine()
      engine.apply({ kind: 'set-free-quota', ...to('100') })
      engine.apply({ kind: 'set-auto-borrow', account: 'user', on })
      engine.apply(spends('60'))
      engine.apply(loses('50'))
      expect(engine.settingsOf('user').autoBorrow).toBe(on)
      engine.advanceTo(three)
      expect(charges(engine)).toEqual(expected)
    }
  })
})

describe('rule: okx-free-quota', () => {
  it('of USDT is enlarged by the equity in USDC as it stands at the full hour', () => {
    const engine = okxEngine()
    engine.apply({ kind: 'set-free-quota', ...to('20000') })
    engine.apply({ kind: 'deposit', ...to('500', 'USDC') })
    engine.apply(loses('20600'))
    expect(Number(toText(balance(engine).freeQuota))).toBe(20_500)
    engine.advanceTo(three)
    expect(charges(engine)).toEqual([[100, 0.01]])
    engine.apply({ kind: 'withdraw', ...to('500', 'USDC') })
    engine.advanceTo(three + hourMs)
    expect(charges(engine)[0]).toEqual([600.01, 0.060001])
  })

  it('is the own one alone where the venue is told so', () => {
    const engine = okxEngine({ okxStablecoinQuota: 'own' })
    engine.apply({ kind: 'set-free-quota', ...to('20000') })
    engine.apply({ kind: 'deposit', ...to('500', 'USDC') })
    engine.apply(loses('20600'))
    engine.advanceTo(three)
    expect(charges(engine)).toEqual([[600, 0.06]])
  })
})

describe('rule: okx-spot-borrow', () => {
  it('puts the coins into cash, charges the debt from zero and takes the interest from cash', () => {
    const engine = okxEngine()
    engine.apply({ kind: 'set-free-quota', ...to('1000') })
    engine.apply({ kind: 'borrow-spot', ...to('100') })
    engine.advanceTo(three + hourMs)
    expect(charges(engine)).toEqual([
      [100, 0.01],
      [100, 0.01],
    ])
    expect(
      [balance(engine).cash, balance(engine).spotBorrowed, balance(engine).crossLiability].map((each) => Number(toText(each))),
    ).toEqual([99.98, 100, 100])
  })

  it('is repaid as far as it is owed, from cash alone', () => {
    const engine = okxEngine()
    engine.apply({ kind: 'borrow-spot', ...to('100') })
    engine.apply({ kind: 'withdraw', ...to('70') })
    expect(refusal(engine, { kind: 'repay-spot', ...to('31') })).toBe('venue.insufficient')
    engine.apply({ kind: 'deposit', ...to('100') })
    engine.apply({ kind: 'repay-spot', ...to('99999') })
    expect(Number(toText(balance(engine).cash))).toBe(30)
    expect(refusal(engine, { kind: 'repay-spot', ...to('1') })).toBe('venue.nothing-owed')
  })

  it('is refused beyond the loan quota of the level, beyond what the margin secures and beyond the pool', () => {
    const engine = okxEngine()
    const terms = { exchange: 'okx', asset: 'USDT', maintenanceRate: decimal('0.03') } as const
    engine.apply({ kind: 'set-loan-terms', vip: 1, maximum: decimal('1000'), ...terms })
    engine.apply({ kind: 'borrow-spot', ...to('600') })
    expect(engine.maxBorrow('user', 'USDT')).toEqual({ amount: decimal('400.0000000000000000'), limit: decimal('1000.0000000000000000') })
    expect(refusal(engine, { kind: 'borrow-spot', ...to('401') })).toBe('venue.borrow-limit')
    engine.apply({ kind: 'deposit', ...to('150') })
    engine.apply({ kind: 'set-price', asset: 'USDT', price: decimal('1') })
    expect(Number(toText(balance(engine).maxLoan!))).toBe(150)
    expect(refusal(engine, { kind: 'borrow-spot', ...to('151') })).toBe('venue.borrow-limit')
    engine.apply({ kind: 'set-lending-pool', exchange: 'okx', ...poolOf('700') })
    expect(refusal(engine, { kind: 'borrow-spot', ...to('101') })).toBe('venue.pool-empty')
    engine.apply({ kind: 'borrow-spot', ...to('100') })
    expect(Number(toText(engine.maxBorrow('user', 'USDT').amount))).toBe(0)
  })

  it('is possible on an OKX account only', () => {
    const engine = okxEngine()
    engine.apply({ kind: 'open-account', account: 'other', exchange: 'binance', vip: 0 })
    expect(refusal(engine, { kind: 'borrow-spot', account: 'other', asset: 'USDT', amount: decimal('1') })).toBe('venue.wrong-exchange')
    expect(refusal(engine, { kind: 'set-auto-repay', account: 'other', on: true })).toBe('venue.wrong-exchange')
  })
})

const poolOf = (amount: string) => ({ asset: 'USDT', amount: decimal(amount) })

describe('rule: okx-auto-repay', () => {
  function borrowed(): Engine {
    const engine = okxEngine()
    engine.apply({ kind: 'borrow-spot', ...to('100') })
    engine.apply({ kind: 'set-auto-repay', account: 'user', on: true })
    return engine
  }

  it('repays what was borrowed in spot mode with what comes in, and no more', () => {
    const engine = borrowed()
    expect(Number(toText(balance(engine).spotBorrowed))).toBe(100)
    engine.apply({ kind: 'deposit', ...to('30') })
    engine.apply({ kind: 'book', wallet: 'cash', reason: 'profit-or-loss', ...to('90') })
    expect([balance(engine).cash, balance(engine).spotBorrowed].map((each) => Number(toText(each)))).toEqual([120, 0])
    const moved = engine.movements({ account: 'user' }).map(({ cause, changes }) => [cause, Number(toText(changes[0]!.delta))])
    expect(moved.slice(0, 4)).toEqual([
      ['auto-repay', -70],
      ['profit-or-loss', 90],
      ['auto-repay', -30],
      ['deposit', 30],
    ])
  })

  it('leaves a deposit alone that only fills a negative balance, and one while it is off', () => {
    const engine = borrowed()
    engine.apply(spends('180'))
    engine.apply({ kind: 'deposit', ...to('80') })
    expect(Number(toText(balance(engine).spotBorrowed))).toBe(100)
    engine.apply({ kind: 'set-auto-repay', account: 'user', on: false })
    engine.apply({ kind: 'deposit', ...to('80') })
    expect(Number(toText(balance(engine).spotBorrowed))).toBe(100)
  })
})

describe('rule: okx-vip-loans', () => {
  const borrows = (order: string, amount: string, rateDaily: string): Command => ({
    kind: 'borrow-vip',
    order,
    rateDaily: decimal(rateDaily),
    ...to(amount),
  })

  it('are charged by order at rates of their own, as rows of type 1, and paid from cash in the same hour', () => {
    const engine = okxEngine()
    engine.apply(borrows('11', '240', '0.1'))
    engine.apply(borrows('12', '240', '0.2'))
    engine.advanceTo(three)
    const rows = engine.okxCharges({ account: 'user' })
    expect(rows.map(({ loanType, order, interest }) => [loanType, order, Number(toText(interest))])).toEqual([
      ['1', '12', 2],
      ['1', '11', 1],
    ])
    expect(
      balance(engine).vipLoans.map(({ order, liability, rateDaily }) => [order, Number(toText(liability)), toText(rateDaily)]),
    ).toEqual([
      ['11', 240, '0.1'],
      ['12', 240, '0.2'],
    ])
    expect(Number(toText(balance(engine).cash))).toBe(477)
  })

  it('make cash itself a debt of type 2 where it does not hold the interest', () => {
    const engine = okxEngine()
    engine.apply(borrows('11', '240', '0.1'))
    engine.apply({ kind: 'withdraw', ...to('240') })
    engine.advanceTo(three + hourMs)
    expect(engine.okxCharges({ account: 'user' }).map(({ loanType, liability }) => [loanType, Number(toText(liability))])).toEqual([
      ['2', 1],
      ['1', 240],
      ['1', 240],
    ])
  })

  it('grow under the same order, then wholly at the newer rate, and are repaid from cash', () => {
    const engine = okxEngine()
    engine.apply(borrows('11', '100', '0.1'))
    engine.apply(borrows('11', '140', '0.2'))
    engine.advanceTo(three)
    expect(charges(engine)).toEqual([[240, 2]])
    engine.apply({ kind: 'deposit', ...to('2') })
    engine.apply({ kind: 'repay-vip', order: '11', ...to('99999') })
    expect(Number(toText(balance(engine).cash))).toBe(0)
    expect(refusal(engine, { kind: 'repay-vip', order: '11', ...to('1') })).toBe('venue.nothing-owed')
    expect(refusal(engine, borrows('has space', '1', '0.1'))).toBe('venue.name-malformed')
    engine.advanceTo(three + hourMs)
    expect(charges(engine)).toHaveLength(1)
  })
})

describe('rule: okx-account-value', () => {
  it('counts equity whole, with collateral rates and what is borrowed, in USD', () => {
    const engine = okxEngine()
    engine.apply({ kind: 'set-price', asset: 'BTC', price: decimal('50000') })
    engine.apply({ kind: 'set-collateral-rate', asset: 'BTC', rate: decimal('0.9') })
    engine.apply({ kind: 'deposit', ...to('2', 'BTC') })
    engine.apply(spends('10000'))
    expect(engine.okxStatus('user').totalEquity).toBeUndefined()
    expect(balance(engine).equityUsd).toBeUndefined()
    engine.apply({ kind: 'set-price', asset: 'USDT', price: decimal('1') })
    const { totalEquity, adjustedEquity, notionalBorrowed, updatedAt } = engine.okxStatus('user')
    expect([totalEquity, adjustedEquity, notionalBorrowed].map((each) => Number(toText(each!)))).toEqual([90_000, 80_000, 10_000])
    expect(updatedAt).toBe(engine.now)
    expect(Number(toText(balance(engine, 'BTC').discountedEquityUsd!))).toBe(90_000)
    expect(Number(toText(balance(engine).maxLoan!))).toBe(390_000)
  })
})
