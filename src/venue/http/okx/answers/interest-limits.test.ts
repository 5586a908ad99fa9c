import { describe, expect, test } from 'vitest'
import { business, okxKit, type Row } from '../../../../../test/support/okx-kit.ts'
import { interestLimitsRecord } from '../../../../contracts/okx/interest-limits.ts'
import { decimal } from '../../../../decimal/decimal.ts'
import { parseInstant } from '../../../../time/instant.ts'
import { hourMs } from '../../../../time/units.ts'

const path = '/api/v5/account/interest-limits'

interface Limits {
  readonly debt: string
  readonly interest: string
  readonly nextInterestTime: string
  readonly nextDiscountTime: string
  readonly records: readonly Row[]
}

describe('GET /api/v5/account/interest-limits', () => {
  test('prints the document’s shape: debt and interest with 32 decimals, both times the next full hour', async () => {
    const { apply, data, venue } = await okxKit()
    apply(
      { kind: 'set-price', asset: 'USDT', price: decimal('1') },
      { kind: 'deposit', account: 'okx', asset: 'USDT', amount: decimal('1000') },
      { kind: 'set-price', asset: 'BTC', price: decimal('80000') },
      { kind: 'set-rate', exchange: 'okx', asset: 'BTC', rateDaily: decimal('0.0000276') },
      { kind: 'set-loan-terms', exchange: 'okx', asset: 'BTC', maintenanceRate: decimal('0.05'), maximum: decimal('175') },
      { kind: 'borrow-spot', account: 'okx', asset: 'BTC', amount: decimal('0.01') },
    )
    const [limits] = data<Limits>(path, 'ccy=BTC')
    const next = String(parseInstant('2026-03-10T13:00:00Z'))
    expect(Object.keys(limits!)).toEqual(['debt', 'interest', 'loanAlloc', 'nextDiscountTime', 'nextInterestTime', 'records'])
    expect(limits).toMatchObject({
      debt: `800.${'0'.repeat(32)}`,
      interest: `0.${'0'.repeat(32)}`,
      nextInterestTime: next,
      nextDiscountTime: next,
    })
    expect(Object.keys(limits!.records[0]!)).toEqual(Object.keys(interestLimitsRecord.fields))
    expect(limits!.records).toEqual([
      {
        availLoan: '',
        avgRate: '',
        ccy: 'BTC',
        interest: '0',
        loanQuota: '175',
        posLoan: '',
        rate: '0.0000276',
        surplusLmt: '174.99',
        surplusLmtDetails: {},
        usedLmt: '0.01',
        usedLoan: '',
        interestFreeLiab: '0',
        potentialBorrowingAmt: '0',
      },
    ])
    // At the hour itself that hour has been charged, and the next is an hour away.
    venue.clock.advanceTo(Number(next))
    expect(data<Limits>(path)[0]!.nextInterestTime).toBe(String(Number(next) + hourMs))
  })

  test('lists every currency that can be borrowed, and says nothing of the debt while a price is missing', async () => {
    const { apply, data } = await okxKit()
    expect(data<Limits>(path)[0]!.records.map(({ ccy }) => ccy)).toContain('USDT')
    apply({ kind: 'book', account: 'okx', wallet: 'cash', asset: 'NOPRICE', amount: decimal('-1'), reason: 'fee' })
    expect(data<Limits>(path)[0]!.debt).toBe('')
  })

  test('knows market loans only', async () => {
    const { ask } = await okxKit()
    expect(ask(path, 'type=2').status).toBe(200)
    expect(ask(path, 'type=1').text).toBe(business('51000', 'Parameter type error'))
  })
})
