import { describe, expect, test } from 'vitest'
import { chargeOf } from '../../test/support/charges.ts'
import type { BalanceSnapshot, Movement } from '../book/record.ts'
import { decimal, toText } from '../decimal/decimal.ts'
import { parseInstant } from '../time/instant.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { learntThresholds } from './learnt-thresholds.ts'

const midnight = parseInstant('2026-03-10')

function snapshot(takenAt: number, total: string): BalanceSnapshot {
  const none = decimal('0')
  return {
    account: 'bin',
    takenAt,
    asset: 'USDT',
    total: decimal(total),
    owed: none,
    free: none,
    um: none,
    cm: none,
    interest: none,
    updatedAt: 0,
  }
}

function movement(at: number, amount: string): Movement {
  const names = { account: 'bin', at, stream: 'um-income' as const, id: `FUNDING_FEE:${at}`, asset: 'USDT', wallet: 'um' as const }
  return { ...names, kind: 'FUNDING_FEE', amount: decimal(amount), detail: '', receivedAt: at }
}

const charge = (at: number, principal: string) => chargeOf({ at, principal: decimal(principal) })
const shown = (learnt: ReturnType<typeof learntThresholds>) =>
  [...learnt].map(([asset, { amount, learntAt }]) => [asset, toText(amount), learntAt])

describe('a free threshold', () => {
  const around = [snapshot(midnight - hourMs, '-10000'), snapshot(midnight + hourMs, '-10120')]

  test('is what was owed at the charge less what was charged, with what moved before it and not after', () => {
    const movements = [movement(midnight - 1, '-50'), movement(midnight, '-70')]
    expect(shown(learntThresholds([charge(midnight, '50')], around, movements))).toEqual([['USDT', '10000', midnight]])
  })

  test('is not learnt where movements do not explain what became of the balance', () => {
    expect(shown(learntThresholds([charge(midnight, '50')], around, [movement(midnight - 1, '-50')]))).toEqual([])
  })

  test('is not learnt from a charge on more than was owed, or without balances on both sides', () => {
    const movements = [movement(midnight + 1, '-120')]
    expect(shown(learntThresholds([charge(midnight, '10001')], around, movements))).toEqual([])
    expect(shown(learntThresholds([charge(midnight, '50')], around.slice(0, 1), []))).toEqual([])
  })

  test('is the newest that can be told', () => {
    const later = snapshot(midnight + dayMs + hourMs, '-20000')
    const charges = [charge(midnight + dayMs, '1'), charge(midnight, '50')]
    const movements = [movement(midnight - 1, '-50'), movement(midnight, '-70')]
    expect(shown(learntThresholds(charges, [...around, later], movements))).toEqual([['USDT', '10000', midnight]])
  })
})
