import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, equals, sum } from '../decimal/arithmetic.ts'
import { decimal, decimalOf, toText } from '../decimal/decimal.ts'
import { interval } from '../time/interval.ts'
import type { Pot } from './debt.ts'
import { debtChanges, sightOf } from './debt-changes.ts'
import { type PotChange, reconcile, type Sight } from './reconcile.ts'

const sight = (at: number, levels: Partial<Record<Pot, string>>): Sight => ({
  at,
  levels: new Map(Object.entries(levels).map(([pot, level]) => [pot as Pot, decimal(level)])),
})
const change = (at: number, pot: Pot, amount: string, kind: PotChange['kind'] = 'other'): PotChange => ({
  at,
  pot,
  kind,
  amount: decimal(amount),
})

const pots = fc.constantFrom<Pot>('um', 'cm', 'interest', 'liability')
const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).chain((mantissa) => fc.nat(16).map((scale) => decimalOf(mantissa, scale)))
const kinds = fc.constantFrom<PotChange['kind']>('charge', 'loan-charge', 'repayment', 'auto-exchange', 'other')

test('opening and every line are closing, whatever was seen and whatever is missing', () => {
  const sights = fc.uniqueArray(fc.record({ at: fc.nat(100), levels: fc.array(fc.tuple(pots, amount)).map((levels) => new Map(levels)) }), {
    selector: ({ at }) => at,
    minLength: 1,
    maxLength: 4,
  })
  const changes = fc.array(fc.record({ at: fc.nat(100), pot: pots, kind: kinds, amount, own: fc.option(amount, { nil: undefined }) }), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(sights, changes, fc.nat(100), fc.nat(100), (seen, moved, one, other) => {
      const within = interval(Math.min(one, other), Math.max(one, other))
      const told = reconcile({ sights: seen.sort((left, right) => left.at - right.at), changes: moved, within })
      if (told === undefined) throw new Error('there was a sight')
      const { opening, closing, lines, ownBalance, unexplained, unexplainedByPot, isChecked } = told
      expect(equals(add(add(add(opening.debt, sum(lines.map((line) => line.amount))), ownBalance), unexplained), closing.debt)).toBe(true)
      expect(equals(sum(unexplainedByPot.values()), unexplained)).toBe(true)
      if (!isChecked) expect(unexplained.mantissa).toBe(0n)
    }),
  )
})

describe('what was owed at a bound', () => {
  const changes = [change(10, 'um', '-5'), change(20, 'um', '-7')]

  test('is as it was seen where nothing lies between, and else rolled through what was recorded', () => {
    const told = reconcile({ sights: [sight(5, { um: '-100' })], changes, within: interval(8, 20) })
    expect(told?.opening).toMatchObject({ seenAt: 5, isRolled: false })
    expect(told?.closing).toMatchObject({ seenAt: 5, isRolled: true })
    expect(toText(told?.closing.debt ?? decimal('0'))).toBe('105')
  })

  test('is rolled back from the first sight where none is older', () => {
    const told = reconcile({ sights: [sight(15, { um: '-105' })], changes, within: interval(10, 30) })
    expect(toText(told?.opening.debt ?? decimal('0'))).toBe('100')
    expect(toText(told?.closing.debt ?? decimal('0'))).toBe('112')
    expect(told?.isChecked).toBe(false)
  })

  test('holds what happened at the very instant of the sight, and not what happened at the bound itself', () => {
    const told = reconcile({ sights: [sight(10, { um: '-105' })], changes, within: interval(10, 20) })
    expect([told?.opening.debt, told?.closing.debt].map((debt) => toText(debt ?? decimal('0')))).toEqual(['100', '105'])
  })

  test('is unknown where the asset was never seen', () => {
    expect(reconcile({ sights: [], changes, within: interval(0, 30) })).toBeUndefined()
  })
})

test('a charge that is missing is left unexplained in the unpaid interest, to the last digit', () => {
  const told = reconcile({
    sights: [sight(0, { interest: '-1' }), sight(40, { interest: '-1.00000003' })],
    changes: [change(10, 'interest', '-0.00000001', 'charge')],
    within: interval(1, 41),
  })
  expect([...(told?.unexplainedByPot ?? [])].map(([pot, left]) => [pot, toText(left)])).toEqual([['interest', '0.00000002']])
  expect(told?.isChecked).toBe(true)
})

test('a loss that a positive wallet bears is no debt: own balance paid it', () => {
  const told = reconcile({
    sights: [sight(0, { um: '70' }), sight(40, { um: '-30' })],
    changes: [change(10, 'um', '-100')],
    within: interval(1, 41),
  })
  expect([told?.ownBalance, told?.unexplained, told?.closing.debt].map((value) => toText(value ?? decimal('9')))).toEqual([
    '-70',
    '0',
    '30',
  ])
})

describe('rows as changes of a debt', () => {
  const movement = { at: 5, stream: 'um-income', wallet: 'um', kind: 'TRANSFER', amount: decimal('3'), detail: '' }
  const rows = { charges: [], marginCharges: [], movements: [] }

  test('PORTFOLIO rows tell the charges a second time and are left out', () => {
    const marginCharges = ['PORTFOLIO', 'PERIODIC'].map((type) => ({ at: 1, type, interest: decimal('2') }))
    expect(debtChanges({ ...rows, exchange: 'binance', marginCharges })).toMatchObject([{ pot: 'interest', kind: 'loan-charge' }])
  })

  test('what comes into a futures wallet repays it, what goes out does not; an auto-exchange is told as one', () => {
    const movements = [movement, { ...movement, amount: decimal('-3') }, { ...movement, kind: 'AUTO_EXCHANGE' }]
    expect(debtChanges({ ...rows, exchange: 'binance', movements }).map(({ kind }) => kind)).toEqual([
      'repayment',
      'other',
      'auto-exchange',
    ])
  })

  test('of a repaid margin loan only what paid interest lowers the debt', () => {
    const repaid = {
      ...movement,
      stream: 'margin-repayments',
      wallet: 'margin',
      kind: 'REPAY',
      amount: decimal('-14'),
      interest: decimal('0.5'),
    }
    expect(debtChanges({ ...rows, exchange: 'binance', movements: [repaid] })).toMatchObject([
      { pot: 'interest', kind: 'repayment', amount: decimal('0.5') },
    ])
  })

  test('a change that a balance itself tells of is in it, though the clock said otherwise', () => {
    const balance = { owed: decimal('0'), um: decimal('-1'), cm: decimal('0'), interest: decimal('0') }
    expect(sightOf('binance', { ...balance, takenAt: 1_000, updatedAt: 1_400 }).at).toBe(1_400)
  })
})
