import { describe, expect, it } from 'vitest'
import { decimal } from '../../decimal/decimal.ts'
import { overdraftError } from '../../errors/overdraft-error.ts'
import { parseInstant } from '../../time/instant.ts'
import { dayMs } from '../../time/units.ts'
import { type ChargePlace, chargesInMemory } from './charge-place.ts'
import type { Checkpoint, Checkpoints } from './checkpoint.ts'
import type { Command } from './command.ts'
import { createEngine } from './engine.ts'
import { filesOf } from './engine-files.ts'
import { memoryJournal } from './memory-journal.ts'

const startsAt = parseInstant('2025-06-01T12:00:00Z')
const open: Command = { kind: 'open-account', account: 'main', exchange: 'binance', vip: 0 }
const deposit: Command = { kind: 'deposit', account: 'main', asset: 'USDT', amount: decimal('7') }
const withdraw: Command = { kind: 'withdraw', account: 'main', asset: 'USDT', amount: decimal('1000000') }

function noting(): Checkpoints & { readonly kept: Checkpoint[] } {
  const kept: Checkpoint[] = []
  return { kept, read: () => [], keep: (checkpoint) => kept.push(checkpoint) }
}

describe('an engine with a place for checkpoints', () => {
  it('keeps one every so often, after a command and never within a transaction, and one at its end', () => {
    const checkpoints = noting()
    const journal = memoryJournal()
    const engine = createEngine({ startsAt, journal, checkpoints })
    engine.apply(open)
    for (let count = 0; count < 9_998; count++) engine.apply(deposit)
    expect(checkpoints.kept).toHaveLength(0)
    engine.apply(deposit)
    expect(checkpoints.kept.map(({ sequence }) => sequence)).toEqual([10_000])
    const many = Array.from({ length: 25_000 }, () => ({ command: deposit, at: startsAt + dayMs }))
    expect(() => engine.applyAll([...many, { command: withdraw, at: startsAt + dayMs }])).toThrow('does not cover')
    expect(checkpoints.kept).toHaveLength(1)
    engine.applyAll(many)
    expect(checkpoints.kept.map(({ sequence }) => sequence)).toEqual([10_000, 35_000])
    engine.apply(deposit)
    const copy = engine.copy()
    engine.close()
    expect(checkpoints.kept.map(({ sequence }) => sequence)).toEqual([10_000, 35_000, 35_001])
    for (const checkpoint of checkpoints.kept) {
      const again = createEngine({ startsAt: 0, ...filesOf(copy), checkpoints: { read: () => [checkpoint], keep: () => undefined } })
      expect(again.digest()).toBe(engine.digest())
    }
  })

  it('carries on when none can be written, and does not try again with every command', () => {
    let tries = 0
    const keep = (): void => {
      tries += 1
      throw overdraftError('storage.full', { path: 'checkpoint' })
    }
    const engine = createEngine({ startsAt, checkpoints: { read: () => [], keep } })
    engine.apply(open)
    for (let count = 0; count < 10_100; count++) engine.apply(deposit)
    expect(tries).toBe(1)
    expect(engine.binanceBalances('main')[0]?.crossFree).toEqual(decimal('70700.00000000'))
  })
})

describe('an engine whose charges cannot be written', () => {
  it('stands on its journal again as soon as they can', () => {
    let isFull = false
    const charges: ChargePlace = {
      ...chargesInMemory,
      open: (mark) => {
        const stores = chargesInMemory.open(mark)
        const append = stores.negativeBalance.append.bind(stores.negativeBalance)
        stores.negativeBalance.append = (batch) => {
          if (isFull) throw overdraftError('storage.full', { path: 'charges' })
          append(batch)
        }
        return stores
      },
    }
    const journal = memoryJournal()
    const engine = createEngine({ startsAt, journal, charges })
    const rate: Command = { kind: 'set-rate', exchange: 'binance', asset: 'USDT', rateDaily: decimal('0.001') }
    const loss: Command = { kind: 'book', account: 'main', wallet: 'um', asset: 'USDT', amount: decimal('-100'), reason: 'fee' }
    for (const command of [open, rate, loss]) engine.apply(command)
    engine.advanceTo(startsAt + dayMs)
    isFull = true
    expect(() => engine.advanceTo(startsAt + 3 * dayMs)).toThrow(expect.objectContaining({ code: 'storage.full' }))
    expect(() => engine.binanceCharges({ account: 'main' })).toThrow(expect.objectContaining({ code: 'storage.full' }))
    expect(() => engine.apply(deposit)).toThrow(expect.objectContaining({ code: 'storage.full' }))
    expect([engine.now, engine.nextDue()]).toEqual([startsAt + 3 * dayMs, startsAt + 3 * dayMs + 1])
    isFull = false
    // The move was in the journal before it was carried out.
    expect(engine.binanceCharges({ account: 'main' })).toHaveLength(3)
    expect(engine.now).toBe(startsAt + 3 * dayMs)
    expect(engine.digest()).toBe(createEngine({ startsAt, journal }).digest())
  })
})
