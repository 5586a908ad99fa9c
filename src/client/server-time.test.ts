import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readHttpDate } from '../time/http-date.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { ServerTime } from './server-time.ts'

const now = 1_700_000_000_000

test('the true offset always lies within the uncertainty stated, whatever the latencies', async () => {
  const legs = fc.array(fc.record({ up: fc.integer({ min: 0, max: 900 }), down: fc.integer({ min: 0, max: 900 }), gap: fc.nat(2_000) }), {
    minLength: 1,
    maxLength: 20,
  })
  await fc.assert(
    fc.asyncProperty(legs, fc.integer({ min: -600_000, max: 600_000 }), async (all, offset) => {
      const clock = new ManualClock(now)
      const time = new ServerTime(clock)
      let readings = 0
      for (const { up, down, gap } of all) {
        const sentAt = clock.now()
        await clock.advanceBy(up)
        const second = Math.floor((clock.now() + offset) / 1_000) * 1_000
        await clock.advanceBy(down)
        time.observe({ from: second, to: second + 1_000, sentAt, receivedAt: clock.now() })
        readings++
        // A clock that is off by more than a minute is believed once a second reply says so.
        if (readings > 1) expect(time.isAgreed).toBe(true)
        if (time.isAgreed) {
          expect(Math.abs(time.offsetMs - offset)).toBeLessThanOrEqual(time.uncertaintyMs + 1)
          expect(time.signingNow()).toBeLessThan(clock.now() + offset + 1_000)
        }
        await clock.advanceBy(gap)
      }
    }),
    { numRuns: 100 },
  )
})

test('what was measured is not trusted for ever', async () => {
  const clock = new ManualClock(now)
  const time = new ServerTime(clock)
  expect(time.known).toBe(false)
  time.observe({ from: now, to: now + 1, sentAt: now, receivedAt: now })
  expect(time.known).toBe(true)
  await clock.advanceBy(10 * 60_000)
  expect(time.known).toBe(false)
})

const second = (from: number) => ({ from, to: from + 1_000, sentAt: now, receivedAt: now })

test('a reply that contradicts the earlier ones by seconds replaces them: a clock was corrected', () => {
  const time = new ServerTime(new ManualClock(now))
  time.observe(second(now))
  time.observe(second(now + 40_000))
  expect(time.offsetMs).toBe(40_500)
  expect(time.oddTimes).toEqual([])
})

test('one reply that contradicts the earlier ones by more is odd and changes nothing; three that agree are a clock that was moved', () => {
  const time = new ServerTime(new ManualClock(now))
  time.observe(second(now))
  for (const wrong of [0, now + dayMs, Date.UTC(2100, 0, 1)]) {
    time.observe(second(wrong))
    expect([time.offsetMs, time.isAgreed]).toEqual([500, false])
    time.observe(second(now))
    expect([time.offsetMs, time.isAgreed]).toEqual([500, true])
  }
  expect(time.oddTimes.map(({ stated }) => stated)).toEqual([0, now + dayMs, Date.UTC(2100, 0, 1)])
  expect(time.oddTimes.every(({ expected }) => Math.abs(expected - now) <= 1_000)).toBe(true)
  for (const from of [now + hourMs, now + hourMs + 1_000]) time.observe(second(from))
  expect(time.offsetMs).toBe(500)
  time.observe(second(now + hourMs))
  expect(Math.abs(time.offsetMs - hourMs)).toBeLessThanOrEqual(1_500)
  expect(time.oddTimes).toHaveLength(3)
})

test('a first reply that our own clock contradicts is believed once a second agrees with it, and not before', () => {
  const time = new ServerTime(new ManualClock(now))
  time.observe(second(0))
  expect([time.now(), time.known]).toEqual([now, false])
  time.observe(second(now - 3 * hourMs))
  expect([time.now(), time.known]).toEqual([now, false])
  time.observe(second(now - 3 * hourMs))
  expect([time.offsetMs, time.known]).toEqual([500 - 3 * hourMs, true])
  expect(time.oddTimes.map(({ stated }) => stated)).toEqual([0])
})

test('an exchange whose replies agree in nothing is taken to have our time', () => {
  const time = new ServerTime(new ManualClock(now))
  for (const from of [0, dayMs, now + 5 * dayMs]) time.observe(second(from))
  time.giveUp()
  expect([time.now(), time.known]).toEqual([now, true])
  expect(time.oddTimes).toHaveLength(3)
})

test('a time that was refused is measured anew, and is the best there is until then', async () => {
  const clock = new ManualClock(now)
  const time = new ServerTime(clock)
  const measured = (ahead: number) => time.observe({ from: now + ahead, to: now + ahead + 2, sentAt: now, receivedAt: now })
  measured(7_200_000)
  measured(7_200_000)
  time.doubt()
  expect(time.known).toBe(false)
  expect(time.now()).toBe(now + 7_200_001)
  measured(7_200_900)
  expect(time.known).toBe(true)
  expect(time.offsetMs).toBe(7_200_901)
})

test('a Date header is read to the second, and anything else is none', () => {
  expect(readHttpDate('Sun, 06 Nov 1994 08:49:37 GMT')).toBe(784_111_777_000)
  for (const text of ['', 'yesterday', '1994-11-06T08:49:37Z', 'Sun, 06 Foo 1994 08:49:37 GMT', 'Sun, 31 Feb 1994 08:49:37 GMT']) {
    expect(readHttpDate(text)).toBeUndefined()
  }
})
