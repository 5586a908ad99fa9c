import { describe, expect, test } from 'vitest'
import { business, okxKit, type Row } from '../../../../../test/support/okx-kit.ts'
import { kitStart } from '../../../../../test/support/venue-kit.ts'
import { okxBalanceDetail } from '../../../../contracts/okx/balance.ts'
import { decimal } from '../../../../decimal/decimal.ts'

const path = '/api/v5/account/balance'

type Summary = Row & { readonly details: unknown }
const detailsOf = ({ details }: Summary) => details as unknown as readonly Row[]

async function funded() {
  const kit = await okxKit()
  const balance = (query = ''): Summary => kit.data<Summary>(path, query)[0]!
  return { ...kit, balance, details: (query = '') => detailsOf(balance(query)) }
}

describe('GET /api/v5/account/balance', () => {
  test('shows liabilities as positive magnitudes, and leaves out what is empty', async () => {
    const { apply, details } = await funded()
    apply(
      { kind: 'deposit', account: 'okx', asset: 'ETH', amount: decimal('2') },
      { kind: 'withdraw', account: 'okx', asset: 'ETH', amount: decimal('2') },
      { kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: decimal('-97'), reason: 'fee' },
      { kind: 'borrow-isolated', account: 'okx', asset: 'USDT', instId: 'ETH-USDT', amount: decimal('3') },
    )
    expect(details()).toHaveLength(1)
    expect(details()[0]).toMatchObject({
      ccy: 'USDT',
      cashBal: '-97',
      eq: '-97',
      liab: '100',
      crossLiab: '97',
      isoLiab: '3',
      interest: '0',
    })
    expect(details('ccy=BTC,ETH')).toEqual([])
  })

  test('has the keys of the document, in its order, every value but the two flags a string', async () => {
    const { apply, balance, details } = await funded()
    apply({ kind: 'deposit', account: 'okx', asset: 'USDT', amount: decimal('5') })
    const [detail] = details()
    expect(Object.keys(detail!)).toEqual(Object.keys(okxBalanceDetail.fields))
    const { collateralEnabled, collateralRestrict, ...others } = detail!
    expect([collateralEnabled, collateralRestrict]).toEqual([true, false])
    for (const value of Object.values(others)) expect(value).toBeTypeOf('string')
    expect(Object.keys(balance())).toEqual(
      'adjEq availEq borrowFroz details imr isoEq mgnRatio mmr notionalUsd notionalUsdForBorrow notionalUsdForFutures notionalUsdForOption notionalUsdForSwap ordFroz totalEq uTime upl'.split(
        ' ',
      ),
    )
    expect(detail).toMatchObject({ availBal: '5', availEq: '5', twap: '0', uTime: String(kitStart) })
  })

  test('values the account in USD at index prices, with collateral rates where they count', async () => {
    const { apply, balance, details } = await funded()
    apply(
      { kind: 'set-price', asset: 'BTC', price: decimal('80000') },
      { kind: 'set-collateral-rate', asset: 'BTC', rate: decimal('0.95') },
      { kind: 'set-price', asset: 'USDT', price: decimal('1') },
      { kind: 'set-collateral-rate', asset: 'USDT', rate: decimal('1') },
      { kind: 'deposit', account: 'okx', asset: 'BTC', amount: decimal('0.1') },
      { kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: decimal('-1000'), reason: 'funding' },
    )
    expect(balance()).toMatchObject({ totalEq: '7000', adjEq: '6600', notionalUsdForBorrow: '1000', borrowFroz: '0' })
    expect(details('ccy=BTC')[0]).toMatchObject({ eqUsd: '8000', disEq: '7600' })
    expect(details('ccy=USDT')[0]).toMatchObject({ eqUsd: '-1000', disEq: '-1000', liab: '1000', availBal: '0', availEq: '0' })
  })

  test('says nothing in USD while a price is missing', async () => {
    const { apply, balance, details } = await funded()
    apply({ kind: 'deposit', account: 'okx', asset: 'NOPRICE', amount: decimal('1') })
    expect(balance()).toMatchObject({ totalEq: '', adjEq: '', availEq: '', notionalUsdForBorrow: '' })
    expect(details()[0]).toMatchObject({ ccy: 'NOPRICE', eq: '1', eqUsd: '', disEq: '' })
  })

  test('counts an unrealised loss in equity and as uplLiab where cash does not cover it', async () => {
    const { apply, details } = await funded()
    apply(
      { kind: 'deposit', account: 'okx', asset: 'USDT', amount: decimal('10') },
      { kind: 'set-unrealised', account: 'okx', wallet: 'cash-unrealised', asset: 'USDT', amount: decimal('-25') },
    )
    expect(details()[0]).toMatchObject({ cashBal: '10', upl: '-25', eq: '-15', uplLiab: '15', crossLiab: '0' })
  })

  test('shows in twap how close a forced repayment is', async () => {
    const { apply, details } = await funded()
    apply(
      { kind: 'set-auto-borrow', account: 'okx', on: false },
      { kind: 'set-free-quota', asset: 'BTC', amount: decimal('1') },
      { kind: 'book', account: 'okx', wallet: 'cash', asset: 'BTC', amount: decimal('-0.99'), reason: 'funding' },
    )
    expect(Number(details('ccy=BTC')[0]!['twap'])).toBeGreaterThan(0)
  })

  test('takes up to 20 currencies', async () => {
    const { ask } = await funded()
    const list = (count: number) => Array.from({ length: count }, (_, index) => `C${index}`).join(',')
    expect(ask(path, `ccy=${list(20)}`).status).toBe(200)
    expect(ask(path, `ccy=${list(21)}`).text).toBe(business('50025', 'Parameter ccy count exceeds the limit 20.'))
  })
})
