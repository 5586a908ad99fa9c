import { beforeAll, describe, expect, it } from 'vitest'
import { absolute, add, compare, isNegative, isZero, multiply, negate, sum } from '../../decimal/arithmetic.ts'
import { type Decimal, decimal } from '../../decimal/decimal.ts'
import { boundaryAtOrBefore, everyDayAtMidnightUtc, everyHour } from '../../time/boundary.ts'
import { dayMs, hourMs } from '../../time/units.ts'
import { createEngine } from '../engine/engine.ts'
import type { Engine } from '../engine/engine-interface.ts'
import type { BinanceBalance, BinanceCharge, ExchangeRun, OkxCharge } from '../engine/record.ts'
import { defaultScenario, scenarioCommands } from './scenario.ts'

const ends = [
  '2026-11-21T10:17:00Z',
  '2026-11-20T23:59:59.999Z',
  '2026-11-21T00:00:00Z',
  '2026-11-21T00:00:00.001Z',
  '2026-11-21T22:00:00Z',
  '2028-02-29T12:34:56Z',
  '2027-03-01T00:05:00Z',
  '2027-01-01T07:00:00Z',
]
const historyMs = 400 * dayMs
const binanceLabels = ['main', 'hedge']
/** Bounds of the prices in the file. */
const prices: Readonly<Record<string, readonly [lowest: Decimal, highest: Decimal]>> = {
  USDT: [decimal('1'), decimal('1')],
  USDC: [decimal('0.9991'), decimal('1.0004')],
  BTC: [decimal('68000'), decimal('124000')],
  ETH: [decimal('2100'), decimal('4300')],
  BNB: [decimal('560'), decimal('1180')],
  SOL: [decimal('95'), decimal('240')],
}
/** Of VIP level 0. */
const freeThresholds: Readonly<Record<string, Decimal>> = { BTC: decimal('0.01'), ETH: decimal('0.1'), BNB: decimal('0.1') }

function greater(left: Decimal, right: Decimal): boolean {
  return compare(left, right) > 0
}

const scenario = defaultScenario()

/** A venue's engine with the whole scenario behind it. */
function engineAt(endsAt: number): Engine {
  const { startsAt, commands } = scenarioCommands(scenario, endsAt)
  const engine = createEngine({ startsAt })
  engine.applyAll(commands)
  engine.advanceTo(endsAt)
  return engine
}

describe.each(ends)('the shipped scenario, ending at %s', (text) => {
  const endsAt = Date.parse(text)
  const midnight = boundaryAtOrBefore(endsAt, everyDayAtMidnightUtc)
  // What is looked at is read at the end, before the two tests that act on the engine.
  let engine: Engine
  let balances: Readonly<Record<string, readonly BinanceBalance[]>>
  let charges: readonly BinanceCharge[]
  let runs: readonly ExchangeRun[]
  let hourly: readonly OkxCharge[]

  beforeAll(() => {
    engine = engineAt(endsAt)
    balances = Object.fromEntries(binanceLabels.map((account) => [account, engine.binanceBalances(account)]))
    charges = binanceLabels.flatMap((account) => engine.binanceCharges({ account }))
    runs = binanceLabels.flatMap((account) => engine.exchangeRuns({ account }))
    hourly = engine.okxCharges({ account: 'okx' })
  })

  const balanceOf = (asset: string) => balances['main']!.find((row) => row.asset === asset)!

  it.each(['USDT', 'BTC', 'ETH', 'BNB'])('was charged %s on most of 400 days, on main alone', (asset) => {
    const days = new Set(charges.filter((charge) => charge.account === 'main' && charge.asset === asset).map(({ at }) => at))
    expect(days.size).toBeGreaterThan(300)
    expect(days.size).toBeLessThanOrEqual(400)
  })

  it('was charged on days with and on days without a debt in each asset, at rates that changed', () => {
    for (const asset of ['USDT', 'BTC', 'ETH', 'BNB']) {
      const rates = new Set(
        charges.filter((charge) => charge.asset === asset).map(({ rateDaily }) => `${rateDaily.mantissa}/${rateDaily.scale}`),
      )
      expect(rates.size).toBeGreaterThan(50)
    }
    const ethDays = charges.filter((charge) => charge.account === 'main' && charge.asset === 'ETH').length
    expect(ethDays).toBeLessThan(390)
  })

  it('was charged at the last two midnights, on both accounts', () => {
    for (const at of [midnight, midnight - dayMs]) {
      for (const account of binanceLabels) {
        expect(charges.filter((charge) => charge.at === at && charge.account === account).length).toBeGreaterThanOrEqual(2)
      }
    }
  })

  it('ends with a USDT debt in the UM wallet of main that its free cross margin covers', () => {
    const { um, crossFree } = balanceOf('USDT')
    expect(isNegative(um)).toBe(true)
    expect(greater(absolute(um), decimal('500'))).toBe(true)
    expect(greater(crossFree, absolute(um))).toBe(true)
    engine.apply({ kind: 'repay-futures', account: 'main' })
    expect(isZero(engine.binanceBalances('main').find(({ asset }) => asset === 'USDT')!.um)).toBe(true)
  })

  it('ends with main owing BTC, ETH and BNB over all wallets, so much that the next midnight charges each and auto-exchange keeps still', () => {
    engine.advanceTo(midnight + dayMs)
    const next = engine.binanceCharges({ account: 'main', from: midnight + dayMs })
    expect(next.map(({ asset }) => asset).sort()).toEqual(['BNB', 'BTC', 'ETH'])
    for (const { asset, principal } of next) {
      expect(compare(add(principal, freeThresholds[asset]!), negate(balanceOf(asset).negative))).toBe(0)
    }
    expect(binanceLabels.flatMap((account) => engine.exchangeRuns({ account }))).toEqual(runs)
  })

  it('saw five auto-exchange runs, all on main, three of them in the last 80 days', () => {
    expect(runs).toHaveLength(5)
    expect(runs.filter(({ from }) => from >= endsAt - 80 * dayMs)).toHaveLength(3)
    expect(runs.filter(({ account }) => account === 'main')).toHaveLength(5)
    for (const { from, to, details } of runs) {
      expect(to - from).toBeGreaterThanOrEqual(50_000)
      expect(to - from).toBeLessThanOrEqual(205_000)
      for (const { negativeBalance, maximumThreshold } of details) expect(greater(negativeBalance, maximumThreshold)).toBe(true)
    }
    expect(runs.map(({ details }) => details.length).sort()).toEqual([1, 1, 1, 1, 2])
  })

  it('keeps three times what is owed as collateral, with debts at the highest prices of the scenario and holdings at the lowest', () => {
    for (const account of binanceLabels) {
      const owned = balances[account]!.filter(({ totalWallet }) => !isNegative(totalWallet))
      const owed = balances[account]!.filter(({ totalWallet }) => isNegative(totalWallet))
      const ownedUsd = sum(owned.map(({ asset, totalWallet }) => multiply(totalWallet, prices[asset]![0])))
      const owedUsd = sum(owed.map(({ asset, totalWallet }) => multiply(absolute(totalWallet), prices[asset]![1])))
      expect(greater(ownedUsd, multiply(owedUsd, decimal('3')))).toBe(true)
    }
  })

  it('has OKX rows of every hour of the last 120 days in two currencies, up to the last full hour', () => {
    const lastHour = boundaryAtOrBefore(endsAt, everyHour)
    for (const asset of ['USDT', 'BTC']) {
      const hours = new Set(hourly.filter((row) => row.asset === asset && row.marginMode === 'cross').map(({ at }) => at))
      const wanted = Array.from({ length: 120 * 24 }, (_, index) => lastHour - index * hourMs)
      expect(wanted.filter((at) => !hours.has(at))).toEqual([])
    }
    expect(hourly.every(({ at }) => at > endsAt - 125 * dayMs)).toBe(true)
  })

  it('has mostly cross rows, and isolated ones of BTC-USDT in both currencies, some of them in the last week', () => {
    const isolated = hourly.filter(({ marginMode }) => marginMode === 'isolated')
    expect(isolated.length).toBeGreaterThan(400)
    expect(hourly.length).toBeGreaterThan(5 * isolated.length)
    expect(new Set(isolated.map(({ asset, instId }) => `${asset} ${instId}`))).toEqual(new Set(['USDT BTC-USDT', 'BTC BTC-USDT']))
    expect(isolated.some(({ at }) => at > endsAt - 7 * dayMs)).toBe(true)
    expect(hourly.filter(({ marginMode }) => marginMode === 'cross').every(({ instId }) => instId === '')).toBe(true)
  })

  it('shows total and interest-free liabilities, part of the time with a free quota and part without', () => {
    for (const asset of ['USDT', 'BTC']) {
      const cross = hourly.filter((row) => row.asset === asset && row.marginMode === 'cross')
      const withQuota = cross.filter(({ interestFreeLiability }) => !isZero(interestFreeLiability))
      expect(withQuota.length).toBeGreaterThan(500)
      expect(cross.length - withQuota.length).toBeGreaterThan(500)
      for (const { liability, totalLiability, interestFreeLiability } of cross) {
        expect(compare(add(liability, interestFreeLiability), totalLiability)).toBe(0)
      }
    }
  })

  it('is within the 400 days', () => {
    expect(charges.every(({ at }) => at > endsAt - historyMs && at <= midnight)).toBe(true)
  })
})

describe('the shipped scenario', () => {
  it('gives the same state twice', () => {
    const endsAt = Date.parse(ends[0]!)
    expect(engineAt(endsAt).digest()).toBe(engineAt(endsAt).digest())
  })
})
