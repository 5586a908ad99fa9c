import { expect, test } from 'vitest'
import { PageGate } from './page-gate.ts'

test('no more are inside at once than the gate holds, and everybody comes in', async () => {
  const gate = new PageGate(3)
  let inside = 0
  let most = 0
  let all = 0
  const walk = async () => {
    for (let page = 0; page < 5; page++) {
      const leave = await gate.enter(1)
      most = Math.max(most, ++inside)
      all++
      await new Promise((resolve) => setImmediate(resolve))
      inside--
      leave()
    }
  }
  await Promise.all(Array.from({ length: 10 }, walk))
  expect([most, all, gate.isCrowded]).toEqual([3, 50, false])
})

test('the most urgent is let in first, and whoever is inside can see that others wait', async () => {
  const gate = new PageGate(1)
  const leave = await gate.enter(0)
  const entered: number[] = []
  const asked = [3, 1, 2, 1].map(async (urgency) => {
    const go = await gate.enter(urgency)
    entered.push(urgency)
    go()
  })
  expect(gate.isCrowded).toBe(true)
  leave()
  await Promise.all(asked)
  expect(entered).toEqual([1, 1, 2, 3])
})
