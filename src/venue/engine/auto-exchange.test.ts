import { describe, expect, it } from 'vitest'
import { sum } from '../../decimal/arithmetic.ts'
import { decimal, toText } from '../../decimal/decimal.ts'
import { parseInstant } from '../../time/instant.ts'
import { dayMs, minuteMs } from '../../time/units.ts'
import { defaultBehaviour } from './behaviour.ts'
import { createEngine } from './engine.ts'
import type { Engine } from './engine-interface.ts'

const startsAt = parseInstant('2025-03-03T03:03:03.003Z')
const firstCheck = startsAt + 10 * minuteMs
const afterRuns = firstCheck + 5 * minuteMs

interface Market {
  readonly [asset: string]: { readonly price?: string; readonly collateral?: string; readonly maximum?: string }
}

function engineWith(market: Market, at = startsAt): Engine {
  const engine = createEngine({ startsAt: at })
  engine.apply({ kind: 'open-account', account: 'main', exchange: 'binance', vip: 0 })
  for (const [asset, { price, collateral, maximum }] of Object.entries(market)) {
    if (price !== undefined) engine.apply({ kind: 'set-price', asset, price: decimal(price) })
    if (collateral !== undefined) engine.apply({ kind: 'set-collateral-rate', asset, rate: decimal(collateral) })
    if (maximum !== undefined) engine.apply({ kind: 'set-thresholds', asset, free: decimal('0'), maximum: decimal(maximum) })
  }
  return engine
}

function holds(engine: Engine, asset: string, amount: string): void {
  engine.apply({ kind: 'deposit', account: 'main', asset, amount: decimal(amount) })
}

function loses(engine: Engine, asset: string, amount: string, wallet: 'um' | 'cm' = 'um'): void {
  engine.apply({ kind: 'book', account: 'main', wallet, asset, amount: decimal(`-${amount}`), reason: 'profit-or-loss' })
}

function wallets(engine: Engine, asset: string) {
  const found = engine.binanceBalances('main').find((balance) => balance.asset === asset)!
  return { free: Number(toText(found.crossFree)), um: Number(toText(found.um)), cm: Number(toText(found.cm)) }
}

const ethMarket: Market = {
  ETH: { price: '2000', maximum: '5' },
  USDT: { price: '1', collateral: '0.99' },
  BTC: { price: '100000', collateral: '0.95' },
}

describe('rule: auto-exchange', () => {
  it('starts at the next ten minutes, takes its time, moves balances at its end, and only then shows its record', () => {
    const engine = engineWith(ethMarket)
    holds(engine, 'USDT', '100000')
    loses(engine, 'ETH', '18')
    engine.advanceTo(firstCheck)
    expect(wallets(engine, 'ETH').um).toBe(-18)
    expect(engine.exchangeRuns({ account: 'main' })).toEqual([])
    engine.advanceTo(afterRuns)
    const [run, ...others] = engine.exchangeRuns({ account: 'main' })
    expect(others).toEqual([])
    expect(run!.from).toBe(firstCheck)
    expect(run!.to - run!.from).toBeGreaterThanOrEqual(50_000)
    expect(run!.to - run!.from).toBeLessThanOrEqual(205_000)
    expect(run!.details).toEqual([{ asset: 'ETH', negativeBalance: decimal('18.00000000'), maximumThreshold: decimal('5.00000000') }])
    // 80 % of 5 is left; 14 ETH at 2000 were bought without a fee.
    expect(wallets(engine, 'ETH').um).toBe(-4)
    expect(wallets(engine, 'USDT').free).toBe(72_000)
    engine.digest()
  })

  it('takes as long as the two runs of document 001 at the ends, which stand on no ten minutes', () => {
    const { minimum, maximum } = defaultBehaviour.autoExchangeDurationMs
    for (const [from, to, duration] of [
      [1_736_263_046_841, 1_736_263_248_179, 201_338],
      [1_736_184_913_252, 1_736_184_965_474, 52_222],
    ] as const) {
      expect(to - from).toBe(duration)
      expect(duration >= minimum && duration <= maximum).toBe(true)
      expect(from % (10 * minuteMs)).not.toBe(0)
    }
  })

  it('leaves a balance alone that is at its maximum but not beyond', () => {
    const engine = engineWith(ethMarket)
    holds(engine, 'USDT', '100000')
    loses(engine, 'ETH', '5')
    engine.advanceTo(startsAt + dayMs)
    expect(engine.exchangeRuns({ account: 'main' })).toEqual([])
  })

  it('judges the total over all wallets: a loss that cross margin covers is no reason', () => {
    const engine = engineWith(ethMarket)
    holds(engine, 'ETH', '14')
    loses(engine, 'ETH', '18')
    engine.advanceTo(startsAt + dayMs)
    expect(engine.exchangeRuns({ account: 'main' })).toEqual([])
  })

  it('frees what orders lock and repays from it before it sells anything', () => {
    const engine = engineWith(ethMarket)
    holds(engine, 'USDT', '100000')
    holds(engine, 'ETH', '10')
    engine.apply({ kind: 'lock', account: 'main', asset: 'ETH', amount: decimal('7') })
    loses(engine, 'ETH', '11')
    loses(engine, 'ETH', '8', 'cm')
    engine.advanceTo(afterRuns)
    // 10 repay UM; of the remaining 9 (UM 1, CM 8) five are bought, UM first.
    expect(wallets(engine, 'ETH')).toEqual({ free: 0, um: 0, cm: -4 })
    expect(wallets(engine, 'USDT').free).toBe(90_000)
  })

  it('sells the highest collateral rate first and goes on with the next when that is not enough', () => {
    const engine = engineWith(ethMarket)
    holds(engine, 'BTC', '1')
    holds(engine, 'USDT', '20000')
    loses(engine, 'ETH', '18')
    engine.advanceTo(afterRuns)
    expect(wallets(engine, 'USDT').free).toBe(0)
    expect(wallets(engine, 'BTC').free).toBe(0.92)
    expect(wallets(engine, 'ETH').um).toBe(-4)
  })

  it('exchanges several assets of one account in one run', () => {
    const engine = engineWith({ ...ethMarket, BNB: { price: '500', maximum: '0' } })
    holds(engine, 'USDT', '100000')
    loses(engine, 'ETH', '18')
    loses(engine, 'BNB', '1.10264488')
    engine.advanceTo(afterRuns)
    const runs = engine.exchangeRuns({ account: 'main' })
    expect(runs).toHaveLength(1)
    expect(runs[0]!.details.map(({ asset, negativeBalance }) => [asset, toText(negativeBalance)])).toEqual([
      ['ETH', '18.00000000'],
      ['BNB', '1.10264488'],
    ])
    expect(wallets(engine, 'BNB').um).toBe(0)
  })

  it('ends with a record when there is too little to sell, and begins again only when there is something to sell', () => {
    const engine = engineWith(ethMarket)
    holds(engine, 'USDT', '2000')
    loses(engine, 'ETH', '18')
    engine.advanceTo(startsAt + 7 * dayMs)
    expect(engine.exchangeRuns({ account: 'main' })).toHaveLength(1)
    expect(wallets(engine, 'ETH').um).toBe(-17)
    loses(engine, 'ETH', '1')
    engine.advanceTo(startsAt + 8 * dayMs)
    expect(engine.exchangeRuns({ account: 'main' })).toHaveLength(1)
    holds(engine, 'BTC', '0.2')
    engine.advanceTo(startsAt + 9 * dayMs)
    expect(engine.exchangeRuns({ account: 'main' })).toHaveLength(2)
    expect(wallets(engine, 'ETH').um).toBe(-8)
  })

  it('sells what had no price once it has one', () => {
    const engine = engineWith({ ...ethMarket, BTC: { collateral: '0.95' } })
    holds(engine, 'BTC', '1')
    loses(engine, 'ETH', '18')
    engine.advanceTo(startsAt + dayMs)
    expect(wallets(engine, 'ETH').um).toBe(-18)
    engine.apply({ kind: 'set-price', asset: 'BTC', price: decimal('100000') })
    engine.advanceTo(startsAt + 2 * dayMs)
    expect(wallets(engine, 'ETH').um).toBe(-4)
    expect(engine.exchangeRuns({ account: 'main' })).toHaveLength(2)
  })

  it('moves as much as was sold and bought: what a movement changes in all is the row of the asset in the income history', () => {
    const engine = engineWith({ ...ethMarket, BNB: { price: '500', maximum: '0' } })
    holds(engine, 'USDT', '100000')
    holds(engine, 'ETH', '10')
    engine.apply({ kind: 'lock', account: 'main', asset: 'ETH', amount: decimal('7') })
    loses(engine, 'ETH', '24')
    loses(engine, 'BNB', '2')
    engine.advanceTo(afterRuns)
    const rows = engine.movements({ account: 'main', causes: ['auto-exchange'] }).map(({ asset, changes }) => {
      return [asset, Number(toText(sum(changes.map(({ delta }) => delta))))]
    })
    // 14 ETH short, of which 4 may stay: 10 at 2000; and 2 BNB at 500.
    expect(rows.reverse()).toEqual([
      ['ETH', 10],
      ['USDT', -20_000],
      ['USDT', -1000],
      ['BNB', 2],
    ])
  })

  it('only frees and repays where that is all there is to do, which sells and buys nothing', () => {
    const engine = engineWith({ ETH: { price: '2000', maximum: '5' } })
    holds(engine, 'ETH', '1')
    engine.apply({ kind: 'lock', account: 'main', asset: 'ETH', amount: decimal('1') })
    loses(engine, 'ETH', '18')
    engine.advanceTo(afterRuns)
    const [movement, ...others] = engine.movements({ account: 'main', causes: ['auto-exchange'] })
    expect(others).toEqual([])
    expect(movement!.changes.map(({ wallet, delta }) => [wallet, Number(toText(delta))])).toEqual(
      expect.arrayContaining([
        ['cross-locked', -1],
        ['um', 1],
      ]),
    )
    expect(Number(toText(sum(movement!.changes.map(({ delta }) => delta))))).toBe(0)
  })

  it('goes by the maximum of the level the account has when it is looked at', () => {
    const engine = engineWith(ethMarket)
    engine.apply({ kind: 'set-thresholds', asset: 'ETH', vip: 9, free: decimal('0'), maximum: decimal('20') })
    engine.apply({ kind: 'set-vip', account: 'main', vip: 9 })
    holds(engine, 'USDT', '100000')
    loses(engine, 'ETH', '18')
    engine.advanceTo(startsAt + dayMs)
    expect(engine.exchangeRuns({ account: 'main' })).toEqual([])
    engine.apply({ kind: 'set-vip', account: 'main', vip: 0 })
    engine.advanceTo(startsAt + 2 * dayMs)
    expect(engine.exchangeRuns({ account: 'main' })).toHaveLength(1)
    expect(wallets(engine, 'ETH').um).toBe(-4)
  })

  it('does not exist before 2025-01-22', () => {
    const introduced = parseInstant('2025-01-22T00:00:00Z')
    const engine = engineWith(ethMarket, introduced - 3 * dayMs)
    holds(engine, 'USDT', '100000')
    loses(engine, 'ETH', '18')
    engine.advanceTo(introduced - 1)
    expect(engine.exchangeRuns({ account: 'main' })).toEqual([])
    engine.advanceTo(introduced + 5 * minuteMs)
    expect(engine.exchangeRuns({ account: 'main' }).map(({ from }) => from)).toEqual([introduced])
  })

  it('answers runs newest first within inclusive bounds of their start', () => {
    const engine = engineWith(ethMarket)
    holds(engine, 'USDT', '100000')
    for (let round = 0; round < 3; round++) {
      loses(engine, 'ETH', '10')
      engine.advanceTo(engine.now + dayMs)
    }
    const all = engine.exchangeRuns({ account: 'main' })
    expect(all).toHaveLength(3)
    expect(all.map(({ from }) => from)).toEqual(all.map(({ from }) => from).sort((left, right) => right - left))
    const [newest, middle] = all
    expect(engine.exchangeRuns({ account: 'main', from: middle!.from, to: newest!.from })).toEqual([newest, middle])
    expect(engine.exchangeRuns({ account: 'main', from: middle!.from + 1, to: newest!.from - 1 })).toEqual([])
    expect(engine.exchangeRuns({ account: 'main', limit: 1 })).toEqual([newest])
  })
})
