import { describe, expect, test } from 'vitest'
import { business, okxKit, success } from '../../../../../test/support/okx-kit.ts'
import { kitStart } from '../../../../../test/support/venue-kit.ts'
import { decimal } from '../../../../decimal/decimal.ts'
import { minuteMs } from '../../../../time/units.ts'

const path = '/api/v5/account/spot-borrow-repay-history'
const at = (minute: number) => kitStart + minute * minuteMs

/** A borrowing or repayment each minute, of BTC but for the second. */
async function eventful(behaviour = {}) {
  const kit = await okxKit(behaviour)
  const { apply, venue } = kit
  const step = (command: 'borrow-spot' | 'repay-spot', asset: string, amount: string) => {
    apply({ kind: command, account: 'okx', asset, amount: decimal(amount) })
    venue.clock.advanceBy(minuteMs)
  }
  apply({ kind: 'deposit', account: 'okx', asset: 'USDT', amount: decimal('100000') })
  step('borrow-spot', 'BTC', '0.1')
  step('borrow-spot', 'ETH', '1')
  step('borrow-spot', 'BTC', '0.05')
  step('repay-spot', 'BTC', '0.12')
  apply({ kind: 'borrow-isolated', account: 'okx', asset: 'BTC', instId: 'BTC-USDT', amount: decimal('1') })
  apply({ kind: 'borrow-vip', account: 'okx', asset: 'BTC', order: '1', amount: decimal('1'), rateDaily: decimal('0.0001') })
  const times = (query: string) => kit.data(path, query).map(({ ts }) => (Number(ts) - kitStart) / minuteMs)
  return { ...kit, times }
}

describe('GET /api/v5/account/spot-borrow-repay-history', () => {
  test('prints the document’s row, with what is borrowed in all after it', async () => {
    const { ask } = await eventful()
    expect(ask(path, 'limit=1').text).toBe(success(`{"accBorrowed":"0.03","amt":"0.12","ccy":"BTC","ts":"${at(3)}","type":"manual_repay"}`))
  })

  test('is newest first, of spot mode only', async () => {
    const { data } = await eventful()
    expect(data(path).map(({ type, ccy, accBorrowed }) => `${type} ${ccy} ${accBorrowed}`)).toEqual([
      'manual_repay BTC 0.03',
      'manual_borrow BTC 0.15',
      'manual_borrow ETH 1',
      'manual_borrow BTC 0.1',
    ])
  })

  test('both cursors are included, other than elsewhere', async () => {
    const { times } = await eventful()
    expect(times(`after=${at(2)}`)).toEqual([2, 1, 0])
    expect(times(`after=${at(2) - 1}`)).toEqual([1, 0])
    expect(times(`before=${at(2)}`)).toEqual([3, 2])
    expect(times(`before=${at(2) + 1}`)).toEqual([3])
    expect(times(`after=${at(2)}&before=${at(1)}`)).toEqual([2, 1])
    expect(times(`before=${at(0)}&limit=2`)).toEqual([3, 2])
  })

  test('before alone gives the rows next to the cursor, and both cursors are refused, where the behaviour says so', async () => {
    const { times, ask } = await eventful({ okxBeforeAlone: 'nearest', okxBothCursors: 'reject' })
    expect(times(`before=${at(0)}&limit=2`)).toEqual([1, 0])
    expect(ask(path, 'after=2&before=1').text).toBe(business('50024', 'Parameter after and before can not exist at the same time.'))
  })

  test('filters by currency and type', async () => {
    const { times, data } = await eventful()
    expect(times('ccy=ETH')).toEqual([1])
    expect(times('type=manual_borrow&limit=2')).toEqual([2, 1])
    expect(data(path, 'type=auto_repay')).toEqual([])
    expect(data(path, 'type=auto_borrow')).toEqual([])
  })

  test.each([
    ['type=borrow', 'type'],
    ['limit=0', 'limit'],
    ['after=x', 'after'],
  ])('%s is refused', async (query, parameter) => {
    const { ask } = await okxKit()
    expect(ask(path, query).text).toBe(business('51000', `Parameter ${parameter} error`))
  })
})
