import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carryOut, settle, starts, steps } from '../../../test/support/arbitrary-steps.ts'
import { decimal, toText } from '../../decimal/decimal.ts'
import { boundaryAtOrBefore, everyHour } from '../../time/boundary.ts'
import { parseInstant } from '../../time/instant.ts'
import { dayMs, hourMs, minuteMs } from '../../time/units.ts'
import type { EngineBehaviour } from './behaviour.ts'
import { createEngine } from './engine.ts'
import type { Engine } from './engine-interface.ts'

const noon = parseInstant('2026-02-03T12:00:00Z')
const start = noon + minuteMs

function venue(behaviour: Partial<EngineBehaviour> = {}): Engine {
  const engine = createEngine({ startsAt: start, behaviour })
  const prices = { USDT: '1', USDC: '1', BTC: '50000', ETH: '2500', DOT: '5', CVC: '0.1' }
  for (const [asset, price] of Object.entries(prices)) engine.apply({ kind: 'set-price', asset, price: decimal(price) })
  const rates = { USDT: '1', USDC: '1', BTC: '0.98', ETH: '0.97', DOT: '0.9', CVC: '0' }
  for (const [asset, rate] of Object.entries(rates)) engine.apply({ kind: 'set-collateral-rate', asset, rate: decimal(rate) })
  opens(engine, 'user')
  return engine
}

function opens(engine: Engine, account: string): void {
  engine.apply({ kind: 'open-account', account, exchange: 'okx', vip: 0 })
}

const switchesOff = (engine: Engine) => engine.apply({ kind: 'set-auto-borrow', account: 'user', on: false })
const deposits = (engine: Engine, asset: string, amount: string, account = 'user') =>
  engine.apply({ kind: 'deposit', account, asset, amount: decimal(amount) })
const loses = (engine: Engine, asset: string, amount: string, account = 'user') =>
  engine.apply({ kind: 'set-unrealised', account, wallet: 'cash-unrealised', asset, amount: decimal(`-${amount}`) })
const spends = (engine: Engine, asset: string, amount: string, account = 'user') =>
  engine.apply({ kind: 'book', account, wallet: 'cash', asset, amount: decimal(`-${amount}`), reason: 'fee' })
const quota = (engine: Engine, asset: string, amount: string) => engine.apply({ kind: 'set-free-quota', asset, amount: decimal(amount) })
const pool = (engine: Engine, asset: string, amount: string) =>
  engine.apply({ kind: 'set-lending-pool', exchange: 'okx', asset, amount: decimal(amount) })
const cash = (engine: Engine, asset: string, account = 'user') =>
  Number(toText(engine.okxBalances(account).find((balance) => balance.asset === asset)!.cash))
const forced = (engine: Engine, account = 'user') =>
  [...engine.movements({ account, causes: ['forced-repayment'] })]
    .reverse()
    .map(({ asset, changes }) => [asset, ...changes.map(({ wallet, delta }) => `${wallet} ${Number(toText(delta))}`)].join(' '))

/** 1 BTC and 10,000 ETH, 1 BTC free of interest, auto-borrow off: the example of the help centre. */
function example(behaviour: Partial<EngineBehaviour> = {}): Engine {
  const engine = venue(behaviour)
  quota(engine, 'BTC', '1')
  deposits(engine, 'BTC', '1')
  deposits(engine, 'ETH', '10000')
  switchesOff(engine)
  return engine
}

describe('rule: okx-forced-repayment', () => {
  it('leaves the example alone after 2 BTC were lost: 1 BTC of debt is within the quota', () => {
    const engine = example()
    loses(engine, 'BTC', '2')
    engine.advanceTo(noon + hourMs)
    expect(forced(engine)).toEqual([])
  })

  it('exchanges ETH through USDT for what is beyond the quota after 3 BTC were lost', () => {
    const engine = example()
    loses(engine, 'BTC', '3')
    engine.advanceTo(noon + 10 * minuteMs - 1)
    expect(forced(engine)).toEqual([])
    engine.advanceTo(noon + 10 * minuteMs)
    expect(forced(engine)).toEqual(['ETH cash -20', 'USDT cash 50000', 'USDT cash -50000', 'BTC cash 1'])
    expect(engine.okxBalances('user')[0]).toMatchObject({ unrealisedLiability: decimal('1.0000000000000000') })
    engine.advanceTo(noon + dayMs)
    expect(forced(engine)).toHaveLength(4)
  })

  it('exchanges 0.5 BTC in the first step when it goes by halves, as the example says, and the rest in later ones', () => {
    const engine = example({ okxForcedRepaymentStep: 'half' })
    loses(engine, 'BTC', '3')
    engine.advanceTo(noon + 10 * minuteMs)
    expect(cash(engine, 'BTC')).toBe(1.5)
    engine.advanceTo(noon + 20 * minuteMs)
    expect(cash(engine, 'BTC')).toBe(1.75)
    engine.advanceTo(noon + 2 * dayMs)
    expect(cash(engine, 'BTC')).toBe(2)
  })

  it('never happens to an account that borrows automatically', () => {
    const engine = example()
    engine.apply({ kind: 'set-auto-borrow', account: 'user', on: true })
    loses(engine, 'BTC', '3')
    engine.advanceTo(noon + dayMs)
    expect(forced(engine)).toEqual([])
    engine.apply({ kind: 'set-auto-borrow', account: 'user', on: false })
    engine.advanceTo(noon + dayMs + 10 * minuteMs)
    expect(cash(engine, 'BTC')).toBe(2)
  })

  it('sells the higher collateral rate first, nothing at rate zero, and buys as much as that brings', () => {
    const engine = venue()
    for (const [asset, amount] of Object.entries({ CVC: '1000000', DOT: '1000', ETH: '2' })) deposits(engine, asset, amount)
    switchesOff(engine)
    spends(engine, 'BTC', '1')
    engine.advanceTo(noon + 10 * minuteMs)
    expect(forced(engine)).toEqual([
      'ETH cash -2',
      'USDT cash 5000',
      'USDT cash -5000',
      'BTC cash 0.1',
      'DOT cash -1000',
      'USDT cash 5000',
      'USDT cash -5000',
      'BTC cash 0.1',
    ])
    expect(cash(engine, 'CVC')).toBe(1_000_000)
  })

  it('sells the lower rate first where the venue is told so', () => {
    const engine = venue({ okxForcedRepaymentOrder: 'lower-rate-first' })
    for (const [asset, amount] of Object.entries({ DOT: '1000', ETH: '2' })) deposits(engine, asset, amount)
    switchesOff(engine)
    spends(engine, 'BTC', '0.1')
    engine.advanceTo(noon + 10 * minuteMs)
    expect(forced(engine)[0]).toBe('DOT cash -1000')
  })

  it('needs one leg where USDT is sold or owed', () => {
    const engine = venue()
    deposits(engine, 'USDT', '60000')
    switchesOff(engine)
    spends(engine, 'BTC', '1')
    engine.advanceTo(noon + 10 * minuteMs)
    expect(forced(engine)).toEqual(['USDT cash -50000', 'BTC cash 1'])
    spends(engine, 'USDT', '20000')
    deposits(engine, 'DOT', '4000')
    engine.advanceTo(noon + 20 * minuteMs)
    expect(forced(engine).slice(2)).toEqual(['DOT cash -2000', 'USDT cash 10000'])
  })

  it('does not sell what covers losses of its own or was borrowed, and waits where a price is missing', () => {
    const engine = venue()
    deposits(engine, 'ETH', '10')
    loses(engine, 'ETH', '4')
    engine.apply({ kind: 'borrow-spot', account: 'user', asset: 'DOT', amount: decimal('1000') })
    deposits(engine, 'XYZ', '1000')
    switchesOff(engine)
    spends(engine, 'BTC', '1')
    engine.advanceTo(noon + 10 * minuteMs)
    expect(forced(engine)[0]).toBe('ETH cash -6')
    expect([cash(engine, 'DOT'), cash(engine, 'XYZ'), cash(engine, 'BTC')]).toEqual([1000, 1000, -0.7])
    engine.apply({ kind: 'set-price', asset: 'XYZ', price: decimal('100') })
    engine.advanceTo(noon + 20 * minuteMs)
    expect([cash(engine, 'XYZ'), cash(engine, 'BTC')]).toEqual([650, 0])
  })

  it('comes after the charge of the full hour at which both are due', () => {
    const engine = venue()
    engine.apply({ kind: 'set-rate', exchange: 'okx', asset: 'BTC', rateDaily: decimal('0.24') })
    deposits(engine, 'USDT', '200000')
    switchesOff(engine)
    engine.advanceTo(noon + hourMs - 1)
    spends(engine, 'BTC', '1')
    engine.advanceTo(noon + hourMs)
    expect(engine.okxCharges({ account: 'user' })).toHaveLength(1)
    expect(forced(engine)).toEqual(['USDT cash -50500', 'BTC cash 1.01'])
  })

  it('lets a debt within the enlarged quota be, and repays once the other stablecoin is gone', () => {
    const engine = venue()
    quota(engine, 'USDT', '20000')
    deposits(engine, 'USDC', '5000')
    switchesOff(engine)
    spends(engine, 'USDT', '24000')
    engine.advanceTo(noon + hourMs)
    expect(forced(engine)).toEqual([])
    engine.apply({ kind: 'withdraw', account: 'user', asset: 'USDC', amount: decimal('3000') })
    engine.advanceTo(noon + hourMs + 10 * minuteMs)
    expect(forced(engine)).toEqual(['USDC cash -2000', 'USDT cash 2000'])
  })

  it('notices what interest of another debt brings beyond the quota by itself', () => {
    const engine = venue()
    engine.apply({ kind: 'set-rate', exchange: 'okx', asset: 'BTC', rateDaily: decimal('0.24') })
    deposits(engine, 'USDT', '100000')
    engine.apply({ kind: 'borrow-spot', account: 'user', asset: 'BTC', amount: decimal('1') })
    spends(engine, 'BTC', '1')
    switchesOff(engine)
    engine.advanceTo(noon + 3 * hourMs)
    expect(forced(engine).filter((line) => line.startsWith('BTC'))).toEqual(['BTC cash 0.01', 'BTC cash 0.01', 'BTC cash 0.01'])
  })
})

describe('rule: okx-platform-repayment', () => {
  function borrowers(behaviour: Partial<EngineBehaviour> = {}): Engine {
    const engine = venue(behaviour)
    for (const [account, debt] of Object.entries({ b: '9.5', c: '10.5', d: '10.8' })) {
      opens(engine, account)
      deposits(engine, 'USDT', '1000000', account)
      spends(engine, 'BTC', debt, account)
    }
    return engine
  }

  it('repays the largest borrowers first, until no more is lent than the pool holds where a venue is told so', () => {
    const engine = borrowers({ okxPlatformRepaymentToPercent: 100 })
    pool(engine, 'BTC', '15')
    engine.advanceTo(noon + 10 * minuteMs)
    expect(['b', 'c', 'd'].map((account) => cash(engine, 'BTC', account))).toEqual([-9.5, -5.5, 0])
    expect(forced(engine, 'd')).toEqual(['USDT cash -540000', 'BTC cash 10.8'])
    engine.advanceTo(noon + dayMs)
    expect(cash(engine, 'BTC', 'b')).toBe(-9.5)
  })

  it('leaves room for interest, so that the next hours repay nothing more', () => {
    const debtsOf = (engine: Engine) => ['b', 'c', 'd'].flatMap((account) => forced(engine, account)).length
    const [roomy, tight] = [borrowers(), borrowers({ okxPlatformRepaymentToPercent: 100 })]
    for (const engine of [roomy, tight]) {
      engine.apply({ kind: 'set-rate', exchange: 'okx', asset: 'BTC', rateDaily: decimal('0.001') })
      pool(engine, 'BTC', '20')
      engine.advanceTo(noon + 10 * minuteMs)
    }
    expect(['b', 'c', 'd'].map((account) => cash(roomy, 'BTC', account))).toEqual([-9.5, -9.5, 0])
    const first = debtsOf(roomy)
    for (const engine of [roomy, tight]) engine.advanceTo(noon + dayMs)
    expect(debtsOf(roomy)).toBe(first)
    // One repayment an hour: what the interest of that hour added.
    expect(debtsOf(tight)).toBeGreaterThanOrEqual(first + 2 * 23)
  })

  it('leaves everybody alone while the pool is not exceeded', () => {
    const engine = borrowers()
    pool(engine, 'BTC', '30.8')
    engine.advanceTo(noon + hourMs)
    expect(['b', 'c', 'd'].flatMap((account) => forced(engine, account))).toEqual([])
  })

  it('gives back coins that were borrowed in spot mode before anything is sold', () => {
    const engine = venue()
    deposits(engine, 'USDT', '1000000')
    engine.apply({ kind: 'borrow-spot', account: 'user', asset: 'BTC', amount: decimal('3') })
    spends(engine, 'BTC', '2')
    pool(engine, 'BTC', '1')
    engine.advanceTo(noon + 10 * minuteMs)
    expect(forced(engine)).toEqual([
      'BTC cash -1 spot-borrowed 1',
      'USDT cash -52500',
      'BTC cash 1.05',
      'BTC cash -1.05 spot-borrowed 1.05',
    ])
  })
})

describe('rule: okx-repayment-indicator', () => {
  const indicator = (engine: Engine) => engine.okxBalances('user').find(({ asset }) => asset === 'BTC')!.twap

  it('rises with the share of the quota that is used, with auto-borrow off only', () => {
    const engine = venue()
    quota(engine, 'BTC', '1')
    switchesOff(engine)
    loses(engine, 'BTC', '0.85')
    expect(indicator(engine)).toBe(3)
    loses(engine, 'BTC', '1.01')
    expect(indicator(engine)).toBe(5)
    engine.apply({ kind: 'set-auto-borrow', account: 'user', on: true })
    expect(indicator(engine)).toBe(0)
  })

  it('rises with what the platform has lent, for those who borrowed', () => {
    const engine = venue()
    spends(engine, 'BTC', '3')
    pool(engine, 'BTC', '4')
    expect(indicator(engine)).toBe(2)
  })
})

describe('after any sequence of commands', () => {
  const owedIn = (value: bigint) => (value < 0n ? -value : 0n)

  it('with auto-borrow off a liability beyond the quota is left only where nothing is left to sell', () => {
    fc.assert(
      fc.property(starts, steps, (startsAt, given) => {
        const engine = createEngine({ startsAt })
        settle(engine)
        carryOut(engine, given)
        engine.apply({ kind: 'set-auto-borrow', account: 'third', on: false })
        engine.advanceTo(boundaryAtOrBefore(engine.now, everyHour) + hourMs + 50 * minuteMs)
        const balances = engine.okxBalances('third')
        const isBeyond = balances.some(
          ({ cash, unrealisedLiability, freeQuota }) => unrealisedLiability.mantissa + owedIn(cash.mantissa) > freeQuota.mantissa,
        )
        const leftToSell = balances.filter(({ cash, equity }) => cash.mantissa > dust && equity.mantissa > dust)
        if (isBeyond) expect(leftToSell).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})

/** Less than buys one unit in the last decimal at the prices of these steps. */
const dust = 10n ** 7n
