import fc from 'fast-check'
import { expect, test } from 'vitest'
import { minuteMs } from '../../time/units.ts'
import { UsageReadings } from './usage-readings.ts'

interface Sent {
  readonly sentAt: number
  readonly upMs: number
  readonly downMs: number
  readonly cost: number
  /** What its end tells. */
  readonly end: 'read' | 'answered'
}

const sent: fc.Arbitrary<Sent> = fc.record({
  sentAt: fc.integer({ min: 1, max: 10_000 }),
  upMs: fc.integer({ min: 0, max: 3_000 }),
  downMs: fc.integer({ min: 0, max: 3_000 }),
  cost: fc.integer({ min: 1, max: 100 }),
  end: fc.constantFrom('read', 'read', 'read', 'answered'),
})

/** Plays requests within one window of the exchange, after others used `foreign`, and looks after each reply. */
function play(requests: readonly Sent[], foreign: number, look: (bound: number, wasRead: boolean, owed: number, inFlight: number) => void) {
  const readings = new UsageReadings(minuteMs)
  const arrived = [...requests].sort((left, right) => left.sentAt + left.upMs - right.sentAt - right.upMs)
  const countAt = new Map<Sent, number>()
  let count = foreign
  for (const request of arrived) {
    count += request.cost
    countAt.set(request, count)
  }
  const repliedAt = ({ sentAt, upMs, downMs }: Sent) => sentAt + upMs + downMs
  let wasRead = false
  for (const request of [...requests].sort((left, right) => repliedAt(left) - repliedAt(right))) {
    const at = repliedAt(request)
    if (request.end === 'read') {
      readings.add({ used: countAt.get(request) ?? 0, grantedAt: request.sentAt, receivedAt: at, until: minuteMs })
      wasRead = true
    } else readings.addUnread({ cost: request.cost, endedAt: at, isAnswered: true, until: at + minuteMs })
    const costOf = (some: readonly Sent[]) => some.reduce((sum, { cost }) => sum + cost, 0)
    const granted = requests.filter((other) => other.sentAt <= at)
    const inFlight = costOf(granted.filter((other) => repliedAt(other) > at || (repliedAt(other) === at && other !== request)))
    look(readings.used(inFlight), wasRead, foreign + costOf(granted), inFlight)
  }
}

test('what the exchange will have counted once everything in flight has arrived is never taken for less', () => {
  fc.assert(
    fc.property(fc.array(sent, { minLength: 1, maxLength: 30 }), fc.integer({ min: 0, max: 6_000 }), (requests, foreign) => {
      play(requests, foreign, (bound, wasRead, owed) => {
        if (wasRead) expect(bound).toBeGreaterThanOrEqual(owed)
      })
    }),
    { numRuns: 500 },
  )
})

test('where every reply is read it is never taken for more than what may still be in flight twice', () => {
  const read = sent.map((request) => ({ ...request, end: 'read' as const }))
  fc.assert(
    fc.property(fc.array(read, { minLength: 1, maxLength: 30 }), fc.integer({ min: 0, max: 6_000 }), (requests, foreign) => {
      play(requests, foreign, (bound, _, owed, inFlight) => expect(bound).toBeLessThanOrEqual(owed + inFlight))
    }),
    { numRuns: 500 },
  )
})

test('a new window forgets the old one when its end is certain, and nothing is known before the first reading', () => {
  const readings = new UsageReadings(minuteMs)
  expect(readings.used(500)).toBe(0)
  readings.add({ used: 5_900, grantedAt: 0, receivedAt: 100, until: 1_000 })
  readings.add({ used: 40, grantedAt: 50, receivedAt: 900, until: 61_000 })
  expect(readings.used(0)).toBe(5_900)
  readings.dropEnded(1_000)
  expect(readings.used(10)).toBe(50)
})
