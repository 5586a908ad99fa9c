import { describe, expect, test } from 'vitest'
import { okxKit, type Row, success } from '../../../../../test/support/okx-kit.ts'
import { kitStart } from '../../../../../test/support/venue-kit.ts'
import { decimal } from '../../../../decimal/decimal.ts'

const unsigned = { headers: { 'ok-access-key': null, 'ok-access-sign': null, 'ok-access-timestamp': null, 'ok-access-passphrase': null } }

describe('GET /api/v5/public/time', () => {
  test('tells the venue’s time to everybody', async () => {
    const { ask } = await okxKit()
    expect(ask('/api/v5/public/time', '', unsigned).text).toBe(success(`{"ts":"${kitStart}"}`))
  })
})

describe('GET /api/v5/public/interest-rate-loan-quota', () => {
  const path = '/api/v5/public/interest-rate-loan-quota'

  interface Quotas {
    readonly basic: readonly Row[]
    readonly config: readonly Row[]
    readonly configCcyList: readonly Row[]
    readonly vip: readonly Row[]
    readonly regular: readonly Row[]
  }

  test('prints daily rates and quotas in the document’s shape', async () => {
    const { apply, ask, data } = await okxKit()
    apply(
      { kind: 'set-rate', exchange: 'okx', asset: 'USDT', rateDaily: decimal('0.00043728') },
      { kind: 'set-loan-terms', exchange: 'okx', asset: 'USDT', maintenanceRate: decimal('0.05'), maximum: decimal('500000') },
    )
    expect(ask(path, '', unsigned).status).toBe(200)
    const [quotas] = data<Quotas>(path)
    expect(Object.keys(quotas!)).toEqual(['configCcyList', 'basic', 'vip', 'config', 'regular'])
    expect(quotas!.basic).toContainEqual({ ccy: 'USDT', quota: '500000', rate: '0.00043728' })
    expect(quotas!.vip[0]).toEqual({ irDiscount: '', loanQuotaCoef: '1', level: 'VIP1' })
    expect(quotas!.regular).toEqual([{ irDiscount: '', loanQuotaCoef: '1', level: 'Lv1' }])
    expect([quotas!.config, quotas!.configCcyList]).toEqual([[], []])
  })

  test('a currency without terms has an empty quota, one whose levels differ stands in config', async () => {
    const { apply, data } = await okxKit()
    apply(
      { kind: 'set-loan-terms', exchange: 'okx', asset: 'USDT', maintenanceRate: decimal('0.05'), maximum: decimal('500000') },
      { kind: 'set-loan-terms', exchange: 'okx', asset: 'USDT', vip: 8, maintenanceRate: decimal('0.05'), maximum: decimal('6000000') },
    )
    const [quotas] = data<Quotas>(path)
    expect(quotas!.basic.find(({ ccy }) => ccy === 'BTC')).toMatchObject({ quota: '' })
    expect(quotas!.configCcyList.map(({ ccy }) => ccy)).toEqual(['USDT'])
    expect(quotas!.config).toContainEqual({ ccy: 'USDT', stgyType: '0', quota: '6000000', level: 'VIP 8' })
    expect(quotas!.config).toContainEqual({ ccy: 'USDT', stgyType: '0', quota: '500000', level: 'VIP 7' })
  })
})

describe('GET /api/v5/public/discount-rate-interest-free-quota', () => {
  const path = '/api/v5/public/discount-rate-interest-free-quota'

  test('prints quota and collateral rate as one tier without end', async () => {
    const { apply, ask } = await okxKit()
    apply(
      { kind: 'set-free-quota', asset: 'BTC', amount: decimal('0') },
      { kind: 'set-collateral-rate', asset: 'BTC', rate: decimal('0.98') },
    )
    expect(ask(path, 'ccy=BTC', unsigned).text).toBe(
      success(
        '{"amt":"0","ccy":"BTC","collateralRestrict":false,"details":[{"discountRate":"0.98","liqPenaltyRate":"0.02","maxAmt":"","minAmt":"0",' +
          '"tier":"1","disCcyEq":""}],"discountLv":"1","minDiscountRate":"0"}',
      ),
    )
    apply({ kind: 'set-free-quota', asset: 'BTC', amount: decimal('1') })
    expect(ask(path, 'ccy=BTC').text).toContain('"amt":"1"')
  })

  test('lists every currency of the market, and of an unknown one nothing', async () => {
    const { data, venue } = await okxKit()
    expect(data(path).map(({ ccy }) => ccy)).toEqual([...venue.engine.marketAssets()])
    expect(data(path, 'ccy=NOTHING')).toEqual([])
  })
})
