import { describe, expect, test } from 'vitest'
import { okxKit, success } from '../../../../../test/support/okx-kit.ts'
import { decimal } from '../../../../decimal/decimal.ts'

const path = '/api/v5/account/interest-rate'

describe('GET /api/v5/account/interest-rate', () => {
  test('prints the daily rate where the behaviour says so, as the document’s row', async () => {
    const { apply, ask } = await okxKit({ okxInterestRatePeriod: 'daily' })
    apply({ kind: 'set-rate', exchange: 'okx', asset: 'BTC', rateDaily: decimal('0.0001') })
    expect(ask(path, 'ccy=BTC').text).toBe(success('{"ccy":"BTC","interestRate":"0.0001"}'))
    apply(
      { kind: 'set-rate', exchange: 'okx', asset: 'BTC', vip: 5, rateDaily: decimal('0.00008') },
      { kind: 'set-vip', account: 'okx', vip: 5 },
    )
    expect(ask(path, 'ccy=BTC').text).toBe(success('{"ccy":"BTC","interestRate":"0.00008"}'))
  })

  test('lists every currency that can be borrowed; of one that cannot it has no row', async () => {
    const { data } = await okxKit()
    const all = data(path)
    expect(all.length).toBeGreaterThan(1)
    expect(all.every((row) => Object.values(row).every((value) => typeof value === 'string'))).toBe(true)
    expect(data(path, `ccy=${all[1]!['ccy']}`)).toEqual([all[1]])
    expect(data(path, 'ccy=NOTHING')).toEqual([])
  })

  test('prints the rate of the user’s level by the hour: the 24th of the daily one, cut at 16 decimals', async () => {
    const { apply, data } = await okxKit()
    apply({ kind: 'set-rate', exchange: 'okx', asset: 'USDT', rateDaily: decimal('0.000098') })
    expect(data(path, 'ccy=USDT')).toEqual([{ ccy: 'USDT', interestRate: '0.0000040833333333' }])
  })
})
