import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carryOut, settle, starts, steps } from '../../../test/support/arbitrary-steps.ts'
import { MarginKit } from '../../../test/support/margin-kit.ts'
import { decimal } from '../../decimal/decimal.ts'
import type { MarginLevels } from '../../rules/margin-level.ts'
import { isoInstant } from '../../time/instant.ts'
import { dayMs } from '../../time/units.ts'
import { createEngine } from './engine.ts'

/** 1500 USDT of collateral and a requirement of 500: uniMMR 300 %. */
function trader(levels: MarginLevels = 'today'): MarginKit {
  const kit = new MarginKit('2025-06-01T12:00:00Z', { marginLevels: levels }).price('USDT', '1').price('BTC', '50000')
  return kit.holds('USDT', '1500').requires('USDT', '500')
}

function listen(kit: MarginKit): { readonly told: string[]; readonly end: () => void } {
  const told: string[] = []
  const end = kit.engine.subscribe((event) => {
    if (event.kind === 'margin-level') told.push(`${isoInstant(event.at).slice(11, 16)} ${event.account} ${event.status.level}`)
  })
  return { told, end }
}

describe('rule: margin-levels', () => {
  it('are told when a movement, a price or a requirement changes them, and only then', () => {
    const kit = trader()
    const { told } = listen(kit)
    kit.books('USDT', '-700').books('USDT', '-50').books('USDT', '-50').at('2025-06-01T12:10:00Z')
    kit.books('USDT', '-100').requires('USDT', '600').holds('BTC', '1').price('BTC', '10')
    expect(told).toEqual([
      '12:00 main margin-call',
      '12:10 main reduce-only',
      '12:10 main liquidation',
      '12:10 main normal',
      '12:10 main liquidation',
    ])
    expect(kit.engine.marginStatus('main').level).toBe('liquidation')
  })

  it('are told the same to somebody who began to listen in between, and to nobody after the end', () => {
    const kit = trader()
    kit.books('USDT', '-800')
    const late = listen(kit)
    kit.books('USDT', '-10').books('USDT', '-150')
    expect(late.told).toEqual(['12:00 main reduce-only'])
    late.end()
    kit.books('USDT', '-500')
    const later = listen(kit)
    kit.books('USDT', '-1').holds('USDT', '5000')
    expect(later.told).toEqual(['12:00 main normal'])
    expect(late.told).toHaveLength(1)
  })

  it('change with an auto-exchange too: what counted in part has repaid what counted in full', () => {
    const kit = new MarginKit('2025-06-01T12:00:00Z').price('USDT', '1').price('BTC', '50000', '0.8').price('ETH', '100')
    kit.engine.apply({ kind: 'set-thresholds', asset: 'ETH', free: decimal('0'), maximum: decimal('1') })
    kit.holds('BTC', '0.03').requires('USDT', '500').books('ETH', '-5')
    const { told } = listen(kit)
    expect(kit.engine.marginStatus('main').level).toBe('margin-call')
    kit.at('2025-06-01T12:20:00Z')
    expect(told.map((line) => line.slice(6))).toEqual(['main normal'])
  })

  it('follow the terms of a loan and the older thresholds where a venue is told so', () => {
    const kit = trader('former')
    const { told } = listen(kit)
    kit.borrows('BTC', '0.02').requires('USDT', '0').terms('BTC', '1', '0.8').terms('BTC', '1', '0.7').terms('BTC', '1', '0')
    expect(told).toEqual(['12:00 main margin-call', '12:00 main normal'])
  })

  it('are no part of the state: two engines differ in nothing but who listens', () => {
    const run = (kit: MarginKit) => kit.books('USDT', '-800').at('2025-06-03T00:00:00Z').books('USDT', '-500').engine.digest()
    const heard = trader()
    const { told } = listen(heard)
    expect(run(heard)).toBe(run(trader()))
    expect(told).toHaveLength(2)
  })

  it('are never told twice in a row, and leave the state of any engine as it is', () => {
    fc.assert(
      fc.property(starts, steps, fc.nat(40), (startsAt, given, from) => {
        const [heard, alone] = [createEngine({ startsAt }), createEngine({ startsAt })]
        for (const engine of [heard, alone]) settle(engine)
        const known = new Map<string, string>()
        const repeated: string[] = []
        carryOut(heard, given.slice(0, from))
        for (const { account, exchange } of heard.accounts()) {
          if (exchange === 'binance') known.set(account, heard.marginStatus(account).level)
        }
        heard.subscribe((event) => {
          if (event.kind !== 'margin-level') return
          if (known.get(event.account) === event.status.level) repeated.push(event.account)
          known.set(event.account, event.status.level)
        })
        carryOut(heard, given.slice(from))
        carryOut(alone, given)
        heard.advanceTo(Math.max(heard.now, alone.now) + dayMs)
        alone.advanceTo(heard.now)
        expect(repeated).toEqual([])
        expect(heard.digest()).toBe(alone.digest())
      }),
      { numRuns: 40 },
    )
  })
})
