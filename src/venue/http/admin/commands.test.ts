import { expect, test } from 'vitest'
import { askAdmin, venueKit } from '../../../../test/support/venue-kit.ts'
import { minuteMs } from '../../../time/units.ts'
import type { Command } from '../../engine/command.ts'

type Sent = readonly [method: 'POST' | 'DELETE', path: string, body?: object]

const main = (path: string, body: object): Sent => ['POST', `/accounts/main/${path}`, body]
const okx = (path: string, body: object): Sent => ['POST', `/accounts/okx/${path}`, body]
const market = (path: string, body: object): Sent => ['POST', `/market/${path}`, body]
const isolated = { asset: 'BTC', instId: 'BTC-USDT', amount: '1' }
const usdt = { asset: 'USDT', amount: '1' }

/** How each command is sent, in an order in which all are granted: a kind that is missing does not compile. */
const sent: Readonly<Record<Command['kind'], Sent>> = {
  'set-clock': ['POST', '/clock', { kind: 'frozen' }],
  'open-account': ['POST', '/accounts', { account: 'pro', exchange: 'binance', product: 'pm-pro' }],
  'add-key': main('keys', { apiKey: 'to-be-removed' }),
  'remove-key': ['DELETE', '/accounts/main/keys/to-be-removed'],
  'set-price': market('price', { asset: 'USDT', price: '1' }),
  'set-rate': market('rate', { exchange: 'okx', asset: 'USDT', vip: 2, rateDaily: '0.0001' }),
  'set-thresholds': market('thresholds', { asset: 'USDT', free: '10', maximum: '100' }),
  'set-collateral-rate': market('collateral-rate', { asset: 'USDT', rate: '1' }),
  'set-free-quota': market('free-quota', usdt),
  'set-loan-terms': market('loan-terms', { exchange: 'binance', asset: 'USDT', vip: 1, maintenanceRate: '0.05', maximum: '500' }),
  'set-lending-pool': market('lending-pool', { exchange: 'okx', asset: 'USDT', amount: '500' }),
  deposit: main('deposit', { asset: 'BNB', amount: '5' }),
  'lend-bankruptcy': main('lend-bankruptcy', usdt),
  'repay-bankruptcy': ['POST', '/accounts/main/repay-bankruptcy', { from: 'spot' }],
  withdraw: main('withdraw', { asset: 'BNB', amount: '1' }),
  lock: main('lock', { asset: 'BNB', amount: '1' }),
  unlock: main('unlock', { asset: 'BNB', amount: '1' }),
  book: main('book', { wallet: 'um', ...usdt, amount: '-3', reason: 'fee' }),
  'set-unrealised': main('unrealised', { wallet: 'cm-unrealised', ...usdt, amount: '-3' }),
  borrow: main('borrow', { asset: 'BTC', amount: '0.001' }),
  'repay-loan': main('repay-loan', { asset: 'BTC', amount: '0.0001' }),
  'repay-debt': main('repay-debt', { asset: 'BTC', amount: '0.0001', sources: ['BNB', 'USDT'] }),
  'repay-futures': main('repay-futures', { from: 'spot' }),
  'set-repay-switch': main('repay-switch', { on: false }),
  collect: main('collect', {}),
  'transfer-bnb': main('transfer-bnb', { amount: '1', side: 'to-um' }),
  'set-delta-mode': main('delta-mode', { on: true }),
  'set-requirements': main('requirements', { wallet: 'um', asset: 'USDT', initial: '0.1', maintenance: '0.05', openLoss: '0' }),
  'set-vip': main('vip', { vip: 3 }),
  'borrow-isolated': okx('borrow-isolated', isolated),
  'repay-isolated': okx('repay-isolated', isolated),
  'borrow-spot': okx('borrow-spot', usdt),
  'repay-spot': okx('repay-spot', usdt),
  'set-auto-repay': okx('auto-repay', { on: true }),
  'set-auto-borrow': okx('auto-borrow', { on: false }),
  'borrow-vip': okx('borrow-vip', { ...usdt, order: '7', rateDaily: '0.0002' }),
  'repay-vip': okx('repay-vip', { ...usdt, order: '7' }),
}

/** Sends all of them to a fresh venue. */
async function journalOfAll() {
  const { venue } = await venueKit()
  const ask = (line: Sent) => askAdmin(venue, ...line)
  // What the commands above need: coins to sell, coins outside the margin account.
  await ask(main('deposit', { asset: 'USDT', amount: '10', wallet: 'spot', id: 'first' }))
  await ask(main('deposit', { asset: 'USDT', amount: '1000' }))
  await ask(okx('deposit', { asset: 'USDT', amount: '1000' }))
  const replies = new Map<string, unknown>()
  for (const [kind, line] of Object.entries(sent)) {
    const { status, json } = await ask(line)
    replies.set(kind, status === 200 ? (json['kind'] ?? 'set-clock') : json)
    if (kind === 'book') await ask(['POST', '/clock', { kind: 'advance-by', ms: minuteMs }])
  }
  return { replies, journal: [...venue.engine.journal()] }
}

test('everything that can be told to the engine can be told over the admin face', async () => {
  const { replies, journal } = await journalOfAll()
  expect(Object.fromEntries(replies)).toEqual(Object.fromEntries(Object.keys(sent).map((kind) => [kind, kind])))
  const kinds = new Set(journal.map(({ command }) => command.kind))
  for (const kind of Object.keys(sent)) expect(kinds).toContain(kind)
})

test('what was sent with a command is in the journal, and what was left out is not', async () => {
  const { journal } = await journalOfAll()
  const commands = journal.map(({ command }) =>
    JSON.parse(JSON.stringify(command, (_, value) => (typeof value === 'bigint' ? `${value}` : value))),
  )
  expect(journal.find(({ id }) => id === 'first')?.command).toMatchObject({ kind: 'deposit', wallet: 'spot' })
  const of = (kind: string) => commands.findLast((command: { kind: string }) => command.kind === kind) as object
  expect(of('collect')).toEqual({ kind: 'collect', account: 'main' })
  expect(of('set-loan-terms')).toMatchObject({ exchange: 'binance', asset: 'USDT', vip: 1 })
  expect(of('repay-debt')).toMatchObject({ sources: ['BNB', 'USDT'] })
  expect(of('repay-futures')).toEqual({ kind: 'repay-futures', account: 'main', from: 'spot' })
  expect(of('set-requirements')).toMatchObject({ wallet: 'um', initial: { mantissa: '1', scale: 1 } })
  expect(of('set-delta-mode')).toEqual({ kind: 'set-delta-mode', account: 'main', on: true })
})
