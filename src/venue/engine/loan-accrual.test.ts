import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Decimal, decimal, decimalOf, toText } from '../../decimal/decimal.ts'
import { interestOn } from '../../rules/interest.ts'
import { parseInstant } from '../../time/instant.ts'
import { dayMs, hourMs } from '../../time/units.ts'
import type { Command } from './command.ts'
import { createEngine } from './engine.ts'
import type { Engine } from './engine-interface.ts'

const hour = parseInstant('2025-08-01T10:00:00Z')

function engineAt(startsAt: number, rateDaily: string): Engine {
  const engine = createEngine({ startsAt })
  engine.apply({ kind: 'open-account', account: 'main', exchange: 'binance', vip: 0 })
  engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'USDT', rateDaily: decimal(rateDaily) })
  return engine
}

function usdt(kind: 'borrow' | 'repay-loan' | 'deposit', amount: string | Decimal): Command {
  return { kind, account: 'main', asset: 'USDT', amount: typeof amount === 'string' ? decimal(amount) : amount }
}

function rowsOf(engine: Engine) {
  return engine
    .loanCharges({ account: 'main' })
    .map(({ at, type, principal, interest }) => [at - hour, type, toText(principal), toText(interest)])
}

describe('rule: margin-loan-interest', () => {
  it.each([
    ['0.00011146', '0.00089489', '0.00000001'],
    ['0.00729232', '0.0002', '0.00000007'],
    ['45.3313', '0.00013233', '0.00024995'],
    ['1', '0.00215396', '0.00008975'],
  ])('charges %s at %s a day with %s an hour, as the exchange was seen to', (principal, rateDaily, interest) => {
    const engine = engineAt(hour - 1, rateDaily)
    engine.apply(usdt('borrow', principal))
    engine.advanceTo(hour)
    expect(engine.loanCharges({ account: 'main' }).map((charge) => [toText(charge.interest), charge.type])).toEqual([
      [interest, 'periodic'],
      [interest, 'on-borrow'],
    ])
  })

  it.each([
    [193, '0.00000193'],
    [9_623, '0.00009623'],
  ])('never compounds: %i rows of the smallest unit are %s of interest, as balances were seen', (rows, interest) => {
    const engine = engineAt(hour - 1, '0.00089489')
    engine.apply(usdt('borrow', '0.00011146'))
    engine.advanceTo(hour + (rows - 2) * hourMs)
    expect(engine.loanCharges({ account: 'main' })).toHaveLength(rows)
    expect(toText(engine.binanceBalances('main')[0]!.crossInterest)).toBe(interest)
  })

  it('charges an hour on what is borrowed at once, and all that is out at every full hour', () => {
    const engine = engineAt(hour - 90_000, '0.0024')
    engine.apply(usdt('borrow', '100'))
    engine.apply(usdt('borrow', '50'), { at: hour })
    engine.apply(usdt('borrow', '25'))
    engine.advanceTo(hour + hourMs)
    expect(rowsOf(engine)).toEqual([
      [hourMs, 'periodic', '175.00000000', '0.01750000'],
      [0, 'on-borrow', '25.00000000', '0.00250000'],
      [0, 'on-borrow', '50.00000000', '0.00500000'],
      [0, 'periodic', '100.00000000', '0.01000000'],
      [-90_000, 'on-borrow', '100.00000000', '0.01000000'],
    ])
  })

  it('never charges interest on interest, and leaves the time of the last change alone', () => {
    const engine = engineAt(hour - 1, '0.24')
    engine.apply(usdt('borrow', '100'))
    engine.advanceTo(hour + 99 * hourMs)
    expect(new Set(engine.loanCharges({ account: 'main' }).map(({ interest }) => toText(interest)))).toEqual(new Set(['1.00000000']))
    expect(engine.binanceBalances('main')[0]).toMatchObject({ crossInterest: decimal('101.00000000'), updatedAt: hour - 1 })
  })

  it('is repaid before the principal', () => {
    const engine = engineAt(hour - 1, '0.24')
    engine.apply(usdt('borrow', '100'))
    engine.advanceTo(hour)
    engine.apply(usdt('repay-loan', '1.5'))
    expect(engine.binanceBalances('main')[0]).toMatchObject({
      crossInterest: decimal('0.50000000'),
      crossBorrowed: decimal('100.00000000'),
    })
    engine.apply(usdt('repay-loan', '10.5'))
    expect(engine.binanceBalances('main')[0]).toMatchObject({ crossInterest: decimal('0.00000000'), crossBorrowed: decimal('90.00000000') })
    engine.advanceTo(hour + hourMs)
    expect(rowsOf(engine)[0]).toEqual([hourMs, 'periodic', '90.00000000', '0.90000000'])
  })

  it('costs nothing more when it is back one millisecond before the hour, and a full hour when it is back at it', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 20n }).map((mantissa) => decimalOf(mantissa, 8))
    const rate = fc.bigInt({ min: 1n, max: 10n ** 6n }).map((mantissa) => decimalOf(mantissa, 8))
    fc.assert(
      fc.property(amount, rate, fc.integer({ min: 1, max: hourMs - 1 }), (principal, rateDaily, before) => {
        const hourly = interestOn(principal.mantissa, rateDaily, 24n)
        for (const [at, rows] of [
          [hour - 1, 1],
          [hour, 2],
        ] as const) {
          const engine = engineAt(hour - before, toText(rateDaily))
          engine.apply(usdt('deposit', '90000000000000'))
          engine.apply(usdt('borrow', principal))
          engine.apply(usdt('repay-loan', '90000000000000'), { at })
          engine.advanceTo(hour + dayMs)
          const charges = engine.loanCharges({ account: 'main' })
          expect(charges.map(({ interest }) => interest.mantissa)).toEqual(Array(rows).fill(hourly))
          expect(engine.binanceBalances('main')[0]).toMatchObject({ crossBorrowed: { mantissa: 0n }, crossInterest: { mantissa: 0n } })
        }
      }),
      { numRuns: 60 },
    )
  })

  it('follows the rate of the level, and is free where none is set', () => {
    const engine = engineAt(hour - 1, '0.0024')
    engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'USDT', vip: 3, rateDaily: decimal('0.0012') })
    engine.apply({ kind: 'open-account', account: 'vip', exchange: 'binance', vip: 3 })
    for (const account of ['main', 'vip'])
      for (const asset of ['USDT', 'BTC']) engine.apply({ ...usdt('borrow', '10'), account, asset } as Command)
    engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'USDT', rateDaily: decimal('0.0048') })
    engine.advanceTo(hour)
    const rates = (account: string) => engine.loanCharges({ account }).map(({ asset, rateDaily }) => `${asset} ${toText(rateDaily)}`)
    expect([rates('main'), rates('vip')]).toEqual([
      ['USDT 0.0048', 'USDT 0.0024'],
      ['USDT 0.0012', 'USDT 0.0012'],
    ])
  })

  it('has ids that ascend with time and are unique beside those of negative balances', () => {
    const midnight = parseInstant('2025-08-02T00:00:00Z')
    const engine = engineAt(midnight - 2 * hourMs, '0.0024')
    engine.apply({ kind: 'book', account: 'main', wallet: 'um', asset: 'USDT', amount: decimal('-500'), reason: 'fee' })
    for (const at of [midnight - hourMs, midnight, midnight]) engine.apply(usdt('borrow', '10'), { at })
    const charges = [...engine.loanCharges({ account: 'main' }), ...engine.binanceCharges({ account: 'main' })]
    expect(charges).toHaveLength(5)
    const ids = charges.map(({ id }) => id).sort((left, right) => (left < right ? -1 : 1))
    expect(new Set(ids).size).toBe(5)
    const instants = ids.map((id) => charges.find((charge) => charge.id === id)!.at)
    expect(instants).toEqual([...instants].sort((left, right) => left - right))
    expect(engine.loanCharges({ account: 'main', limit: 2 }).map(({ id }) => id)).toEqual([ids[4], ids[3]])
  })
})
