import { describe, expect, test } from 'vitest'
import { business, okxKit, success } from '../../../../../test/support/okx-kit.ts'
import { decimal } from '../../../../decimal/decimal.ts'
import { parseInstant } from '../../../../time/instant.ts'
import { hourMs, minuteMs } from '../../../../time/units.ts'

const one = parseInstant('2026-03-10T13:00:00Z')
const rate = decimal('0.000098')

async function lent(hours: number, behaviour = {}) {
  const kit = await okxKit(behaviour)
  kit.apply(
    { kind: 'borrow-vip', account: 'okx', asset: 'USDT', order: '361', amount: decimal('97'), rateDaily: rate },
    { kind: 'borrow-vip', account: 'okx', asset: 'USDT', order: '362', amount: decimal('100'), rateDaily: rate },
    { kind: 'book', account: 'okx', wallet: 'cash', asset: 'BTC', amount: decimal('-1'), reason: 'fee' },
  )
  kit.venue.clock.advanceBy(hours * hourMs + 10 * minuteMs)
  return kit
}

describe('GET /api/v5/account/vip-interest-accrued', () => interestTests('/api/v5/account/vip-interest-accrued'))
describe('GET /api/v5/account/vip-interest-deducted', () => interestTests('/api/v5/account/vip-interest-deducted'))

function interestTests(path: string): void {
  test('prints one row an hour for each order, without market loans', async () => {
    const { ask } = await lent(1)
    const row = (order: string, interest: string, liab: string) =>
      `{"ordId":"${order}","ccy":"USDT","interest":"${interest}","interestRate":"0.0000040833333333","liab":"${liab}","ts":"${one}"}`
    expect(ask(path, 'ordId=361').text).toBe(success(row('361', '0.0003960833333334', '97')))
    expect(ask(path, 'ordId=362').text).toBe(success(row('362', '0.0004083333333334', '100')))
    expect(ask(path, 'ccy=BTC').text).toBe(success(''))
  })

  test('is newest first, with exclusive cursors and a limit', async () => {
    const { data } = await lent(4)
    const hours = (query: string) => data(path, `ordId=361&${query}`).map(({ ts }) => (Number(ts) - one) / hourMs)
    expect(hours('')).toEqual([3, 2, 1, 0])
    expect(hours(`after=${one + 2 * hourMs}`)).toEqual([1, 0])
    expect(hours(`before=${one + hourMs}`)).toEqual([3, 2])
    expect(hours(`before=${one}&limit=1`)).toEqual([3])
    expect(hours('limit=2')).toEqual([3, 2])
  })

  test('before alone gives the rows next to the cursor, and both cursors are refused, where the behaviour says so', async () => {
    const { ask, data } = await lent(4, { okxBeforeAlone: 'nearest', okxBothCursors: 'reject' })
    expect(data(path, `ordId=361&before=${one}&limit=1`).map(({ ts }) => Number(ts))).toEqual([one + hourMs])
    expect(ask(path, 'after=2&before=1').text).toBe(business('50024', 'Parameter after and before can not exist at the same time.'))
  })

  test('of an order nobody has it is empty, and a bad limit is refused', async () => {
    const { ask } = await lent(1)
    expect(ask(path, 'ordId=none').text).toBe(success(''))
    expect(ask(path, 'limit=101').text).toBe(business('51000', 'Parameter limit error'))
  })
}

test('what is deducted leaves cash in the hour', async () => {
  const { data } = await lent(1)
  const [bill] = data('/api/v5/account/bills', 'type=7&subType=14&limit=1')
  expect(bill).toMatchObject({ balChg: expect.stringMatching(/^-0\.000/), ts: String(one) })
})
