import { describe, expect, test, vi } from 'vitest'
import { ManualClock } from './manual-clock.ts'
import { systemClock } from './system-clock.ts'

describe('a manual clock', () => {
  test('stands still until it is moved', async () => {
    const clock = new ManualClock(1_000)
    expect(clock.now()).toBe(1_000)
    await clock.advanceBy(500)
    expect(clock.now()).toBe(1_500)
    await clock.advanceTo(2_000)
    expect(clock.now()).toBe(2_000)
  })

  test('wakes those who wait at their instants and in their order, those of one instant first come first', async () => {
    const clock = new ManualClock(0)
    const woken: string[] = []
    const sleeper = async (name: string, ms: number) => {
      await clock.wait(ms)
      woken.push(`${name} at ${clock.now()}`)
    }
    const all = [sleeper('late', 300), sleeper('early', 100), sleeper('also early', 100)]
    await clock.advanceTo(1_000)
    await Promise.all(all)
    expect(woken).toEqual(['early at 100', 'also early at 100', 'late at 300'])
    expect(clock.now()).toBe(1_000)
  })

  test('wakes on the way those who, once woken, wait again', async () => {
    const clock = new ManualClock(0)
    const ticks: number[] = []
    const ticking = (async () => {
      for (let count = 0; count < 3; count++) {
        await clock.wait(100)
        ticks.push(clock.now())
      }
    })()
    await clock.advanceTo(300)
    await ticking
    expect(ticks).toEqual([100, 200, 300])
  })

  test('does not wake anybody a millisecond too early', async () => {
    const clock = new ManualClock(0)
    const wake = vi.fn()
    const waiting = clock.wait(100).then(wake)
    await clock.advanceTo(99)
    expect(wake).not.toHaveBeenCalled()
    expect(clock.waiting).toBe(1)
    await clock.advanceTo(100)
    await waiting
    expect(wake).toHaveBeenCalledOnce()
    expect(clock.waiting).toBe(0)
  })

  test('lets nobody wait for no time at all', async () => {
    const clock = new ManualClock(0)
    await clock.wait(0)
    await clock.wait(-5)
    expect(clock.waiting).toBe(0)
  })

  test('does not go back, also when it is moved from two sides', async () => {
    const clock = new ManualClock(100)
    await expect(clock.advanceTo(99)).rejects.toMatchObject({ code: 'time.clock-backwards' })
    void clock.wait(10)
    await Promise.all([clock.advanceTo(150), clock.advanceTo(500)])
    expect(clock.now()).toBe(500)
  })

  test('stops waiting when it is told to, and not before', async () => {
    const clock = new ManualClock(0)
    const controller = new AbortController()
    const waiting = clock.wait(100, controller.signal)
    controller.abort(new Error('stopped by the user'))
    await expect(waiting).rejects.toThrow('stopped by the user')
    expect(clock.waiting).toBe(0)
    await expect(clock.wait(100, controller.signal)).rejects.toThrow('stopped by the user')
  })

  test('leaves nothing hanging on a signal once the wait is over', async () => {
    const clock = new ManualClock(0)
    const { signal } = new AbortController()
    const remove = vi.spyOn(signal, 'removeEventListener')
    const waiting = clock.wait(100, signal)
    await clock.advanceBy(100)
    await waiting
    expect(remove).toHaveBeenCalledOnce()
  })
})

describe('the machine’s clock', () => {
  test('tells epoch milliseconds as whole numbers', () => {
    const before = Date.now()
    const now = systemClock.now()
    expect(Number.isInteger(now)).toBe(true)
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
  })

  test('stops waiting when it is told to, leaving no timer behind', async () => {
    vi.useFakeTimers()
    try {
      const controller = new AbortController()
      const waiting = systemClock.wait(60_000, controller.signal)
      expect(vi.getTimerCount()).toBe(1)
      controller.abort(new Error('stopped by the user'))
      await expect(waiting).rejects.toThrow('stopped by the user')
      expect(vi.getTimerCount()).toBe(0)
      await expect(systemClock.wait(60_000, controller.signal)).rejects.toThrow('stopped by the user')
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  test('waits longer than the longest timer, in several, and not less than asked', async () => {
    vi.useFakeTimers()
    try {
      const done = vi.fn()
      const waiting = systemClock.wait(2 ** 31 + 5_000).then(done)
      await vi.advanceTimersByTimeAsync(2 ** 31 + 4_999)
      expect(done).not.toHaveBeenCalled()
      await vi.advanceTimersByTimeAsync(1)
      await waiting
      expect(done).toHaveBeenCalledOnce()
    } finally {
      vi.useRealTimers()
    }
  })
})
