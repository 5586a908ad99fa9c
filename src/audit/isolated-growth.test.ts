import { describe, expect, it } from 'vitest'
import { audit, bookOfRows, noEvidence } from '../../test/support/audit-kit.ts'
import type { Charge } from '../book/record.ts'
import { add, subtract } from '../decimal/arithmetic.ts'
import { decimal, decimalOf, toText } from '../decimal/decimal.ts'
import { okxInterest } from '../rules/interest.ts'
import { parseInstant } from '../time/instant.ts'
import { hourMs } from '../time/units.ts'

const begin = parseInstant('2026-03-01T00:00:00Z')
const rateDaily = decimal('0.000276')

function chargeOn(hour: number, principal: Charge['principal']): Charge {
  return {
    account: 'main',
    asset: 'BTC',
    instId: 'BTC-USDT',
    marginMode: 'isolated',
    loanType: '2',
    at: begin + hour * hourMs,
    principal,
    rate: decimal('0.0000115'),
    interest: okxInterest(principal, rateDaily),
    receivedAt: 0,
  }
}

/** A debt that nothing but its interest changes, but for what `change` makes of single hours. */
function debt(hours: number, change: (hour: number, charge: Charge) => Charge = (_, charge) => charge): Charge[] {
  const rows: Charge[] = []
  let principal = decimal('3.1415926535897932')
  for (let hour = 0; hour < hours; hour++) {
    const right = chargeOn(hour, principal)
    rows.push(change(hour, right))
    principal = add(principal, right.interest)
  }
  return rows
}

const unit = decimalOf(1n, 16)

describe('the liability of an isolated debt', () => {
  it('grows by the last interest to the last digit, hour after hour', async () => {
    const { findings, summary } = await audit(bookOfRows('okx', debt(200)), noEvidence('none'))
    expect(findings).toEqual([])
    expect(summary.verdicts.exact).toBe(200)
  })

  it('is wrong in the one hour in which it is another, although interest follows from it', async () => {
    const rows = debt(100, (hour, right) => (hour === 40 ? chargeOn(hour, add(right.principal, decimal('0.5'))) : right))
    const { findings } = await audit(bookOfRows('okx', rows), noEvidence('none'))
    expect(findings.map(({ verdict, charge }) => [verdict, (charge.at - begin) / hourMs])).toEqual([['wrong-principal', 40]])
    expect(toText(findings[0]?.due?.high ?? decimal('0'))).toBe(toText(debt(41)[40]?.interest ?? decimal('0')))
    expect(findings[0]?.steps.map(({ what }) => what)).toContain('growth of the isolated liability in one hour')
  })

  it('tells by its growth that one unit too much was charged, within rounding as that may look', async () => {
    const rows = debt(100, (hour, right) => (hour === 40 ? { ...right, interest: subtract(right.interest, unit) } : right))
    const { findings, summary } = await audit(bookOfRows('okx', rows), noEvidence('none'))
    expect(findings.map(({ verdict, charge }) => [verdict, (charge.at - begin) / hourMs])).toEqual([['unexplained', 40]])
    expect(toText(findings[0]?.difference ?? decimal('0'))).toBe('-0.0000000000000001')
    expect(summary.verdicts).toMatchObject({ exact: 99, unexplained: 1, 'within-rounding': 0 })
  })

  it('is left alone where something moved in between', async () => {
    const rows = debt(50).map((row, hour) => (hour < 25 ? row : chargeOn(hour, add(row.principal, decimal('1')))))
    for (const moved of ['some', 'unknown'] as const) {
      const { findings, summary } = await audit(bookOfRows('okx', rows), noEvidence(moved))
      expect(findings).toEqual([])
      // Every hour after the change grows by the interest of another principal than the one made up here.
      expect(summary.unjudged.reduce((sum, { count }) => sum + count, 0)).toBe(moved === 'unknown' ? 25 : 0)
    }
  })

  it('is not held against a charge of more than an hour before', async () => {
    const rows = debt(50, (_, right) => right).filter((_, hour) => hour < 20 || hour > 22)
    const { findings } = await audit(bookOfRows('okx', rows), noEvidence('none'))
    expect(findings).toEqual([])
  })
})
