import { describe, expect, test } from 'vitest'
import { business, okxKit, success } from '../../../../../test/support/okx-kit.ts'
import { decimal } from '../../../../decimal/decimal.ts'

const path = '/api/v5/account/max-loan'

async function limited(behaviour = {}) {
  const kit = await okxKit(behaviour)
  kit.apply(
    { kind: 'set-price', asset: 'USDT', price: decimal('1') },
    { kind: 'set-price', asset: 'BTC', price: decimal('80000') },
    { kind: 'deposit', account: 'okx', asset: 'USDT', amount: decimal('1000000') },
    { kind: 'set-loan-terms', exchange: 'okx', asset: 'BTC', maintenanceRate: decimal('0.05'), maximum: decimal('0.1') },
    { kind: 'set-loan-terms', exchange: 'okx', asset: 'USDT', maintenanceRate: decimal('0.05'), maximum: decimal('0.2') },
  )
  return kit
}

describe('GET /api/v5/account/max-loan', () => {
  test('prints the document’s rows: of an instrument what selling and buying it could borrow', async () => {
    const { ask } = await limited()
    expect(ask(path, 'instId=BTC-USDT&mgnMode=isolated').text).toBe(
      success(
        '{"instId":"BTC-USDT","mgnMode":"isolated","mgnCcy":"","maxLoan":"0.1","ccy":"BTC","side":"sell"},' +
          '{"instId":"BTC-USDT","mgnMode":"isolated","mgnCcy":"","maxLoan":"0.2","ccy":"USDT","side":"buy"}',
      ),
    )
  })

  test.each([
    [5, '62.5'],
    [2, '25'],
    [1, '12.5'],
  ])('is what the margin secures at leverage %i where neither level nor pool bounds it', async (okxBorrowLeverage, maxLoan) => {
    const { apply, data } = await limited({ okxBorrowLeverage })
    apply({ kind: 'set-collateral-rate', asset: 'USDT', rate: decimal('1') })
    apply({ kind: 'set-loan-terms', exchange: 'okx', asset: 'BTC', maintenanceRate: decimal('0.05'), maximum: decimal('1000') })
    expect(data(path, 'ccy=BTC&mgnMode=cross')[0]).toMatchObject({ maxLoan })
  })

  test('of a currency it has one row, and falls with what was borrowed', async () => {
    const { apply, ask, data } = await limited()
    expect(ask(path, 'ccy=BTC&mgnMode=cross&mgnCcy=USDT').text).toBe(
      success('{"instId":"","mgnMode":"cross","mgnCcy":"USDT","maxLoan":"0.1","ccy":"BTC","side":""}'),
    )
    apply({ kind: 'borrow-spot', account: 'okx', asset: 'BTC', amount: decimal('0.04') })
    expect(data(path, 'ccy=BTC&mgnMode=cross')[0]).toMatchObject({ maxLoan: '0.06' })
    apply({ kind: 'set-lending-pool', exchange: 'okx', asset: 'BTC', amount: decimal('0.05') })
    expect(data(path, 'ccy=BTC&mgnMode=cross')[0]).toMatchObject({ maxLoan: '0.01' })
  })

  test('takes up to five instruments', async () => {
    const { data, ask } = await limited()
    expect(data(path, 'instId=BTC-USDT,ETH-USDT&mgnMode=cross').map(({ ccy }) => ccy)).toEqual(['BTC', 'USDT', 'ETH', 'USDT'])
    const six = Array.from({ length: 6 }, () => 'BTC-USDT').join(',')
    expect(ask(path, `instId=${six}&mgnMode=cross`).text).toBe(business('50025', 'Parameter instId count exceeds the limit 5.'))
  })

  test.each([
    ['instId=BTC-USDT', 400, business('50014', 'Parameter mgnMode can not be empty.')],
    ['instId=BTC-USDT&mgnMode=cash', 400, business('51000', 'Parameter mgnMode error')],
    ['mgnMode=cross', 400, business('50015', 'Either parameter instId or ccy is required')],
    ['instId=BTC-USDT&ccy=BTC&mgnMode=cross', 200, business('50024', 'Parameter instId and ccy can not exist at the same time.')],
    ['instId=BTC-NOTHING&mgnMode=cross', 200, business('51001', "Instrument ID doesn't exist.")],
    ['instId=BTCUSDT&mgnMode=cross', 200, business('51001', "Instrument ID doesn't exist.")],
    ['instId=BTC-USDT,&mgnMode=cross', 400, business('51000', 'Parameter instId error')],
  ])('%s is refused', async (query, status, text) => {
    const { ask } = await limited()
    const got = ask(path, query)
    expect([got.status, got.text]).toEqual([status, text])
  })
})
