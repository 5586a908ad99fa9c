import { describe, expect, test } from 'vitest'
import { business, okxKit, type Row, success } from '../../../../../test/support/okx-kit.ts'
import { decimal } from '../../../../decimal/decimal.ts'

const path = '/api/v5/account/spot-manual-borrow-repay'
const btc = (side: string, amt: string) => ({ ccy: 'BTC', side, amt })

async function funded() {
  const kit = await okxKit()
  kit.apply(
    { kind: 'set-price', asset: 'USDT', price: decimal('1') },
    { kind: 'set-price', asset: 'BTC', price: decimal('80000') },
    { kind: 'deposit', account: 'okx', asset: 'USDT', amount: decimal('10000') },
  )
  const btcRow = (): Row | undefined => {
    const [summary] = kit.data<{ details: readonly Row[] }>('/api/v5/account/balance', 'ccy=BTC')
    return summary!.details[0]
  }
  return { ...kit, btcRow }
}

describe('POST /api/v5/account/spot-manual-borrow-repay', () => {
  test('prints the document’s row', async () => {
    const { post } = await funded()
    expect(post(path, '{"ccy":"USDT","side":"borrow","amt":"100"}').text).toBe(success('{"ccy":"USDT","side":"borrow","amt":"100"}'))
  })

  test('borrows coins into cash and repays them from it, and says what it really repaid', async () => {
    const { post, btcRow } = await funded()
    expect(post(path, btc('borrow', '0.0100')).text).toBe(success('{"ccy":"BTC","side":"borrow","amt":"0.01"}'))
    expect(btcRow()).toMatchObject({ cashBal: '0.01', eq: '0', liab: '0.01', crossLiab: '0.01' })
    expect(post(path, btc('repay', '0.004')).text).toBe(success('{"ccy":"BTC","side":"repay","amt":"0.004"}'))
    expect(btcRow()).toMatchObject({ cashBal: '0.006', liab: '0.006' })
    expect(post(path, btc('repay', '5')).text).toBe(success('{"ccy":"BTC","side":"repay","amt":"0.006"}'))
    expect(btcRow()).toBeUndefined()
  })

  test.each([
    ['an unknown side', { ccy: 'BTC', side: 'lend', amt: '1' }, 400, business('51000', 'Parameter side error')],
    ['no currency', { side: 'borrow', amt: '1' }, 400, business('50014', 'Parameter ccy can not be empty.')],
    ['an empty currency', { ccy: '', side: 'borrow', amt: '1' }, 400, business('50014', 'Parameter ccy can not be empty.')],
    ['no amount', { ccy: 'BTC', side: 'borrow' }, 400, business('50014', 'Parameter amt can not be empty.')],
    ['an amount of zero', btc('borrow', '0'), 400, business('51000', 'Parameter amt error')],
    ['an amount below zero', btc('borrow', '-1'), 400, business('51000', 'Parameter amt error')],
    ['an amount with an exponent', btc('borrow', '1e3'), 400, business('51000', 'Parameter amt error')],
    ['an amount finer than the ledger', btc('borrow', '0.00000000000000001'), 400, business('51000', 'Parameter amt error')],
    ['an amount beyond everything', btc('borrow', '1'.padEnd(40, '0')), 400, business('51000', 'Parameter amt error')],
    ['an amount of a thousand digits', btc('borrow', '9'.repeat(2_000)), 400, business('51000', 'Parameter amt error')],
    ['a number where text belongs', { ccy: 'BTC', side: 'borrow', amt: 1 }, 400, business('51000', 'Parameter amt error')],
    ['a name no currency has', { ccy: 'B T C', side: 'borrow', amt: '1' }, 400, business('51000', 'Parameter ccy error')],
    ['a debt that is not there', { ccy: 'ETH', side: 'repay', amt: '1' }, 200, business('1', 'Operation failed.')],
  ])('%s is refused, and nothing changes', async (_, body, status, text) => {
    const { post, venue } = await funded()
    const before = venue.engine.digest()
    const got = post(path, body)
    expect([got.status, got.text]).toEqual([status, text])
    expect(venue.engine.digest()).toBe(before)
  })

  test('more than the level may borrow is 51017, more than the exchange can lend 50064, more than there is to repay with 51008', async () => {
    const { apply, post } = await funded()
    apply({ kind: 'set-loan-terms', exchange: 'okx', asset: 'BTC', maintenanceRate: decimal('0.05'), maximum: decimal('0.02') })
    expect(post(path, btc('borrow', '0.03')).text).toBe(business('51017', 'Loan amount exceeds borrowing limit.'))
    apply({ kind: 'set-lending-pool', exchange: 'okx', asset: 'BTC', amount: decimal('0.005') })
    expect(post(path, btc('borrow', '0.01')).text).toBe(business('50064', 'The borrowing system is unavailable. Try again later.'))
    expect(post(path, btc('borrow', '0.005')).status).toBe(200)
    apply({ kind: 'withdraw', account: 'okx', asset: 'BTC', amount: decimal('0.004') })
    expect(post(path, btc('repay', '0.005')).text).toBe(business('51008', 'Order failed. Insufficient BTC balance in account.'))
    expect(post(path, btc('repay', '0.001')).text).toBe(success('{"ccy":"BTC","side":"repay","amt":"0.001"}'))
  })
})
