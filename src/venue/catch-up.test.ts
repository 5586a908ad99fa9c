import { describe, expect, test } from 'vitest'
import { kitStart, loseOnBinance, venueKit } from '../../test/support/venue-kit.ts'
import { decimal } from '../decimal/decimal.ts'
import { overdraftError } from '../errors/overdraft-error.ts'
import type { Clock } from '../time/clock.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { createEngine } from './engine/engine.ts'
import type { Engine } from './engine/engine-interface.ts'
import { VenueClock } from './venue-clock.ts'
import { VenueTicker } from './venue-ticker.ts'

/** A real clock by which every look at the time takes as long as it is told. */
function slowClock(now: number, lookMs: () => number): Clock {
  let passed = 0
  return {
    now: () => now,
    steady: () => {
      passed += lookMs()
      return passed
    },
    wait: () => Promise.resolve(),
  }
}

/** An engine that owes from its first instant on, on a clock that follows the real one. */
async function owing(): Promise<Engine> {
  const { venue } = await venueKit({ mode: { kind: 'frozen', at: kitStart } })
  loseOnBinance(venue, 'BTC', '0.3')
  const engine = venue.engine.fork()
  engine.apply({ kind: 'set-clock', mode: { kind: 'real' } })
  return engine
}

describe('a venue that was stopped for years', () => {
  test('makes up for it in slices, and shows no instant before everything due at it has fired', async () => {
    const engine = await owing()
    const target = kitStart + 1_000 * dayMs
    const clock = new VenueClock({ real: slowClock(target, () => 1), engine: () => engine })
    const shown: number[] = [clock.now()]
    let slices = 1
    while (!clock.catchUp()) {
      slices += 1
      shown.push(clock.now())
      // As far as the clock shows, every midnight was charged.
      const midnights = Math.floor(clock.now() / dayMs) - Math.floor(kitStart / dayMs)
      expect(engine.binanceCharges({ account: 'main', to: clock.now() })).toHaveLength(midnights)
    }
    expect(slices).toBeGreaterThan(3)
    expect(shown).toEqual([...shown].sort((left, right) => left - right))
    expect(shown.every((instant) => instant <= target)).toBe(true)
    expect(clock.now()).toBe(target)
    expect(engine.binanceCharges({ account: 'main' })).toHaveLength(1_000)

    const atOnce = await owing()
    atOnce.advanceTo(target)
    expect(engine.binanceCharges({ account: 'main' })).toEqual(atOnce.binanceCharges({ account: 'main' }))
    // Steps grow, so that a long way is few entries of the journal.
    expect(engine.sequence - atOnce.sequence).toBeLessThan(100)
  })

  test('is stopped, when its clock is frozen, where the step under way ends', async () => {
    const engine = await owing()
    const clock = new VenueClock({ real: slowClock(kitStart + 1_000 * dayMs, () => 60), engine: () => engine })
    expect(clock.catchUp()).toBe(false)
    const reached = clock.now()
    clock.freeze()
    const stopped = clock.now()
    expect(stopped).toBeGreaterThanOrEqual(reached)
    expect(stopped).toBeLessThan(kitStart + 10 * dayMs)
    expect([clock.catchUp(), clock.now(), engine.now]).toEqual([true, stopped, stopped])
  })

  test('whoever changes something meanwhile does so at an instant that nothing has passed', async () => {
    const engine = await owing()
    const clock = new VenueClock({ real: slowClock(kitStart + 1_000 * dayMs, () => 3), engine: () => engine })
    while (!clock.catchUp()) {
      clock.finish()
      const at = clock.now()
      engine.apply({ kind: 'deposit', account: 'main', asset: 'USDC', amount: decimal('1') }, { at })
      expect(engine.movements({ account: 'main', limit: 1 })).toMatchObject([{ at, cause: 'deposit' }])
    }
    expect(engine.binanceCharges({ account: 'main' })).toHaveLength(1_000)
  })
})

describe('a clock that runs', () => {
  test('stands right before a boundary until that has fired', async () => {
    const engine = await owing()
    const real = new ManualClock(kitStart)
    const clock = new VenueClock({ real, engine: () => engine })
    await real.advanceBy(dayMs)
    const midnight = Math.floor((kitStart + dayMs) / dayMs) * dayMs
    expect(clock.now()).toBe(midnight - 1)
    expect(clock.catchUp()).toBe(true)
    expect(clock.now()).toBe(kitStart + dayMs)
  })

  test('is told of a fault once, and fires when the fault is over', async () => {
    const engine = await owing()
    const real = new ManualClock(kitStart)
    const clock = new VenueClock({ real, engine: () => engine })
    const faults: unknown[] = []
    let isFull = true
    const ticker = new VenueTicker({
      real,
      clock: {
        realMsUntilDue: () => clock.realMsUntilDue(),
        catchUp: () => {
          if (isFull) throw overdraftError('storage.full', { path: 'venue.db' })
          return clock.catchUp()
        },
      },
      onFault: (fault) => faults.push(fault),
    })
    await real.advanceBy(0)
    await real.advanceBy(13 * hourMs)
    expect(faults).toHaveLength(1)
    expect(engine.binanceCharges({ account: 'main' })).toHaveLength(0)
    isFull = false
    await real.advanceBy(2_000)
    expect(engine.binanceCharges({ account: 'main' })).toHaveLength(1)
    ticker.stop()
    await real.advanceBy(0)
    expect(real.waiting).toBe(0)
  })

  test('waits for nothing while nothing can become due', () => {
    const engine = createEngine({ startsAt: kitStart })
    const clock = new VenueClock({ real: new ManualClock(kitStart), engine: () => engine })
    expect(clock.realMsUntilDue()).toBe(Number.POSITIVE_INFINITY)
  })
})
