import { expect, test } from 'vitest'
import { withDeadline } from '../../src/client/deadline.ts'
import { systemClock } from '../../src/time/system-clock.ts'
import { StoryClock } from './story-clock.ts'

const began = Date.UTC(2026, 2, 8, 20, 30)
const timeoutMs = 10_000

test('a request takes no time of the story, however long it takes on this machine, also beside somebody who waits', async () => {
  const clock = new StoryClock(began)
  const answeredAt: number[] = []
  const request = async () => {
    await withDeadline(clock, timeoutMs, undefined, () => systemClock.wait(400))
    answeredAt.push(clock.now())
  }
  const waiting = clock.wait(1_000).then(() => clock.now())
  const [, wokenAt] = await clock.during(Promise.all([request().then(request), waiting]))
  expect(answeredAt).toEqual([began, began])
  expect(wokenAt).toBe(began + 1_000)
})

test('what is waited for comes in its order, at once', async () => {
  const clock = new StoryClock(began)
  const woken: number[] = []
  const waiting = [90_000, 0, 60_000].map((ms) => clock.wait(ms).then(() => woken.push(clock.now() - began)))
  await clock.during(Promise.all(waiting))
  expect(woken).toEqual([0, 60_000, 90_000])
})
