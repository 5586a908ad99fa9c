import { describe, expect, test } from 'vitest'
import { market, type PapiKit, papiKit } from '../../../../../test/support/papi.ts'
import { kitStart } from '../../../../../test/support/venue-kit.ts'
import { decimal } from '../../../../decimal/decimal.ts'

function require(kit: PapiKit, wallet: 'um' | 'cm', asset: string, initial: string, maintenance: string, openLoss = '0') {
  kit.command('set-requirements', {
    wallet,
    asset,
    initial: decimal(initial),
    maintenance: decimal(maintenance),
    openLoss: decimal(openLoss),
  })
}

describe('GET /papi/v1/account', () => {
  const path = '/papi/v1/account'

  test('says 99999999 where nothing is required, and leaves empty what the document leaves empty', async () => {
    const kit = await papiKit()
    kit.deposit('USDT', '100.5')
    market(kit.venue, { price: { USDT: '1' } })
    expect(kit.get(path).text).toBe(
      '{"uniMMR":"99999999","accountEquity":"100.50000000","actualEquity":"100.50000000","accountInitialMargin":"0.00000000",' +
        '"accountMaintMargin":"0.00000000","accountStatus":"NORMAL","virtualMaxWithdrawAmount":"100.50000000",' +
        `"totalAvailableBalance":"","totalMarginOpenLoss":"","updateTime":${kitStart}}`,
    )
  })

  test('of an account never used is all zeros', async () => {
    const { get } = await papiKit()
    expect(get(path).text).toMatch(/^\{"uniMMR":"99999999","accountEquity":"0\.00000000",.*"accountStatus":"NORMAL",.*"updateTime":0\}$/)
  })

  test('counts collateral rates in accountEquity alone, and cuts what the account has while it rounds up what it needs', async () => {
    const kit = await papiKit()
    kit.deposit('BTC', '0.00000003')
    market(kit.venue, { price: { BTC: '33.333333333', USDT: '1.1' } })
    kit.venue.engine.apply({ kind: 'set-collateral-rate', asset: 'BTC', rate: decimal('0.5') }, { at: kitStart })
    require(kit, 'um', 'USDT', '0.00000001', '0.00000001')
    const { text } = kit.get(path)
    expect(text).toContain('"accountEquity":"0.00000049"')
    expect(text).toContain('"actualEquity":"0.00000099"')
    expect(text).toContain('"accountInitialMargin":"0.00000002"')
    expect(text).toContain('"accountMaintMargin":"0.00000002"')
  })

  test.each([
    ['60', 'NORMAL'],
    ['80', 'MARGIN_CALL'],
    ['90', 'REDUCE_ONLY'],
    ['100', 'FORCE_LIQUIDATION'],
  ])('with a maintenance margin of %s against an equity of 100 is %s', async (maintenance, status) => {
    const kit = await papiKit()
    kit.deposit('USDT', '100')
    market(kit.venue, { price: { USDT: '1' } })
    require(kit, 'um', 'USDT', maintenance, maintenance)
    expect(kit.get(path).text).toContain(`"accountStatus":"${status}"`)
  })

  test('shows what a debt costs in full, and how much may leave', async () => {
    const kit = await papiKit()
    kit.deposit('USDT', '1000')
    kit.book('um', 'BTC', '-0.01')
    market(kit.venue, { price: { USDT: '1', BTC: '50000' } })
    kit.venue.engine.apply({ kind: 'set-collateral-rate', asset: 'BTC', rate: decimal('0.5') }, { at: kitStart })
    require(kit, 'um', 'USDT', '150', '100')
    const { text } = kit.get(path)
    expect(text).toContain('"uniMMR":"5.00000000","accountEquity":"500.00000000","actualEquity":"500.00000000"')
    expect(text).toContain('"virtualMaxWithdrawAmount":"380.00000000"')
  })
})

const zeros =
  '"maintMargin":"0.00000000","initialMargin":"0.00000000","positionInitialMargin":"0.00000000","openOrderInitialMargin":"0.00000000"'

describe.each([
  ['GET /papi/v1/um/account', '/papi/v1/um/account', 'um', '-20.50000000', '1.25000000'],
  ['GET /papi/v2/um/account', '/papi/v2/um/account', 'um', '-20.50000000', '1.25000000'],
  ['GET /papi/v1/cm/account', '/papi/v1/cm/account', 'cm', '3.00000000', '0.00000000'],
] as const)('%s', (_, path, wallet, balance, unrealised) => {
  test('has every asset the account touched, and no positions', async () => {
    const kit = await papiKit()
    kit.book('um', 'USDT', '-20.5')
    kit.book('cm', 'USDT', '3')
    kit.deposit('BTC', '1')
    kit.command('set-unrealised', { wallet: 'um-unrealised', asset: 'USDT', amount: decimal('1.25') })
    expect(kit.get(path).text).toBe(
      `{"assets":[{"asset":"USDT","crossWalletBalance":"${balance}","crossUnPnl":"${unrealised}",${zeros},"updateTime":${kitStart}},` +
        `{"asset":"BTC","crossWalletBalance":"0.00000000","crossUnPnl":"0.00000000",${zeros},"updateTime":${kitStart}}],"positions":[]}`,
    )
  })

  test('shows what the wallet requires, and of an asset never held too', async () => {
    const kit = await papiKit()
    require(kit, wallet, 'ETH', '3', '1.5')
    require(kit, wallet === 'um' ? 'cm' : 'um', 'BNB', '9', '9')
    expect(kit.get(path).text).toBe(
      '{"assets":[{"asset":"ETH","crossWalletBalance":"0.00000000","crossUnPnl":"0.00000000","maintMargin":"1.50000000",' +
        '"initialMargin":"3.00000000","positionInitialMargin":"3.00000000","openOrderInitialMargin":"0.00000000","updateTime":0}],"positions":[]}',
    )
  })

  test('of an account never used is empty', async () => {
    const { get } = await papiKit()
    expect(get(path).text).toBe('{"assets":[],"positions":[]}')
  })
})
