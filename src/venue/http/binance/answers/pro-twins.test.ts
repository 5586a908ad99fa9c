import { describe, expect, test } from 'vitest'
import { proKit } from '../../../../../test/support/pro.ts'
import { askBinance } from '../../../../../test/support/venue-kit.ts'
import { decimal } from '../../../../decimal/decimal.ts'
import { dayMs, minuteMs } from '../../../../time/units.ts'

const success = '{"msg":"success"}'
const notPro = '{"code":-21001,"msg":"USER_IS_NOT_UNIACCOUNT"}'

const twins = [
  ['GET', '/sapi/v1/portfolio/account', ''],
  ['GET', '/sapi/v2/portfolio/account', ''],
  ['GET', '/sapi/v1/portfolio/balance', ''],
  ['GET', '/sapi/v1/portfolio/interest-history', ''],
  ['GET', '/sapi/v1/portfolio/repay-futures-switch', ''],
  ['POST', '/sapi/v1/portfolio/repay-futures-switch', 'autoRepay=false'],
  ['POST', '/sapi/v1/portfolio/repay-futures-negative-balance', ''],
  ['POST', '/sapi/v1/portfolio/auto-collection', ''],
  ['POST', '/sapi/v1/portfolio/asset-collection', 'asset=USDT'],
  ['POST', '/sapi/v1/portfolio/bnb-transfer', 'amount=1&transferSide=TO_UM'],
  ['GET', '/sapi/v1/portfolio/pmLoan', ''],
  ['POST', '/sapi/v1/portfolio/repay', ''],
  ['GET', '/sapi/v1/portfolio/pmLoan-history', ''],
] as const

describe('rule: pro-accounts-only', () => {
  test.each(twins)('%s %s tells a Portfolio Margin account that it is no PRO account, and changes nothing', async (method, path, query) => {
    const { venue, ask } = await proKit('pm')
    const before = venue.engine.digest()
    const got = ask(method, path, query)
    expect([got.status, got.text]).toEqual([400, notPro])
    expect(venue.engine.digest()).toBe(before)
  })

  test('a venue may be told to answer every Portfolio Margin account, whose type is PM_2', async () => {
    const { ask } = await proKit('pm', { behaviour: { binanceProTwins: 'any-portfolio-margin' } })
    expect(ask('GET', '/sapi/v1/portfolio/account').text).toContain('"accountType":"PM_2"')
  })

  test.each(twins)('%s %s needs a signature', async (method, path, query) => {
    const { ask } = await proKit()
    expect(ask(method, path, query, { signature: 'f'.repeat(64) }).text).toContain('"code":-1022')
  })
})

/** 2 BTC at 50,000 USD, of which 90 % count; UM requires 0.01 BTC and 100 USDT. */
async function positioned(product: 'pm-pro' | 'pm-span') {
  const kit = await proKit(product)
  kit.tell({ kind: 'set-price', asset: 'BTC', price: decimal('50000') })
  kit.tell({ kind: 'set-price', asset: 'USDT', price: decimal('1') })
  kit.tell({ kind: 'set-collateral-rate', asset: 'BTC', rate: decimal('0.9') })
  kit.deposit('BTC', '2')
  const requires = (wallet: 'um' | 'cm', asset: string, initial: string, maintenance: string) =>
    kit.command('set-requirements', { wallet, asset, initial: decimal(initial), maintenance: decimal(maintenance), openLoss: decimal('0') })
  requires('cm', 'BTC', '0.02', '0.01')
  requires('um', 'USDT', '200', '100')
  return kit
}

describe('GET /sapi/v1/portfolio/account', () => {
  test('adds its type to the figures of papi, and what equity is left beside the initial margin', async () => {
    const { ask } = await positioned('pm-pro')
    expect(ask('GET', '/sapi/v1/portfolio/account').text).toBe(
      '{"uniMMR":"150.00000000","accountEquity":"90000.00000000","actualEquity":"100000.00000000","accountMaintMargin":"600.00000000",' +
        '"accountInitialMargin":"1200.00000000","totalAvailableBalance":"88800.00000000","accountStatus":"NORMAL","accountType":"PM_1"}',
    )
  })

  test('says of an account without positions what papi says of it', async () => {
    const { ask } = await proKit('pm-span')
    expect(ask('GET', '/sapi/v1/portfolio/account').text).toMatch(/^\{"uniMMR":"99999999".*"accountType":"PM_3"\}$/)
  })
})

describe('GET /sapi/v2/portfolio/account', () => {
  test('splits the maintenance margin by underlying, for SPAN', async () => {
    const { ask } = await positioned('pm-span')
    const { text } = ask('GET', '/sapi/v2/portfolio/account')
    expect(text).toContain(
      '"accountMaintMargin":"600.00000000","riskUnitMMList":[{"asset":"BTC","uniMaintainUsd":"500.00000000"},{"asset":"USDT","uniMaintainUsd":"100.00000000"}],' +
        '"marginMM":"0.00000000","otherMM":"0.00000000","accountStatus":"NORMAL","accountType":"PM_3"}',
    )
  })

  test('is not for PRO without SPAN', async () => {
    const { ask } = await positioned('pm-pro')
    expect(ask('GET', '/sapi/v2/portfolio/account').text).toBe(notPro)
  })
})

describe('GET /sapi/v1/portfolio/balance', () => {
  test('prints bare zeros and what options add', async () => {
    const { ask, deposit, venue } = await proKit()
    deposit('BTC', '100')
    const row =
      '"crossMarginBorrowed":"0","crossMarginFree":"100","crossMarginInterest":"0","crossMarginLocked":"0","umWalletBalance":"0","umUnrealizedPNL":"0",' +
      `"cmWalletBalance":"0","cmUnrealizedPNL":"0","updateTime":${venue.clock.now()},"negativeBalance":"0","optionWalletBalance":"0","optionEquity":"0"}`
    expect(ask('GET', '/sapi/v1/portfolio/balance').text).toBe(
      `[{"asset":"BTC","totalWalletBalance":"100","crossMarginAsset":"100",${row}]`,
    )
    expect(ask('GET', '/sapi/v1/portfolio/balance', 'asset=BTC').text).toBe(`{"asset":"BTC","totalWalletBalance":"100",${row}`)
    expect(ask('GET', '/sapi/v1/portfolio/balance', 'asset=b!').text).toContain('"code":-1100')
  })

  test('counts neither the spot wallet nor what a bankruptcy left', async () => {
    const { ask, command } = await proKit()
    command('deposit', { asset: 'USDT', amount: decimal('7'), wallet: 'spot' })
    expect(ask('GET', '/sapi/v1/portfolio/balance', 'asset=USDT').text).toContain('"totalWalletBalance":"0"')
  })
})

describe('GET /sapi/v1/portfolio/interest-history', () => {
  test('has the rows of papi under its own spelling', async () => {
    const { venue, ask, book, key, tell } = await proKit()
    tell({ kind: 'set-rate', exchange: 'binance', asset: 'USDT', rateDaily: decimal('0.0001164') })
    tell({ kind: 'set-thresholds', asset: 'USDT', free: decimal('0'), maximum: decimal('900000') })
    book('um', 'USDT', '-210000')
    venue.clock.advanceBy(dayMs)
    const { text } = ask('GET', '/sapi/v1/portfolio/interest-history', 'asset=USDT')
    expect(text).toMatch(
      /^\[\{"asset":"USDT","interest":"24\.4440","interestAccruedTime":\d{13},"interestRate":"0\.0001164","principal":"210000"\}\]$/,
    )
    const papi = askBinance(venue, '/papi/v1/portfolio/interest-history', { key, query: 'asset=USDT' }).text
    expect(text.replace('AccruedTime', 'AccuredTime')).toBe(papi)
  })

  test.each([
    ['startTime=1&endTime=9999999999999', '-4165'],
    ['startTime=2&endTime=1', '-1023'],
    ['size=101', '-1102'],
  ])('refuses %s with %s', async (query, code) => {
    const { ask } = await proKit()
    expect(ask('GET', '/sapi/v1/portfolio/interest-history', query).text).toContain(`"code":${code}`)
  })
})

describe('GET /sapi/v1/portfolio/repay-futures-switch', () => {
  test('tells the switch, which is on at first', async () => {
    const { ask } = await proKit()
    expect(ask('GET', '/sapi/v1/portfolio/repay-futures-switch').text).toBe('{"autoRepay":true}')
  })
})

describe('POST /sapi/v1/portfolio/repay-futures-switch', () => {
  test('turns the same switch as papi', async () => {
    const { venue, ask, key } = await proKit()
    expect(ask('POST', '/sapi/v1/portfolio/repay-futures-switch', 'autoRepay=false').text).toBe(success)
    expect(askBinance(venue, '/papi/v1/repay-futures-switch', { key }).text).toBe('{"autoRepay":false}')
    expect(ask('POST', '/sapi/v1/portfolio/repay-futures-switch', 'autoRepay=no').text).toContain('"code":-1102')
  })
})

describe('POST /sapi/v1/portfolio/repay-futures-negative-balance', () => {
  const path = '/sapi/v1/portfolio/repay-futures-negative-balance'

  async function indebted() {
    const kit = await proKit()
    kit.deposit('USDT', '50')
    kit.command('deposit', { asset: 'USDT', amount: decimal('30'), wallet: 'spot' })
    kit.book('um', 'USDT', '-40')
    const balance = () => {
      const [row] = kit.venue.engine.binanceBalances('pro')
      return [row!.um, row!.crossFree, row!.spot].map(({ mantissa }) => Number(mantissa) / 1e8)
    }
    return { ...kit, balance }
  }

  test('takes the spot wallet unless told otherwise, as far as it goes', async () => {
    const { ask, balance } = await indebted()
    expect(ask('POST', path).text).toBe(success)
    expect(balance()).toEqual([-10, 50, 0])
    expect(ask('POST', path, 'from=MARGIN').text).toBe(success)
    expect(balance()).toEqual([0, 40, 0])
    expect(ask('POST', path, 'from=SPOT').text).toBe(success)
  })

  test('knows no other wallet', async () => {
    const { ask, balance } = await indebted()
    expect(ask('POST', path, 'from=FUNDING').text).toContain('"code":-1102')
    expect(balance()).toEqual([-40, 50, 30])
  })
})

describe('POST /sapi/v1/portfolio/auto-collection', () => {
  test('collects what is positive', async () => {
    const { ask, book, venue } = await proKit()
    book('um', 'USDT', '5')
    expect(ask('POST', '/sapi/v1/portfolio/auto-collection').text).toBe(success)
    expect(venue.engine.binanceBalances('pro')[0]!.crossFree).toEqual(decimal('5.00000000'))
  })
})

describe('POST /sapi/v1/portfolio/asset-collection', () => {
  test('collects one asset, and neither knows amounts nor takes BNB', async () => {
    const { ask, book, venue } = await proKit()
    book('um', 'USDT', '5')
    const path = '/sapi/v1/portfolio/asset-collection'
    expect(ask('POST', path, 'asset=USDT&amount=1&futureType=UM').text).toContain('"code":-1103')
    expect(ask('POST', path, 'asset=BNB').text).toContain('"code":-1108')
    expect(ask('POST', path, 'asset=USDT').text).toBe(success)
    expect(venue.engine.binanceBalances('pro')[0]!.um).toEqual(decimal('0.00000000'))
  })
})

describe('POST /sapi/v1/portfolio/bnb-transfer', () => {
  test('works twice within ten minutes', async () => {
    const { ask, deposit, venue } = await proKit('pm-pro', { behaviour: { limits: 'counted' } })
    deposit('BNB', '10')
    const transfer = () => ask('POST', '/sapi/v1/portfolio/bnb-transfer', 'amount=1&transferSide=TO_UM')
    expect(transfer().text).toMatch(/^\{"tranId":\d{19}\}$/)
    venue.clock.advanceBy(minuteMs)
    expect(transfer().status).toBe(200)
    expect(transfer().status).toBe(400)
    venue.clock.advanceBy(9 * minuteMs - 1)
    expect(transfer().status).toBe(400)
    venue.clock.advanceBy(1)
    expect(transfer().status).toBe(200)
  })
})

describe('GET /sapi/v1/portfolio/pmLoan', () => {
  test('tells what is owed after a bankruptcy, and zero where nothing is', async () => {
    const { ask, command } = await proKit()
    expect(ask('GET', '/sapi/v1/portfolio/pmLoan').text).toBe('{"asset":"USDT","amount":"0"}')
    command('lend-bankruptcy', { asset: 'BUSD', amount: decimal('579.45') })
    expect(ask('GET', '/sapi/v1/portfolio/pmLoan').text).toBe('{"asset":"BUSD","amount":"579.45"}')
  })
})

describe('POST /sapi/v1/portfolio/repay', () => {
  const path = '/sapi/v1/portfolio/repay'

  test('repays all of it from the spot wallet, or from cross margin', async () => {
    const { ask, command, deposit } = await proKit()
    for (const from of ['', 'from=MARGIN']) {
      command('lend-bankruptcy', { asset: 'USDT', amount: decimal('20') })
      if (from === '') command('deposit', { asset: 'USDT', amount: decimal('25'), wallet: 'spot' })
      else deposit('USDT', '20')
      expect(ask('POST', path, from).text).toMatch(/^\{"tranId":\d{19}\}$/)
      expect(ask('GET', '/sapi/v1/portfolio/pmLoan').text).toBe('{"asset":"USDT","amount":"0"}')
    }
  })

  test('refuses where nothing is owed, and where the wallet does not cover it', async () => {
    const { ask, command, deposit, venue } = await proKit()
    expect(ask('POST', path).text).toBe('{"code":-21004,"msg":"User doesn’t have portfolio margin bankruptcy loan"}')
    command('lend-bankruptcy', { asset: 'USDT', amount: decimal('20') })
    deposit('USDT', '100')
    const before = venue.engine.digest()
    expect(ask('POST', path).text).toContain('"code":-21005')
    expect(venue.engine.digest()).toBe(before)
  })
})

describe('GET /sapi/v1/portfolio/pmLoan-history', () => {
  const path = '/sapi/v1/portfolio/pmLoan-history'

  test('tells repayments newest first, of the last 30 days unless times are given', async () => {
    const { venue, ask, command, deposit } = await proKit()
    const times: number[] = []
    for (const amount of ['404.80294503', '4620.41204574', '1']) {
      command('lend-bankruptcy', { asset: 'USDT', amount: decimal(amount) })
      deposit('USDT', amount)
      times.push(venue.clock.now())
      ask('POST', '/sapi/v1/portfolio/repay', 'from=MARGIN')
      venue.clock.advanceBy(20 * dayMs)
    }
    const told = (query: string) =>
      [...ask('GET', path, query).text.matchAll(/"repayTime":(\d+)/g)].map(([, at]) => times.indexOf(Number(at)))
    expect(ask('GET', path).text).toBe(`{"total":1,"rows":[{"asset":"USDT","amount":"1","repayTime":${times[2]}}]}`)
    expect(told(`startTime=${times[0]}`)).toEqual([1, 0])
    expect(told(`endTime=${times[1]}`)).toEqual([1, 0])
    expect(told(`startTime=${times[0]}&endTime=${times[2]}`)).toEqual([2, 1, 0])
    expect(told(`startTime=${times[0]}&endTime=${times[2]}&size=2&current=2`)).toEqual([0])
    expect(ask('GET', path, `startTime=1&endTime=${times[2]}`).text).toContain('"code":-4165')
  })
})

describe('GET /sapi/v1/portfolio/delta-mode', () => {
  test('is off at first, also for Portfolio Margin accounts', async () => {
    const { ask } = await proKit('pm')
    expect(ask('GET', '/sapi/v1/portfolio/delta-mode').text).toBe('{"deltaEnabled":false}')
  })
})

describe('POST /sapi/v1/portfolio/delta-mode', () => {
  test('switches it', async () => {
    const { ask } = await proKit()
    expect(ask('POST', '/sapi/v1/portfolio/delta-mode', 'deltaEnabled=true').text).toBe(success)
    expect(ask('GET', '/sapi/v1/portfolio/delta-mode').text).toBe('{"deltaEnabled":true}')
    expect(ask('POST', '/sapi/v1/portfolio/delta-mode').text).toContain("'deltaEnabled'")
  })
})
