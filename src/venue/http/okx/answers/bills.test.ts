import { describe, expect, test } from 'vitest'
import { business, okxKit, type Row } from '../../../../../test/support/okx-kit.ts'
import { kitStart } from '../../../../../test/support/venue-kit.ts'
import { billRow } from '../../../../contracts/okx/bill-row.ts'
import { add, equals } from '../../../../decimal/arithmetic.ts'
import { decimal } from '../../../../decimal/decimal.ts'
import { parseInstant } from '../../../../time/instant.ts'
import { dayMs, hourMs } from '../../../../time/units.ts'

const bills = '/api/v5/account/bills'
const archive = '/api/v5/account/bills-archive'
const one = parseInstant('2026-03-10T13:00:00Z')

/** Deposit, spot loan, isolated debt, VIP loan, and one hour of interest on each. */
async function lively(behaviour = {}) {
  const kit = await okxKit(behaviour)
  kit.apply(
    { kind: 'deposit', account: 'okx', asset: 'USDT', amount: decimal('1000') },
    { kind: 'borrow-spot', account: 'okx', asset: 'BTC', amount: decimal('0.01') },
    { kind: 'borrow-isolated', account: 'okx', asset: 'USDT', instId: 'ETH-USDT', amount: decimal('10') },
    { kind: 'borrow-vip', account: 'okx', asset: 'USDT', order: '361', amount: decimal('97'), rateDaily: decimal('0.000098') },
    { kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: decimal('-2'), reason: 'funding' },
  )
  kit.venue.clock.advanceTo(one + 30_000)
  kit.apply({ kind: 'repay-spot', account: 'okx', asset: 'BTC', amount: decimal('0.005') })
  const kinds = (query = '', path = bills) => kit.data(path, query).map(({ type, subType, ccy }) => `${type}/${subType} ${ccy}`)
  return { ...kit, kinds }
}

describe('GET /api/v5/account/bills', () => billTests(bills))
describe('GET /api/v5/account/bills-archive', () => billTests(archive))

function billTests(path: string): void {
  test('prints every key of the document, in its order, all values strings, newest first', async () => {
    const { data, kinds } = await lively()
    const rows = data(path)
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(Object.keys(billRow.fields))
      for (const value of Object.values(row)) expect(value).toBeTypeOf('string')
    }
    expect(kinds('', path)).toEqual([
      '22/308 BTC',
      '7/14 USDT',
      '7/9 USDT',
      '7/9 BTC',
      '8/173 USDT',
      '16/306 USDT',
      '16/306 USDT',
      '16/306 BTC',
      '1/11 USDT',
    ])
    const ids = rows.map(({ billId }) => BigInt(billId!))
    expect(ids.every((id, index) => index === 0 || id < ids[index - 1]!)).toBe(true)
  })

  test('shows what changed, what is then there, and for interest how much', async () => {
    const { data } = await lively()
    const [vip] = data(path, 'subType=14')
    expect(vip).toMatchObject({
      ccy: 'USDT',
      balChg: '-0.0003960833333334',
      interest: '0.0003960833333334',
      ordId: '361',
      mgnMode: 'cross',
      ts: String(one),
    })
    const [isolated] = data(path, 'type=7&mgnMode=isolated')
    expect(isolated).toMatchObject({
      instId: 'ETH-USDT',
      instType: 'MARGIN',
      balChg: '0',
      interest: '0.0000408333333334',
      posBal: '-10.0000408333333334',
    })
    const [funding] = data(path, 'type=8')
    expect(funding).toMatchObject({ subType: '173', balChg: '-2', pnl: '-2', instType: 'SWAP', fee: '0' })
    const [deposit] = data(path, 'type=1')
    expect(deposit).toMatchObject({ subType: '11', balChg: '1000', bal: '1000', from: '6', to: '18', mgnMode: '', instType: '' })
  })

  test('every balance is the one before it and the change', async () => {
    const { data, venue } = await lively()
    venue.clock.advanceBy(30 * hourMs)
    const rows = data(path, 'ccy=USDT&mgnMode=cross').toReversed()
    expect(rows.length).toBeGreaterThan(20)
    for (const [index, { bal, balChg }] of rows.entries()) {
      const before = index === 0 ? '0' : rows[index - 1]!['bal']!
      expect(equals(decimal(bal!), add(decimal(before), decimal(balChg!)))).toBe(true)
    }
  })

  test('cursors are bill ids, exclusive, also among rows of one instant; begin and end are inclusive', async () => {
    const { data } = await lively()
    const all = data(path)
    const id = (index: number) => all[index]!['billId']
    expect(data(path, 'limit=3')).toEqual(all.slice(0, 3))
    expect(data(path, `after=${id(2)}&limit=3`)).toEqual(all.slice(3, 6))
    expect(data(path, `before=${id(2)}`)).toEqual(all.slice(0, 2))
    expect(data(path, `after=${id(1)}&before=${id(5)}`)).toEqual(all.slice(2, 5))
    expect(data(path, `begin=${one}&end=${one}`)).toEqual(all.filter(({ ts }) => Number(ts) === one))
    expect(data(path, `begin=${one + 1}`)).toEqual(all.slice(0, 1))
    expect(data(path, `end=${one - 1}`).every(({ ts }) => Number(ts) === kitStart)).toBe(true)
    expect(data(path, `after=${all.at(-1)!['billId']}`)).toEqual([])
  })

  test('page after page by the last bill id gives every row once', async () => {
    const { data, venue } = await lively()
    venue.clock.advanceBy(40 * hourMs)
    const found: Row[] = []
    for (let after = ''; ; after = `&after=${found.at(-1)!['billId']}`) {
      const page = data(path, `limit=7${after}`)
      found.push(...page)
      if (page.length < 7) break
    }
    expect(new Set(found.map(({ billId }) => billId)).size).toBe(found.length)
    expect(found).toHaveLength(9 + 40 * 3)
  })

  test('filters by currency, type, subtype, product, instrument and margin mode', async () => {
    const { kinds } = await lively()
    expect(kinds('ccy=BTC', path)).toEqual(['22/308 BTC', '7/9 BTC', '16/306 BTC'])
    expect(kinds('type=16', path)).toHaveLength(3)
    expect(kinds('subType=309', path)).toEqual([])
    expect(kinds('instType=SWAP', path)).toEqual(['8/173 USDT'])
    expect(kinds('ctType=linear', path)).toEqual(['8/173 USDT'])
    expect(kinds('ctType=inverse', path)).toEqual([])
    expect(kinds('instId=ETH-USDT', path)).toEqual(['7/9 USDT', '16/306 USDT'])
    expect(kinds('mgnMode=isolated', path)).toEqual(['7/9 USDT', '16/306 USDT'])
    expect(kinds('type=7&limit=1', path)).toEqual(['7/14 USDT'])
  })

  test.each([
    ['limit=101', 'limit'],
    ['type=interest', 'type'],
    ['subType=-1', 'subType'],
    ['after=abc', 'after'],
    ['begin=yesterday', 'begin'],
    ['instType=STOCK', 'instType'],
  ])('%s is refused', async (query, parameter) => {
    const { ask } = await okxKit()
    expect(ask(path, query).text).toBe(business('51000', `Parameter ${parameter} error`))
  })

  test('shows a repayment by force as type 4, bought and sold', async () => {
    const { apply, data, venue } = await okxKit()
    apply(
      { kind: 'set-price', asset: 'BTC', price: decimal('80000') },
      { kind: 'set-price', asset: 'USDT', price: decimal('1') },
      { kind: 'set-collateral-rate', asset: 'USDT', rate: decimal('1') },
      { kind: 'set-free-quota', asset: 'BTC', amount: decimal('0.1') },
      { kind: 'deposit', account: 'okx', asset: 'USDT', amount: decimal('100000') },
      { kind: 'set-auto-borrow', account: 'okx', on: false },
      { kind: 'book', account: 'okx', wallet: 'cash', asset: 'BTC', amount: decimal('-1'), reason: 'profit-or-loss' },
    )
    venue.clock.advanceBy(2 * hourMs)
    const forced = data(path, 'type=4')
    expect(new Set(forced.map(({ subType, ccy }) => `${subType} ${ccy}`))).toEqual(new Set(['114 BTC', '115 USDT']))
  })
}

test.each([
  [bills, 7 * dayMs],
  [archive, 90 * dayMs],
  [archive, 365 * dayMs, { okxBillsArchive: 'one-year' as const }],
])('%s keeps what it keeps, and nothing older', async (path, retentionMs, behaviour: Partial<{ okxBillsArchive: 'one-year' }> = {}) => {
  const { apply, data, venue } = await okxKit(behaviour)
  apply({ kind: 'deposit', account: 'okx', asset: 'USDT', amount: decimal('1') })
  venue.clock.advanceTo(kitStart + retentionMs)
  expect(data(path)).toHaveLength(1)
  venue.clock.advanceBy(1)
  expect(data(path)).toEqual([])
  expect(data(path, 'begin=0')).toEqual([])
})
