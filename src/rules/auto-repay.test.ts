import { describe, expect, test } from 'vitest'
import { parseInstant } from '../time/instant.ts'
import { hourMs } from '../time/units.ts'
import { autoRepayFrom, nextAutoRepay } from './auto-repay.ts'

describe('the runs of Auto Repay', () => {
  const at = (text: string) => parseInstant(text)

  test('runs at 22:00 and 23:00 UTC, the next day again', () => {
    expect(nextAutoRepay(at('2026-03-10T09:30:00Z'))).toBe(at('2026-03-10T22:00:00Z'))
    expect(nextAutoRepay(at('2026-03-10T22:00:00Z'))).toBe(at('2026-03-10T23:00:00Z'))
    expect(nextAutoRepay(at('2026-03-10T23:00:00Z'))).toBe(at('2026-03-11T22:00:00Z'))
  })

  test('runs when it is told to', () => {
    expect(nextAutoRepay(at('2026-03-10T09:30:00Z'), [10 * hourMs])).toBe(at('2026-03-10T10:00:00Z'))
  })

  test('never ran before the switch came', () => {
    expect(nextAutoRepay(0)).toBe(autoRepayFrom + 22 * hourMs)
  })
})
