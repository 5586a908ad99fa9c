import { describe, expect, it } from 'vitest'
import { decimal } from '../decimal/decimal.ts'
import { marginLevelOf } from './margin-level.ts'

const level = (adjustedEquity: string, levels: 'today' | 'former' = 'today') =>
  marginLevelOf(decimal(adjustedEquity), decimal('100'), levels)

describe('rule: margin-levels', () => {
  it('are normal above 150 %, a margin call to 120 %, reduce only to 105 %, and liquidation from 105 % down', () => {
    expect(['150.00000001', '150', '120.00000001', '120', '105.00000001', '105', '0', '-1'].map((equity) => level(equity))).toEqual([
      'normal',
      'margin-call',
      'margin-call',
      'reduce-only',
      'reduce-only',
      'liquidation',
      'liquidation',
      'liquidation',
    ])
  })

  it('were parted at 200, 150 and 120 % before, which a venue may be told to go by', () => {
    expect(['200.1', '200', '150.1', '150', '120.1', '120'].map((equity) => level(equity, 'former'))).toEqual([
      'normal',
      'margin-call',
      'margin-call',
      'reduce-only',
      'reduce-only',
      'liquidation',
    ])
  })

  it('are normal while nothing requires maintenance margin, even with negative equity', () => {
    expect(marginLevelOf(decimal('-5'), decimal('0'), 'today')).toBe('normal')
  })

  it('are judged by the exact ratio, not by the digits of it that are shown', () => {
    expect(marginLevelOf(decimal('1.500000000000000001'), decimal('1'), 'today')).toBe('normal')
  })
})
