import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../time/manual-clock.ts'
import { minuteMs } from '../../time/units.ts'
import { type AcquireOptions, Budget } from './budget.ts'
import type { LeaseEnd } from './lease.ts'

const startedAt = 1_700_000_000_000

interface Plan {
  readonly at: number
  readonly cost: number
  readonly upMs: number
  readonly downMs: number
  readonly end: LeaseEnd
}

interface Arrival {
  readonly at: number
  readonly cost: number
}

function planOf(costMax: number, spreadMs: number, latencyMs: number): fc.Arbitrary<Plan> {
  return fc.record({
    at: fc.integer({ min: 0, max: spreadMs }),
    cost: fc.integer({ min: 1, max: costMax }),
    upMs: fc.integer({ min: 0, max: latencyMs }),
    downMs: fc.integer({ min: 0, max: latencyMs }),
    end: fc.constantFrom<LeaseEnd>('answered', 'answered', 'answered', 'unanswered'),
  })
}

/** Runs every plan against the budget and tells when the exchange counted which cost. */
async function arrivalsOf(plans: readonly Plan[], limit: number, perMs: number, sets: readonly number[] = []): Promise<Arrival[]> {
  const clock = new ManualClock(startedAt)
  const budget = new Budget({ clock, limit, perMs })
  const arrivals: Arrival[] = []
  let done = 0
  for (const { at, cost, upMs, downMs, end } of plans) {
    void (async () => {
      await clock.wait(at)
      const lease = await budget.acquire(cost)
      expect(budget.held).toBeLessThanOrEqual(limit)
      await clock.wait(upMs)
      arrivals.push({ at: clock.steady(), cost })
      await clock.wait(downMs)
      lease.end(end)
      done++
    })()
  }
  for (let step = 0; step < 600 && done < plans.length; step++) {
    clock.setBy(sets[step] ?? 0)
    await clock.advanceBy(perMs / 3)
  }
  expect(done).toBe(plans.length)
  return arrivals
}

/** The most that any sliding window counts; a fixed window, at any phase, is one of them. */
function mostInAnyWindow(arrivals: readonly Arrival[], perMs: number): number {
  return Math.max(
    0,
    ...arrivals.map(({ at }) =>
      arrivals.filter((other) => other.at >= at && other.at < at + perMs).reduce((sum, { cost }) => sum + cost, 0),
    ),
  )
}

describe('a budget', () => {
  test('never lets the exchange count more than its limit in any minute, fixed at any phase or sliding', async () => {
    const plans = fc.array(planOf(750, minuteMs, 30_000), { minLength: 30, maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(plans, async (all) => {
        expect(mostInAnyWindow(await arrivalsOf(all, 6_000, minuteMs), minuteMs)).toBeLessThanOrEqual(6_000)
      }),
      { numRuns: 60 },
    )
  })

  test('never lets out more than 5 calls in any 2 seconds', async () => {
    const plans = fc.array(planOf(1, 4_000, 700), { maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(plans, async (all) => {
        expect(mostInAnyWindow(await arrivalsOf(all, 5, 2_000), 2_000)).toBeLessThanOrEqual(5)
      }),
      { numRuns: 60 },
    )
  })

  test('keeps the limit and lets everybody through while the clock of the machine is set back and ahead', async () => {
    const plans = fc.array(planOf(750, minuteMs, 30_000), { minLength: 30, maxLength: 60 })
    const sets = fc.array(fc.integer({ min: -3 * 60 * minuteMs, max: 3 * 60 * minuteMs }), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(plans, sets, async (all, settings) => {
        expect(mostInAnyWindow(await arrivalsOf(all, 6_000, minuteMs, settings), minuteMs)).toBeLessThanOrEqual(6_000)
      }),
      { numRuns: 40 },
    )
  })

  test('a pause and a ban last as long as they were to, however the clock of the machine is set', async () => {
    const clock = new ManualClock(startedAt)
    const budget = new Budget({ clock, limit: 100, perMs: 1_000 })
    budget.pauseUntil(startedAt + minuteMs)
    clock.setBy(60 * minuteMs)
    let granted = false
    void budget.acquire(1).then(() => {
      granted = true
    })
    await clock.advanceBy(minuteMs - 1)
    expect(granted).toBe(false)
    clock.setBy(-120 * minuteMs)
    await clock.advanceBy(1)
    expect(granted).toBe(true)
  })

  test('uses the limit up before it lets anybody wait', async () => {
    const clock = new ManualClock(startedAt)
    const budget = new Budget({ clock, limit: 6_000, perMs: minuteMs })
    for (let call = 0; call < 120; call++) (await budget.acquire(50)).end('answered')
    expect(budget.held).toBe(6_000)
    let granted = false
    void budget.acquire(50).then(() => {
      granted = true
    })
    await clock.advanceBy(minuteMs)
    expect(granted).toBe(false)
    await clock.advanceBy(1)
    expect(granted).toBe(true)
  })

  test('serves in the order of asking, an expensive call not overtaken by cheap ones, urgent calls first', async () => {
    const clock = new ManualClock(startedAt)
    const budget = new Budget({ clock, limit: 100, perMs: 1_000 })
    ;(await budget.acquire(100)).end('answered')
    const served: string[] = []
    const ask = (name: string, cost: number, urgent = false) =>
      budget.acquire(cost, { urgent }).then((lease) => {
        served.push(name)
        lease.end('answered')
      })
    void ask('expensive', 90)
    void ask('cheap', 20)
    void ask('cheaper', 10)
    void ask('urgent', 5, true)
    await clock.advanceBy(1_001)
    expect(served).toEqual(['urgent', 'expensive'])
    await clock.advanceBy(1_001)
    expect(served).toEqual(['urgent', 'expensive', 'cheap', 'cheaper'])
  })

  test('serves the lower urgency first, whoever asked first within one, and what is urgent before all', async () => {
    const clock = new ManualClock(startedAt)
    const budget = new Budget({ clock, limit: 10, perMs: 1_000 })
    ;(await budget.acquire(10)).end('answered')
    const served: string[] = []
    const ask = (name: string, options: AcquireOptions) =>
      budget.acquire(1, options).then((lease) => {
        served.push(name)
        lease.end('answered')
      })
    for (const name of ['history', 'older history']) void ask(name, { urgency: 3 })
    for (const name of ['month', 'other month']) void ask(name, { urgency: 2 })
    void ask('today', { urgency: 1 })
    void ask('said nothing', {})
    void ask('the time', { urgent: true })
    await clock.advanceBy(1_001)
    expect(served).toEqual(['the time', 'said nothing', 'today', 'month', 'other month', 'history', 'older history'])
  })

  test('one that gives up waiting makes room for the next', async () => {
    const clock = new ManualClock(startedAt)
    const budget = new Budget({ clock, limit: 100, perMs: 1_000 })
    ;(await budget.acquire(50)).end('answered')
    const controller = new AbortController()
    const expensive = budget.acquire(100, { signal: controller.signal })
    const cheap = budget.acquire(50)
    controller.abort(new Error('stopped by the user'))
    await expect(expensive).rejects.toThrow('stopped by the user')
    await expect(cheap).resolves.toMatchObject({ cost: 50 })
  })

  test('gives back at once what was never sent', async () => {
    const budget = new Budget({ clock: new ManualClock(startedAt), limit: 100, perMs: 1_000 })
    ;(await budget.acquire(100)).end('never-sent')
    expect(budget.held).toBe(0)
  })

  test('refuses more waiters than it was made for, and what can never fit', async () => {
    const budget = new Budget({ clock: new ManualClock(startedAt), limit: 100, perMs: 1_000, waitingMax: 1 })
    await budget.acquire(100)
    void budget.acquire(1)
    await expect(budget.acquire(1)).rejects.toMatchObject({ code: 'client.queue-full' })
    await expect(budget.acquire(101)).rejects.toMatchObject({ code: 'client.cost-over-limit' })
  })

  test('what others behind the same address used counts for the rest of the minute', async () => {
    const clock = new ManualClock(startedAt)
    const budget = new Budget({ clock, limit: 6_000, perMs: minuteMs })
    const lease = await budget.acquire(50)
    budget.observeUsed(lease, 5_950, 20_000)
    lease.end('answered')
    ;(await budget.acquire(50)).end('answered')
    let granted = false
    void budget.acquire(50).then(() => {
      granted = true
    })
    await clock.advanceBy(20_000)
    expect(granted).toBe(false)
    await clock.advanceBy(1)
    expect(granted).toBe(true)
  })

  test('foreign use hidden behind our own earlier use is not forgotten when ours ends', async () => {
    // 3000 of ours in the minute before, 2900 of others in this one: the count 2950 is no more than what we hold.
    const clock = new ManualClock(startedAt)
    const budget = new Budget({ clock, limit: 6_000, perMs: minuteMs })
    for (let call = 0; call < 4; call++) (await budget.acquire(750)).end('answered')
    await clock.advanceBy(10_000)
    const lease = await budget.acquire(50)
    budget.observeUsed(lease, 2_950, 55_000)
    lease.end('answered')
    await clock.advanceBy(minuteMs - 10_000 + 1)
    let spent = 2_950
    const asks = Array.from({ length: 8 }, () =>
      budget.acquire(750).then((next) => {
        spent += 750
        next.end('answered')
      }),
    )
    await clock.advanceBy(1)
    expect(spent).toBeLessThanOrEqual(6_000)
    expect(spent).toBeGreaterThan(5_000)
    await clock.advanceBy(2 * minuteMs)
    await Promise.all(asks)
  })

  test('a ban refuses those who wait and those who come, until it ends', async () => {
    const { overdraftError } = await import('../../errors/overdraft-error.ts')
    const clock = new ManualClock(startedAt)
    const budget = new Budget({ clock, limit: 100, perMs: 1_000 })
    await budget.acquire(100)
    const waiting = budget.acquire(1)
    budget.refuseUntil(startedAt + 120_000, overdraftError('client.banned', { exchange: 'binance', until: 'soon', exchangeText: 'banned' }))
    await expect(waiting).rejects.toMatchObject({ code: 'client.banned' })
    await expect(budget.acquire(1)).rejects.toMatchObject({ code: 'client.banned' })
  })
})
