import { describe, expect, test } from 'vitest'
import { kitStart, loseOnBinance, venueKit } from '../../test/support/venue-kit.ts'
import { isOverdraftError } from '../errors/overdraft-error.ts'
import { parseInstant } from '../time/instant.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { createVenue } from './create-venue.ts'

function codeOf(run: () => void): string | undefined {
  try {
    run()
  } catch (error) {
    return isOverdraftError(error) ? error.code : String(error)
  }
  return undefined
}

describe('the venue’s clock', () => {
  test('follows the real clock until it is told otherwise', async () => {
    const { venue, real } = await venueKit()
    expect(venue.clock.mode()).toEqual({ kind: 'real' })
    await real.advanceBy(1_234)
    expect(venue.clock.now()).toBe(kitStart + 1_234)
  })

  test('stands still when frozen, and is moved by hand', async () => {
    const { venue, real } = await venueKit()
    venue.clock.freeze()
    await real.advanceBy(hourMs)
    expect(venue.clock.now()).toBe(kitStart)
    venue.clock.advanceBy(5)
    venue.clock.advanceTo(kitStart + 7)
    expect(venue.clock.now()).toBe(kitStart + 7)
    expect(venue.clock.mode().kind).toBe('frozen')
  })

  test('is told the time although the real clock goes on between two looks at it', async () => {
    let at = kitStart
    const ticking = new ManualClock(at)
    const venue = await createVenue({ clock: { now: () => at++, wait: ticking.wait.bind(ticking) }, scenario: 'empty' })
    venue.clock.run({ factor: 1_000_000 })
    venue.clock.run({ factor: 500_000 })
    venue.clock.advanceToNext('hour')
    venue.clock.advanceBy(0)
    venue.clock.freeze()
    expect(venue.clock.mode().kind).toBe('frozen')
    await venue.close()
  })

  test('runs fast, and keeps its pace when it is advanced', async () => {
    const { venue, real } = await venueKit()
    venue.clock.run({ factor: 60 })
    await real.advanceBy(1_000)
    expect(venue.clock.now()).toBe(kitStart + 60_000)
    venue.clock.advanceBy(hourMs)
    await real.advanceBy(1_000)
    expect(venue.clock.now()).toBe(kitStart + 120_000 + hourMs)
    expect(venue.clock.mode()).toMatchObject({ kind: 'speed', factor: 60 })
  })

  test('runs on at the real pace when it is advanced while real, and cannot go back to it', async () => {
    const { venue, real } = await venueKit()
    venue.clock.advanceBy(hourMs)
    await real.advanceBy(1)
    expect(venue.clock.now()).toBe(kitStart + hourMs + 1)
    expect(codeOf(() => venue.clock.real())).toBe('time.clock-backwards')
    await real.advanceBy(dayMs)
    venue.clock.freeze()
    await real.advanceBy(2 * dayMs)
    venue.clock.real()
    expect(venue.clock.now()).toBe(real.now())
  })

  test('never goes backwards, even when the real one does', async () => {
    let now = kitStart
    const { venue } = await venueKit({ clock: { now: () => now, wait: async () => undefined } })
    now = kitStart + 10_000
    venue.advance()
    now = kitStart
    expect(venue.clock.now()).toBe(kitStart + 10_000)
  })

  test.each([
    ['a step back', 'venue.clock-step', (clock: { advanceBy(ms: number): void }) => clock.advanceBy(-1)],
    ['half a millisecond', 'venue.clock-step', (clock: { advanceBy(ms: number): void }) => clock.advanceBy(0.5)],
    ['an instant before now', 'time.clock-backwards', (clock: { advanceTo(at: number): void }) => clock.advanceTo(kitStart - 1)],
    ['eleven years at once', 'venue.clock-too-far', (clock: { advanceBy(ms: number): void }) => clock.advanceBy(11 * 366 * dayMs)],
    ['an instant beyond every year', 'venue.clock-instant', (clock: { advanceTo(at: number): void }) => clock.advanceTo(9e15)],
    ['no pace', 'venue.clock-factor', (clock: { run(options: { factor: number }): void }) => clock.run({ factor: 0 })],
    ['a pace beyond all', 'venue.clock-factor', (clock: { run(options: { factor: number }): void }) => clock.run({ factor: 1e9 })],
  ])('refuses %s', async (_, code, move) => {
    const { venue } = await venueKit()
    expect(codeOf(() => move(venue.clock))).toBe(code)
    expect(venue.clock.now()).toBe(kitStart)
  })

  test('fires every boundary it crosses, in order, in one step as in many', async () => {
    const dates = async (steps: readonly number[]) => {
      const { venue } = await venueKit()
      venue.clock.freeze()
      loseOnBinance(venue, 'BTC', '0.4')
      for (const step of steps) venue.clock.advanceBy(step)
      return venue.engine.binanceCharges({ account: 'main' }).map(({ at, interest }) => [at, interest])
    }
    const once = await dates([5 * dayMs])
    expect(once.map(([at]) => at)).toEqual([4, 3, 2, 1, 0].map((day) => parseInstant('2026-03-11') + day * dayMs))
    expect(await dates(Array.from({ length: 10 }, () => dayMs / 2))).toEqual(once)
  })

  test('a repeated id moves it once', async () => {
    const { venue } = await venueKit()
    venue.clock.freeze(undefined, 'stop')
    venue.clock.advanceBy(hourMs, 'step')
    venue.clock.advanceBy(hourMs, 'step')
    venue.clock.freeze(undefined, 'stop')
    expect(venue.clock.now()).toBe(kitStart + hourMs)
  })

  test('wakes those who wait when its own time has come', async () => {
    const { venue, real } = await venueKit()
    const woken: string[] = []
    venue.clock.run({ factor: 10 })
    const running = venue.clock.wait(10_000).then(() => woken.push('running'))
    await real.advanceBy(999)
    expect(woken).toEqual([])
    await real.advanceBy(1)
    await running
    venue.clock.freeze()
    const frozen = venue.clock.wait(hourMs).then(() => woken.push('frozen'))
    await real.advanceBy(dayMs)
    expect(woken).toEqual(['running'])
    venue.clock.advanceBy(hourMs)
    await frozen
    expect(woken).toEqual(['running', 'frozen'])
  })

  test('lets go of who waits when they give up', async () => {
    const { venue } = await venueKit()
    const stop = new AbortController()
    const waiting = venue.clock.wait(hourMs, stop.signal)
    stop.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
  })
})
