import { describe, expect, test } from 'vitest'
import type { BalanceSnapshot, Movement } from '../../book/record.ts'
import { decimal, toText } from '../../decimal/decimal.ts'
import { isoDay, parseInstant } from '../../time/instant.ts'
import { BalanceRoll } from './balance-roll.ts'
import { amountOf } from './units.ts'

function balance(takenAt: string, updatedAt: string, wallets: { total: string; um?: string; cm?: string }): BalanceSnapshot {
  const zero = decimal('0')
  return {
    account: 'main',
    asset: 'USDT',
    takenAt: parseInstant(takenAt),
    updatedAt: updatedAt === '' ? 0 : parseInstant(updatedAt),
    total: decimal(wallets.total),
    um: decimal(wallets.um ?? wallets.total),
    cm: decimal(wallets.cm ?? '0'),
    owed: zero,
    free: zero,
    interest: zero,
  }
}

function income(at: string, amount: string, kind = 'REALIZED_PNL'): Movement {
  return {
    account: 'main',
    at: parseInstant(at),
    stream: 'um-income',
    id: at,
    asset: 'USDT',
    wallet: 'um',
    kind,
    amount: decimal(amount),
    detail: '',
    receivedAt: 1,
  }
}

/** What is believed, a line for each span. */
function believed(rows: readonly (BalanceSnapshot | Movement)[], proven = true): readonly string[] {
  const roll = new BalanceRoll(() => proven)
  for (const row of rows) 'takenAt' in row ? roll.see(row) : roll.move(row)
  return roll.owed.spans.map(
    ({ from, to, by, low, high }) => `${isoDay(from)}..${isoDay(to)} ${by} ${toText(amountOf(low))} ${toText(amountOf(high))}`,
  )
}

describe('what an asset stood at when a charge fell due', () => {
  test('is what a later balance shows that had last changed before, however long ago', () => {
    expect(believed([balance('2026-01-05T06:00:00Z', '2026-01-02T12:00:00Z', { total: '-50' })])).toEqual([
      '2026-01-03..2026-01-05 unchanged -50 -50',
    ])
  })

  test('is not believed of a change at the very instant of the charge, nor without an instant of the change', () => {
    expect(believed([balance('2026-01-05T06:00:00Z', '2026-01-05T00:00:00Z', { total: '-50' })])).toEqual([])
    expect(believed([balance('2026-01-05T06:00:00Z', '', { total: '-50' })])).toEqual([])
  })

  test('is rolled back over what came minutes after it, where both balances add up', () => {
    const before = balance('2026-01-04T20:00:00Z', '2026-01-04T12:00:00Z', { total: '-50' })
    const after = balance('2026-01-05T06:00:00Z', '2026-01-05T00:00:05Z', { total: '-60' })
    expect(believed([before, income('2026-01-05T00:00:05Z', '-10'), after])).toEqual(['2026-01-05..2026-01-05 rolled -50 -50'])
  })

  test('lies between two values where something moved at the very instant', () => {
    const before = balance('2026-01-04T20:00:00Z', '2026-01-04T12:00:00Z', { total: '-50' })
    const after = balance('2026-01-05T06:00:00Z', '2026-01-05T00:00:00Z', { total: '-60' })
    expect(believed([before, income('2026-01-05T00:00:00Z', '-10'), after])).toEqual(['2026-01-05..2026-01-05 rolled -60 -50'])
  })

  test('is bounded by the futures wallets alone where coins may have come before the charge and gone after it', () => {
    const before = balance('2026-01-04T20:00:00Z', '2026-01-04T12:00:00Z', { total: '-50' })
    const after = balance('2026-01-05T09:00:00Z', '2026-01-05T08:00:00Z', { total: '-60' })
    expect(believed([before, income('2026-01-05T08:00:00Z', '-10'), after])).toEqual(['2026-01-05..2026-01-05 futures-alone -50 -50'])
  })

  test('is not believed where somebody could have paid in before midnight and taken it out minutes after', () => {
    const before = balance('2026-01-04T20:00:00Z', '2026-01-04T12:00:00Z', { total: '-50' })
    const after = balance('2026-01-05T06:00:00Z', '2026-01-05T00:10:00Z', { total: '-51' })
    expect(believed([before, income('2026-01-05T00:10:00Z', '-1'), after])).toEqual(['2026-01-05..2026-01-05 futures-alone -50 -50'])
  })

  test('is not believed where the wallets do not add up, or the histories are not proven', () => {
    const before = balance('2026-01-04T20:00:00Z', '2026-01-04T12:00:00Z', { total: '-50' })
    const after = balance('2026-01-05T06:00:00Z', '2026-01-05T00:00:05Z', { total: '-61' })
    const rows = [before, income('2026-01-05T00:00:05Z', '-10'), after]
    expect(believed(rows)).toEqual([])
    const fits = [before, income('2026-01-05T00:00:05Z', '-11'), after]
    expect(believed(fits, false)).toEqual([])
    expect(believed(fits)).toHaveLength(1)
  })

  test('goes along with coins that only changed the wallet', () => {
    const before = balance('2026-01-04T20:00:00Z', '2026-01-04T12:00:00Z', { total: '-50', um: '-80' })
    const after = balance('2026-01-05T06:00:00Z', '2026-01-05T00:01:00Z', { total: '-50', um: '-60' })
    expect(believed([before, income('2026-01-05T00:01:00Z', '20', 'TRANSFER'), after])).toEqual(['2026-01-05..2026-01-05 rolled -50 -50'])
  })
})
