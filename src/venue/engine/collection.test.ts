import { describe, expect, it } from 'vitest'
import { MarginKit } from '../../../test/support/margin-kit.ts'
import { decimal } from '../../decimal/decimal.ts'
import { isoInstant } from '../../time/instant.ts'
import type { Command } from './command.ts'

const start = '2025-06-01T12:00:00Z'

function collect(kit: MarginKit, fields: Partial<Extract<Command, { kind: 'collect' }>> = {}): MarginKit {
  kit.engine.apply({ kind: 'collect', account: 'main', ...fields })
  return kit
}

function transferBnb(kit: MarginKit, amount: string, side: 'to-um' | 'from-um' = 'to-um'): MarginKit {
  kit.engine.apply({ kind: 'transfer-bnb', account: 'main', amount: decimal(amount), side })
  return kit
}

const refused = (code: string) => expect.objectContaining({ code })

describe('rule: collection', () => {
  it('brings every positive futures balance to cross margin but BNB in UM, and leaves debts alone', () => {
    const kit = new MarginKit(start)
      .books('USDT', '5')
      .books('USDT', '-3', 'cm')
      .books('BTC', '1', 'cm')
      .books('BNB', '2')
      .books('BNB', '4', 'cm')
    collect(kit)
    expect(kit.balances('USDT')).toEqual({ crossFree: '5', cm: '-3' })
    expect(kit.balances('BTC')).toEqual({ crossFree: '1' })
    expect(kit.balances('BNB')).toEqual({ crossFree: '4', um: '2' })
    expect(kit.engine.movements({ account: 'main', causes: ['collection'] })).toHaveLength(3)
    const before = kit.engine.binanceBalances('main')
    collect(kit)
    expect(kit.engine.binanceBalances('main')).toEqual(before)
  })

  it('of one asset takes what UM and CM have, or a given amount of one of them', () => {
    const kit = new MarginKit(start).books('USDT', '5').books('USDT', '3', 'cm').books('BTC', '1')
    collect(kit, { asset: 'USDT', amount: decimal('2'), from: 'cm' })
    expect(kit.balances('USDT')).toEqual({ crossFree: '2', um: '5', cm: '1' })
    collect(kit, { asset: 'USDT' })
    expect(kit.balances('USDT')).toEqual({ crossFree: '8' })
    expect(kit.balances('BTC')).toEqual({ um: '1' })
    expect(() => collect(kit, { asset: 'USDT', amount: decimal('0.00000001'), from: 'um' })).toThrow(refused('venue.insufficient'))
  })

  it('refuses BNB, and an amount without a wallet or a wallet without an amount', () => {
    const kit = new MarginKit(start).books('BNB', '1', 'cm').books('USDT', '1')
    expect(() => collect(kit, { asset: 'BNB' })).toThrow(refused('venue.not-collectable'))
    for (const fields of [
      { asset: 'USDT', from: 'um' },
      { asset: 'USDT', amount: decimal('1') },
      { from: 'um' },
      { amount: decimal('1') },
    ] as const) {
      expect(() => collect(kit, fields)).toThrow(refused('venue.collection-malformed'))
    }
  })

  it('of everything is possible 500 times in any hour', () => {
    const kit = new MarginKit(start)
    for (let call = 0; call < 499; call++) collect(kit)
    collect(kit.at('2025-06-01T12:30:00Z'))
    kit.at('2025-06-01T12:59:59.999Z')
    expect(() => collect(kit)).toThrow(refused('venue.too-often'))
    // Of one asset it is not counted.
    collect(kit, { asset: 'USDT' }).at('2025-06-01T13:00:00Z')
    for (let call = 0; call < 499; call++) collect(kit)
    expect(() => collect(kit)).toThrow(refused('venue.too-often'))
    collect(kit.at('2025-06-01T13:30:00Z'))
  })
})

describe('rule: bnb-transfer', () => {
  it('moves BNB from cross margin to UM and back, as far as there is any', () => {
    const kit = transferBnb(new MarginKit(start).holds('BNB', '3'), '2')
    expect(kit.balances('BNB')).toEqual({ crossFree: '1', um: '2' })
    transferBnb(kit, '1.5', 'from-um')
    expect(kit.balances('BNB')).toEqual({ crossFree: '2.5', um: '0.5' })
    expect(() => transferBnb(kit, '2.50000001')).toThrow(refused('venue.insufficient'))
    expect(() => transferBnb(kit, '0.50000001', 'from-um')).toThrow(refused('venue.insufficient'))
    expect(kit.engine.movements({ account: 'main', causes: ['bnb-transfer'] })).toHaveLength(2)
  })

  it('is possible ten times in any ten minutes; what is refused does not count', () => {
    const kit = new MarginKit(start).holds('BNB', '100')
    for (let call = 0; call < 5; call++) transferBnb(kit, '1')
    expect(() => transferBnb(kit, '1000')).toThrow(refused('venue.insufficient'))
    kit.at('2025-06-01T12:05:00Z')
    for (let call = 0; call < 5; call++) transferBnb(kit, '1')
    kit.at('2025-06-01T12:09:59.999Z')
    expect(() => transferBnb(kit, '1')).toThrow(refused('venue.too-often'))
    kit.at('2025-06-01T12:10:00Z')
    for (let call = 0; call < 5; call++) transferBnb(kit, '1')
    expect(() => transferBnb(kit, '1')).toThrow(refused('venue.too-often'))
    expect(isoInstant(kit.engine.now)).toBe('2025-06-01T12:10:00.000Z')
  })
})
