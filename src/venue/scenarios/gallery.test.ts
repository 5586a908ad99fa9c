import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toText } from '../../decimal/decimal.ts'
import { isoInstant, parseInstant } from '../../time/instant.ts'
import { createEngine } from '../engine/engine.ts'
import type { Engine } from '../engine/engine-interface.ts'
import { applyScenario, type ShippedScenario, scenarioCommands, shippedScenario, shippedScenarios } from './scenario.ts'
import { shippedPath } from './shipped-files.ts'

const endsAt = parseInstant('2026-11-21T10:17:00Z')

function play(name: ShippedScenario): Engine {
  const unfolded = scenarioCommands(shippedScenario(name), endsAt)
  const engine = createEngine({ startsAt: unfolded.startsAt })
  applyScenario(engine, unfolded, [])
  engine.advanceTo(endsAt)
  return engine
}

const principals = (engine: Engine, account: string, asset?: string) =>
  engine
    .binanceCharges({ account, asset })
    .map(({ at, principal }) => `${isoInstant(at).slice(0, 10)} ${toText(principal).replace(/\.?0+$/, '')}`)

describe('the gallery', () => {
  it('is every scenario file of its folder, each under its own name', () => {
    const files = readdirSync(shippedPath('.')).filter((file) => file.endsWith('.yaml'))
    expect(files.sort()).toEqual([...shippedScenarios].map((name) => `${name}.yaml`).sort())
    for (const name of shippedScenarios) expect(shippedScenario(name)).toMatchObject({ name, description: expect.stringMatching(/./) })
  })

  it('quiet-month: a charge a day and one an hour, and an account that stands well', () => {
    const engine = play('quiet-month')
    expect(engine.binanceCharges({ account: 'main' })).toHaveLength(30)
    // The hour begun when it was borrowed, and 720 full ones.
    expect(engine.loanCharges({ account: 'main' })).toHaveLength(721)
    expect(engine.okxCharges({ account: 'okx', marginMode: 'cross' })).toHaveLength(720)
    expect(engine.okxCharges({ account: 'okx', marginMode: 'isolated' })).toHaveLength(720)
    expect(engine.exchangeRuns({ account: 'main' })).toEqual([])
    expect(engine.marginStatus('main').level).toBe('normal')
  })

  it('funding-bleed: debts that grow from day to day, later where Auto Repay empties the margin account first', () => {
    const engine = play('funding-bleed')
    const main = engine.binanceCharges({ account: 'main' })
    const careful = engine.binanceCharges({ account: 'careful' })
    expect(main.length).toBeGreaterThan(careful.length)
    expect(careful.length).toBeGreaterThan(0)
    expect(engine.movements({ account: 'main', causes: ['auto-repay'] })).toEqual([])
    expect(engine.movements({ account: 'careful', causes: ['auto-repay'] }).length).toBeGreaterThan(0)
  })

  it('auto-exchange-cascade: one run with two assets, others after it, and a last one that finds too little to sell', () => {
    const engine = play('auto-exchange-cascade')
    const runs = engine.exchangeRuns({ account: 'main' }).toReversed()
    expect(runs.map(({ details }) => details.map(({ asset }) => asset))).toEqual([['USDT', 'ETH'], ['BNB'], ['USDT'], ['USDT']])
    const usdt = engine.binanceBalances('main').find(({ asset }) => asset === 'USDT')
    expect(Number(toText(usdt?.totalWallet ?? { mantissa: 0n, scale: 0 }))).toBeLessThan(-20_000)
  })

  it('rate-spike: the rate at midnight counts for the day, that of the hour for loans and on OKX', () => {
    const engine = play('rate-spike')
    const ratesAt = (charges: readonly { readonly rateDaily: { readonly mantissa: bigint; readonly scale: number } }[]) =>
      new Set(charges.map(({ rateDaily }) => Number(toText(rateDaily))))
    expect(ratesAt(engine.binanceCharges({ account: 'main' }))).toEqual(new Set([0.000148, 0.00093, 0.002328, 0.0001164]))
    expect(ratesAt(engine.loanCharges({ account: 'main' }))).toEqual(new Set([0.000148, 0.00093, 0.002328, 0.00119, 0.00041, 0.0001164]))
    expect(ratesAt(engine.okxCharges({ account: 'okx' }))).toEqual(new Set([0.000098, 0.000505, 0.00196, 0.000126]))
  })

  it('okx-forced-repayment: one repayment down to the quota, one down to 95 % of what the platform lends, and no other', () => {
    const engine = play('okx-forced-repayment')
    const owed = (account: string, asset: string) => {
      const balance = engine.okxBalances(account).find((found) => found.asset === asset)
      return balance === undefined ? undefined : Number(toText(balance.crossLiability))
    }
    expect(owed('okx', 'BTC')).toBe(1)
    // 28,500 on the day before the end, and the interest of 24 hours since.
    expect(owed('borrower', 'USDT')).toBeCloseTo(28_502.793, 3)
    expect(engine.okxCharges({ account: 'okx' })).toEqual([])
    for (const account of ['okx', 'borrower']) {
      const movements = engine.movements({ account, causes: ['forced-repayment'] })
      expect(movements.length).toBeGreaterThan(1)
      expect(new Set(movements.map(({ at }) => at)).size).toBe(1)
    }
  })

  it('vip-downgrade: what was free is charged, and then exchanged', () => {
    const engine = play('vip-downgrade')
    expect(principals(engine, 'main')).toEqual([
      '2026-11-21 15000',
      '2026-11-20 15000',
      '2026-11-19 8800',
      '2026-11-18 8800',
      '2026-11-17 8800',
    ])
    expect(engine.exchangeRuns({ account: 'main' })).toHaveLength(1)
  })

  it('regime-change-2025-05-17: another principal from that midnight on, for each account in its own way', () => {
    const engine = play('regime-change-2025-05-17')
    expect(principals(engine, 'main', 'USDT').at(-1)).toBe('2025-05-17 4000')
    expect(principals(engine, 'main', 'ETH').at(-1)).toBe('2025-05-17 1.9')
    expect(principals(engine, 'whale').slice(-7)).toEqual([
      '2025-05-17 200000',
      ...['16', '15', '14', '13', '12', '11'].map((day) => `2025-05-${day} 210000`),
    ])
    expect(principals(engine, 'covered')).toEqual(['16', '15', '14', '13', '12', '11'].map((day) => `2025-05-${day} 250000`))
  })

  it('thousand-accounts: a thousand accounts, each with charges of its own', () => {
    const engine = play('thousand-accounts')
    const accounts = engine.accounts()
    expect(accounts).toHaveLength(1_000)
    const uncharged = accounts.filter(({ account, exchange }) => {
      const rows = exchange === 'okx' ? engine.okxCharges({ account, limit: 1 }) : engine.binanceCharges({ account, limit: 1 })
      return rows.length === 0
    })
    expect(uncharged).toEqual([])
    expect(principals(engine, 'fund-001')).not.toEqual(principals(engine, 'fund-002'))
  })
})
