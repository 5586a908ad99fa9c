import { describe, expect, test } from 'vitest'
import { book, deposit, newListenKey, type StreamKit, streamKit } from '../../../test/support/streams.ts'
import { kitStart } from '../../../test/support/venue-kit.ts'
import { binanceEvents, parseBinanceEvent } from '../../contracts/binance/stream-events.ts'
import { decimal } from '../../decimal/decimal.ts'
import { dayMs, minuteMs } from '../../time/units.ts'
import type { Command } from '../engine/command.ts'
import type { VenueOptions } from '../index.ts'

const at = kitStart
const update = (place: number): string => `${at * 1_000 + place}`

function set(what: 'price' | 'collateral', asset: string, value: string): Command {
  return what === 'price'
    ? { kind: 'set-price', asset, price: decimal(value) }
    : { kind: 'set-collateral-rate', asset, rate: decimal(value) }
}

function requires(wallet: 'um' | 'cm', asset: string, maintenance: string, openLoss = '0'): Command {
  const values = { initial: decimal(maintenance), maintenance: decimal(maintenance), openLoss: decimal(openLoss) }
  return { kind: 'set-requirements', account: 'main', wallet, asset, ...values }
}

describe('event: outboundAccountPosition', () => {
  test('tells what is free and what is locked of an asset whenever one of them changed', async () => {
    const { tell, news } = await streamKit({}, [deposit('ETH', '10000')])
    tell({ kind: 'lock', account: 'main', asset: 'ETH', amount: decimal('0.5') })
    expect(news()).toEqual([
      `{"e":"outboundAccountPosition","E":${at},"u":${at},"U":${update(0)},"B":[{"a":"ETH","f":"9999.50000000","l":"0.50000000"}]}`,
    ])
    tell({ kind: 'unlock', account: 'main', asset: 'ETH', amount: decimal('0.2') })
    expect(news()).toEqual([
      `{"e":"outboundAccountPosition","E":${at},"u":${at},"U":${update(1)},"B":[{"a":"ETH","f":"9999.70000000","l":"0.30000000"}]}`,
    ])
  })

  test('tells what stood after each movement, also of those that are told together', async () => {
    const { venue, news } = await streamKit()
    const amounts = ['1', '2', '3']
    venue.engine.applyAll(amounts.map((amount) => ({ command: deposit('BTC', amount), at })))
    const shown = news().flatMap((text) => /"f":"([^"]+)"/.exec(text)?.[1] ?? [])
    expect(shown).toEqual(['1.00000000', '3.00000000', '6.00000000'])
  })
})

describe('event: balanceUpdate', () => {
  test('comes with deposits, withdrawals and transfers between wallets, with the same update id as the position', async () => {
    const { tell, news } = await streamKit()
    tell(deposit('BTC', '100'))
    expect(news()[1]).toBe(`{"e":"balanceUpdate","E":${at},"a":"BTC","d":"100.00000000","U":${update(0)},"T":${at}}`)
    tell({ kind: 'withdraw', account: 'main', asset: 'BTC', amount: decimal('0.25') })
    expect(news()[1]).toBe(`{"e":"balanceUpdate","E":${at},"a":"BTC","d":"-0.25000000","U":${update(1)},"T":${at}}`)
  })

  test('does not come with what stays within cross margin', async () => {
    const { tell, news } = await streamKit({}, [deposit('BTC', '1')])
    tell({ kind: 'lock', account: 'main', asset: 'BTC', amount: decimal('1') })
    expect(news().map((text) => parseBinanceEvent(text).e)).toEqual(['outboundAccountPosition'])
  })
})

const lending: readonly Command[] = [
  set('price', 'BTC', '50000'),
  set('price', 'USDT', '1'),
  { kind: 'set-rate', exchange: 'binance', asset: 'BTC', rateDaily: decimal('0.00024') },
  { kind: 'set-loan-terms', exchange: 'binance', asset: 'BTC', maximum: decimal('10'), maintenanceRate: decimal('0.05') },
  deposit('USDT', '1000000'),
]
const borrow = (amount: string): Command => ({ kind: 'borrow', account: 'main', asset: 'BTC', amount: decimal(amount) })
const liabilities = (kit: StreamKit) => kit.news().filter((text) => text.includes('liabilityChange'))

describe('event: liabilityChange', () => {
  test('tells of a loan: its id beyond 2^53 as a number, its amount, and all that is owed with the first hour’s interest', async () => {
    const kit = await streamKit({}, lending)
    kit.tell(borrow('1.0345343'))
    const { id } = kit.venue.engine.movements({ account: 'main', causes: ['borrow'] })[0]!
    expect(id.toString()).toHaveLength(19)
    expect(liabilities(kit)).toEqual([
      `{"e":"liabilityChange","E":${at},"a":"BTC","t":"BORROW","T":${id},"p":"1.03453430","i":"0","l":"1.03454465"}`,
    ])
  })

  test('tells of a second loan that loan alone, and what is owed in all', async () => {
    const kit = await streamKit({}, [...lending, borrow('1')])
    kit.tell(borrow('0.5'))
    expect(liabilities(kit)[0]).toContain('"p":"0.50000000","i":"0","l":"1.50001500"')
  })

  test('tells all that is owed, if the venue is told so', async () => {
    const kit = await streamKit({ behaviour: { binanceLiabilityFigures: 'of-the-debt' } }, [...lending, borrow('1')])
    kit.tell(borrow('0.5'))
    expect(liabilities(kit)[0]).toContain('"p":"1.50000000","i":"0.00001500","l":"1.50001500"')
  })

  test('does not tell of interest, nor of a repayment: no such type is documented', async () => {
    const kit = await streamKit({}, [...lending, borrow('1')])
    kit.venue.clock.advanceBy(30 * minuteMs)
    kit.tell({ kind: 'repay-loan', account: 'main', asset: 'BTC', amount: decimal('0.5') })
    expect(kit.news().map((text) => parseBinanceEvent(text).e)).toEqual(['outboundAccountPosition'])
  })
})

describe('event: openOrderLoss', () => {
  test('tells of the assets whose open loss changed, as a negative amount, both wallets together', async () => {
    const { tell, news } = await streamKit({}, [deposit('USDT', '1000000')])
    tell(requires('um', 'BUSD', '10', '0.1232313'))
    expect(news()).toEqual([`{"e":"openOrderLoss","E":${at},"O":[{"a":"BUSD","o":"-0.1232313"}]}`])
    tell(requires('cm', 'BUSD', '10', '0.1'))
    expect(news()).toEqual([`{"e":"openOrderLoss","E":${at},"O":[{"a":"BUSD","o":"-0.2232313"}]}`])
    tell(requires('cm', 'BNB', '10', '12'))
    expect(news()).toEqual([`{"e":"openOrderLoss","E":${at},"O":[{"a":"BNB","o":"-12"}]}`])
  })

  test('does not come when only margins changed, and tells 0 when no loss is left', async () => {
    const { tell, news } = await streamKit({}, [requires('um', 'USDT', '10', '5')])
    tell(requires('um', 'USDT', '20', '5'))
    expect(news()).toEqual([])
    tell(requires('um', 'USDT', '20'))
    expect(news()).toEqual([`{"e":"openOrderLoss","E":${at},"O":[{"a":"USDT","o":"0"}]}`])
  })
})

describe('event: riskLevelChange', () => {
  const trader = [set('price', 'USDT', '1'), deposit('USDT', '1500'), requires('um', 'USDT', '500')]
  const risks = (kit: StreamKit) => kit.news().filter((text) => text.includes('riskLevelChange'))

  test('tells each level that is worse than normal, with uniMMR, both equities and the margin', async () => {
    const kit = await streamKit({ behaviour: { marginLevels: 'today' } }, trader)
    kit.tell(book('um', 'USDT', '-750', 'profit-or-loss'))
    expect(risks(kit)).toEqual([
      `{"e":"riskLevelChange","E":${at},"u":"1.50000000","s":"MARGIN_CALL","eq":"750.00000000","ae":"750.00000000","m":"500.00000000"}`,
    ])
    kit.tell(book('um', 'USDT', '-150', 'profit-or-loss'))
    expect(risks(kit)[0]).toContain('"u":"1.20000000","s":"REDUCE_ONLY"')
    kit.tell(book('um', 'USDT', '-90', 'profit-or-loss'))
    expect(risks(kit)[0]).toContain('"s":"FORCE_LIQUIDATION"')
  })

  test('does not tell of recovery: there is no such word in the document', async () => {
    const kit = await streamKit({}, [...trader, book('um', 'USDT', '-750', 'profit-or-loss')])
    kit.tell(deposit('USDT', '5000'))
    expect(kit.venue.engine.marginStatus('main').level).toBe('normal')
    expect(risks(kit)).toEqual([])
  })
})

describe('event: ACCOUNT_UPDATE', () => {
  test('tells a wallet after a profit, a fee or funding, and what of it is a balance change', async () => {
    const { tell, news } = await streamKit()
    const told = (amount: string, reason: 'profit-or-loss' | 'fee' | 'funding') => {
      tell(book('um', 'USDT', amount, reason))
      return news()
    }
    const event = (reason: string, balance: string, change: string) =>
      `{"e":"ACCOUNT_UPDATE","fs":"UM","E":${at},"T":${at},"i":"","a":{"m":"${reason}","B":[{"a":"USDT","wb":"${balance}","cw":"${balance}","bc":"${change}"}],"P":[]}}`
    expect(told('-210000', 'profit-or-loss')).toEqual([event('ORDER', '-210000.00000000', '0.00000000')])
    expect(told('-0.5', 'fee')).toEqual([event('ORDER', '-210000.50000000', '0.00000000')])
    expect(told('-0.25', 'funding')).toEqual([event('FUNDING_FEE', '-210000.75000000', '-0.25000000')])
  })

  test('has an alias for COIN-M alone', async () => {
    const { tell, news } = await streamKit()
    tell(book('cm', 'BTC', '1', 'profit-or-loss'))
    expect(news()[0]).toMatch(/^\{"e":"ACCOUNT_UPDATE","fs":"CM","E":\d+,"T":\d+,"i":"[A-Za-z]{4}","a":/)
  })

  test('tells a transfer between the wallets as a deposit here, and the other side as a balance of cross margin', async () => {
    const { tell, news } = await streamKit({}, [deposit('USDT', '100'), book('um', 'USDT', '-60', 'profit-or-loss')])
    tell({ kind: 'repay-futures', account: 'main' })
    const told = news().map(parseBinanceEvent)
    expect(told.map(({ e }) => e)).toEqual(['outboundAccountPosition', 'balanceUpdate', 'ACCOUNT_UPDATE'])
    expect(news()).toEqual([])
    const [, update_, account] = told
    expect(update_).toMatchObject({ a: 'USDT', d: decimal('-60.00000000') })
    expect(account).toMatchObject({ a: { m: 'DEPOSIT', B: [{ bc: decimal('60.00000000'), wb: decimal('0.00000000') }] } })
  })

  test('does not come when only an unrealised result changed', async () => {
    const { tell, news } = await streamKit()
    tell({ kind: 'set-unrealised', account: 'main', wallet: 'um-unrealised', asset: 'USDT', amount: decimal('-5') })
    expect(news()).toEqual([])
  })
})

describe('event: none for interest on negative balances and for auto-exchange', () => {
  const debt: readonly Command[] = [
    ...(['ETH', 'USDT'] as const).map((asset) => set('price', asset, asset === 'ETH' ? '2000' : '1')),
    { kind: 'set-thresholds', asset: 'ETH', free: decimal('0'), maximum: decimal('5') },
    { kind: 'set-rate', exchange: 'binance', asset: 'ETH', rateDaily: decimal('0.001') },
    deposit('USDT', '100000'),
  ]
  const exchanged = async (options: VenueOptions = {}) => {
    const kit = await streamKit(options, [...debt, book('um', 'ETH', '-18', 'profit-or-loss')])
    kit.venue.clock.advanceBy(30 * minuteMs)
    expect(kit.venue.engine.exchangeRuns({ account: 'main' })).toHaveLength(1)
    return kit.news().map(parseBinanceEvent)
  }

  test('a day’s interest is charged without a word', async () => {
    const kit = await streamKit({}, [...debt, book('um', 'ETH', '-3', 'profit-or-loss')])
    const key = kit.listenKey
    for (let hour = 0; hour < 48; hour++) {
      kit.venue.clock.advanceBy(30 * minuteMs)
      expect(newListenKey(kit.venue)).toBe(key)
    }
    expect(kit.venue.engine.binanceCharges({ account: 'main', from: at, to: at + dayMs })).toHaveLength(1)
    expect(kit.news()).toEqual([])
  })

  test('what an auto-exchange moved shows in the balances, with the reason AUTO_EXCHANGE', async () => {
    const told = await exchanged()
    expect(new Set(told.map(({ e }) => e))).toEqual(new Set(['outboundAccountPosition', 'ACCOUNT_UPDATE']))
    expect(told.filter(({ e }) => e === 'ACCOUNT_UPDATE')).toMatchObject([{ fs: 'UM', a: { m: 'AUTO_EXCHANGE', B: [{ a: 'ETH' }] } }])
  })

  test('nothing tells of it, if the venue is told so', async () => {
    expect(await exchanged({ behaviour: { binanceAutoExchangeEvents: 'none' } })).toEqual([])
  })
})

describe.each(Object.entries(binanceEvents))('event: %s', (name, { examples }) => {
  test('is told as made up by a test, in the form of its document', async () => {
    const { venue, news } = await streamKit()
    for (const example of examples) {
      expect(venue.emit('main', example)).toBe(1)
      expect(news()).toEqual([example])
      expect(parseBinanceEvent(example).e).toBe(name)
    }
  })
})
