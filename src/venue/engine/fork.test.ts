import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carryOut, settle, starts, steps } from '../../../test/support/arbitrary-steps.ts'
import { decimal } from '../../decimal/decimal.ts'
import { parseInstant } from '../../time/instant.ts'
import { dayMs } from '../../time/units.ts'
import type { Checkpoint, Checkpoints } from './checkpoint.ts'
import { createEngine } from './engine.ts'
import { filesOf } from './engine-files.ts'
import type { Engine } from './engine-interface.ts'
import { memoryJournal } from './memory-journal.ts'

const startsAt = parseInstant('2025-06-01T12:00:00Z')

/** An engine with debts on both exchanges. */
function indebted(): Engine {
  const engine = createEngine({ startsAt })
  settle(engine)
  engine.apply({ kind: 'book', account: 'first', wallet: 'um', asset: 'BTC', amount: decimal('-9'), reason: 'fee' })
  engine.apply({ kind: 'book', account: 'third', wallet: 'cash', asset: 'USDT', amount: decimal('-900'), reason: 'fee' })
  engine.advanceTo(startsAt + 3 * dayMs)
  return engine
}

function keeping(checkpoints: readonly Checkpoint[]): Checkpoints {
  return { read: () => checkpoints, keep: () => undefined }
}

describe('a fork', () => {
  it('stands where its origin does, and its journal replays to the same state', () => {
    fc.assert(
      fc.property(starts, steps, steps, (begins, before, after) => {
        const engine = createEngine({ startsAt: begins })
        settle(engine)
        carryOut(engine, before)
        const fork = engine.fork()
        expect(fork.now).toBe(engine.now)
        expect(fork.digest()).toBe(engine.digest())
        // The same future from both: neither takes anything from the other.
        const at = engine.now
        carryOut(fork, after)
        fork.advanceTo(fork.now + 3 * dayMs)
        expect(engine.now).toBe(at)
        carryOut(engine, after)
        engine.advanceTo(engine.now + 3 * dayMs)
        expect(fork.digest()).toBe(engine.digest())
        expect(fork.sequence).toBe(engine.sequence)
        const replayed = createEngine({
          startsAt: 0,
          journal: memoryJournal(fork.journal(), [['origin', JSON.stringify(fork.checkpoint().origin)]]),
        })
        replayed.advanceTo(fork.now)
        expect(replayed.digest()).toBe(fork.digest())
      }),
      { numRuns: 40 },
    )
  })

  it('is not told of, nor changed by, what its origin does, and the other way round', () => {
    const engine = indebted()
    const fork = engine.fork()
    const told: string[] = []
    engine.subscribe(({ kind }) => told.push(`origin ${kind}`))
    fork.subscribe(({ kind }) => told.push(`fork ${kind}`))
    const digest = engine.digest()
    fork.apply({ kind: 'deposit', account: 'first', asset: 'BTC', amount: decimal('10') })
    fork.advanceTo(fork.now + 30 * dayMs)
    expect(engine.digest()).toBe(digest)
    expect(new Set(told.map((event) => event.split(' ')[0]))).toEqual(new Set(['fork']))
    expect(fork.okxCharges({ account: 'third' }).length).toBe(engine.okxCharges({ account: 'third' }).length + 30 * 24)
  })

  it('refuses a repeated id as its origin would, and undoes a transaction that fails', () => {
    const engine = indebted()
    engine.apply({ kind: 'deposit', account: 'first', asset: 'BTC', amount: decimal('1') }, { id: 'once' })
    const fork = engine.fork()
    const digest = fork.digest()
    fork.apply({ kind: 'deposit', account: 'first', asset: 'BTC', amount: decimal('1') }, { id: 'once' })
    expect(() =>
      fork.applyAll([
        { command: { kind: 'deposit', account: 'first', asset: 'BTC', amount: decimal('1') }, at: fork.now + dayMs },
        { command: { kind: 'withdraw', account: 'first', asset: 'BTC', amount: decimal('1000') }, at: fork.now + dayMs },
      ]),
    ).toThrow(expect.objectContaining({ code: 'venue.insufficient' }))
    expect(fork.digest()).toBe(digest)
  })

  it('of an engine with an empty journal stands at the same instant', () => {
    const engine = createEngine({ startsAt })
    engine.advanceTo(startsAt + dayMs)
    expect(engine.fork().now).toBe(engine.now)
  })
})

describe('a checkpoint', () => {
  it('lets an engine go on as if it had never stopped, however often it is used', () => {
    fc.assert(
      fc.property(starts, steps, steps, (begins, before, after) => {
        const engine = createEngine({ startsAt: begins })
        settle(engine)
        carryOut(engine, before)
        const copy = engine.copy()
        carryOut(engine, after)
        engine.advanceTo(engine.now + 3 * dayMs)
        for (let time = 0; time < 2; time++) {
          const restored = createEngine({ startsAt: 0, ...filesOf(copy) })
          carryOut(restored, after)
          restored.advanceTo(engine.now)
          expect(restored.digest()).toBe(engine.digest())
        }
      }),
      { numRuns: 30 },
    )
  })

  it.each<[string, (checkpoint: Checkpoint) => Checkpoint]>([
    ['of another journal', (checkpoint) => ({ ...checkpoint, seal: 'another' })],
    ['of other rules', (checkpoint) => ({ ...checkpoint, origin: { ...checkpoint.origin, rulesVersion: 0 } })],
    ['of a newer form', (checkpoint) => ({ ...checkpoint, form: checkpoint.form + 1 })],
    ['of entries the journal does not have', (checkpoint) => ({ ...checkpoint, sequence: checkpoint.sequence + 5 })],
    ['that is cut short', (checkpoint) => ({ ...checkpoint, memory: checkpoint.memory.slice(0, 100) })],
    ['that is no memory', (checkpoint) => ({ ...checkpoint, memory: new TextEncoder().encode('no memory') })],
  ])('%s is left alone: the journal is replayed', (_, spoil) => {
    const engine = indebted()
    const copy = engine.copy()
    const files = filesOf(copy)
    const again = createEngine({ startsAt: 0, ...files, checkpoints: keeping([spoil(copy.checkpoint)]) })
    expect(again.digest()).toBe(engine.digest())
  })
})
