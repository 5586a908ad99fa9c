import { describe, expect, test } from 'vitest'
import { askAdmin, kitStart, loseOnBinance, venueKit } from '../../test/support/venue-kit.ts'
import { boundaryAtOrBefore, everyDayAtMidnightUtc } from '../time/boundary.ts'
import { dayMs, hourMs } from '../time/units.ts'
import type { VenueEvent } from './index.ts'

const midnight = boundaryAtOrBefore(kitStart, everyDayAtMidnightUtc) + dayMs
const isBoundary = (event: VenueEvent) => event.kind === 'boundary'

describe('those who subscribe to a venue', () => {
  test('see each boundary of a jump, in order', async () => {
    const { venue } = await venueKit({ mode: { kind: 'frozen', at: kitStart } })
    loseOnBinance(venue, 'BTC', '0.3')
    const seen: VenueEvent[] = []
    venue.subscribe((event) => seen.push(event))
    venue.clock.advanceBy(5 * dayMs)
    const expected = [0, 1, 2, 3, 4].map((day) => ({ kind: 'boundary', at: midnight + day * dayMs, of: 'negative-balance', charges: 1 }))
    expect(seen.filter(isBoundary)).toEqual(expected)
  })

  test('see them when they happen on a clock that runs, although nobody asks the venue anything', async () => {
    const { venue, real } = await venueKit({ mode: { kind: 'speed', at: kitStart, factor: 24 } })
    loseOnBinance(venue, 'BTC', '0.3')
    const seen: number[] = []
    venue.subscribe((event) => isBoundary(event) && seen.push(event.at, real.now()))
    await real.advanceBy(0)
    await real.advanceBy(3 * hourMs)
    const realOf = (at: number) => kitStart + (at - kitStart) / 24
    expect(seen).toEqual([0, 1, 2].flatMap((day) => [midnight + day * dayMs, Math.ceil(realOf(midnight + day * dayMs))]))
    await venue.close()
    expect(real.waiting).toBe(0)
  })

  test('go on to be told after a reset and after a restore, which they are told of', async () => {
    const { venue } = await venueKit({ mode: { kind: 'frozen', at: kitStart } })
    venue.snapshot('begun')
    const seen: string[] = []
    const end = venue.subscribe((event) => seen.push(event.kind === 'replaced' ? event.by : event.kind))
    await askAdmin(venue, 'POST', '/reset', { to: 'scenario' })
    loseOnBinance(venue, 'BTC', '0.3')
    venue.restore('begun')
    loseOnBinance(venue, 'BTC', '0.3')
    expect(seen).toEqual(['reset', 'movement', 'command', 'restore', 'movement', 'command'])
    end()
    loseOnBinance(venue, 'BTC', '0.3')
    expect(seen).toHaveLength(6)
  })

  test('do not disturb the venue or each other when one of them throws', async () => {
    const faults: unknown[] = []
    const { venue } = await venueKit({ mode: { kind: 'frozen', at: kitStart }, onFault: (fault) => faults.push(fault) })
    const seen: string[] = []
    venue.subscribe(() => {
      throw new Error('of the listener')
    })
    venue.subscribe(({ kind }) => seen.push(kind))
    loseOnBinance(venue, 'BTC', '0.3')
    expect(seen).toEqual(['movement', 'command'])
    expect(faults.map(String)).toEqual(['Error: of the listener', 'Error: of the listener'])
  })

  test('may command the venue themselves; what that brings about is told after what led to it', async () => {
    const { venue } = await venueKit({ mode: { kind: 'frozen', at: kitStart } })
    loseOnBinance(venue, 'BTC', '0.3')
    const seen: string[] = []
    venue.subscribe((event) => {
      seen.push(event.kind)
      if (event.kind === 'boundary' && event.at === midnight) loseOnBinance(venue, 'BTC', '0.1')
    })
    venue.clock.advanceBy(2 * dayMs)
    expect(seen).toEqual(['boundary', 'boundary', 'command', 'movement', 'command'])
  })
})

describe('the events of a venue as a loop', () => {
  test('hold what happened since they were asked for, and end with the signal', async () => {
    const { venue } = await venueKit({ mode: { kind: 'frozen', at: kitStart } })
    const stop = new AbortController()
    const events = venue.events({ signal: stop.signal })
    loseOnBinance(venue, 'BTC', '0.3')
    venue.clock.advanceBy(dayMs)
    stop.abort()
    loseOnBinance(venue, 'BTC', '0.3')
    const seen: string[] = []
    for await (const { kind } of events) seen.push(kind)
    expect(seen).toEqual(['movement', 'command', 'boundary', 'command'])
  })

  test('wait for what happens next, and end when the venue is closed', async () => {
    const { venue } = await venueKit({ mode: { kind: 'frozen', at: kitStart } })
    const seen: string[] = []
    const reading = (async () => {
      for await (const { kind } of venue.events()) seen.push(kind)
    })()
    await Promise.resolve()
    loseOnBinance(venue, 'BTC', '0.3')
    await venue.close()
    await reading
    expect(seen).toEqual(['movement', 'command'])
  })

  test('never lose an event silently: beyond the capacity the loop ends with an error', async () => {
    const { venue } = await venueKit({ mode: { kind: 'frozen', at: kitStart } })
    const events = venue.events({ capacity: 3 })
    loseOnBinance(venue, 'BTC', '0.3')
    loseOnBinance(venue, 'BTC', '0.3')
    loseOnBinance(venue, 'BTC', '0.3')
    const seen: string[] = []
    await expect(
      (async () => {
        for await (const { kind } of events) seen.push(kind)
      })(),
    ).rejects.toThrow(expect.objectContaining({ code: 'venue.events-overflow' }))
    expect(seen).toHaveLength(3)
  })

  test('that nobody reads on leave nothing behind', async () => {
    const { venue } = await venueKit({ mode: { kind: 'frozen', at: kitStart } })
    loseOnBinance(venue, 'BTC', '0.3')
    const events = venue.events()
    loseOnBinance(venue, 'BTC', '0.3')
    for await (const _ of events) break
    expect(await events.next()).toEqual({ done: true, value: undefined })
  })
})

test('a venue whose clock jumped fires what is due as soon as it looks', async () => {
  const { venue, real } = await venueKit()
  loseOnBinance(venue, 'BTC', '0.3')
  await real.advanceBy(3 * dayMs)
  await real.advanceBy(0)
  expect(venue.engine.binanceCharges({ account: 'main' })).toHaveLength(3)
  expect(venue.clock.now()).toBe(kitStart + 3 * dayMs)
  await venue.close()
})
