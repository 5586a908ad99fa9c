import { describe, expect, it } from 'vitest'
import { errorOf, movement, scenarioText } from '../../../test/support/scenario-text.ts'
import type { Exchange } from '../../contracts/contract.ts'
import { decimal } from '../../decimal/decimal.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { createVenue } from '../create-venue.ts'
import type { Command } from '../engine/command.ts'
import { movementReaders } from './read-movements.ts'
import { required } from './readers.ts'
import type { Fault } from './reading.ts'
import { assetText } from './scalar-readers.ts'
import { parseScenario, scenarioCommands } from './scenario.ts'

const endsAt = Date.parse('2026-11-21T10:17:00Z')
const commandsOf = (text: string): readonly Command[] =>
  scenarioCommands(parseScenario(text, 'trial.yaml'), endsAt).commands.map(({ command }) => command)
const lastOf = (text: string) => commandsOf(text).at(-1)
const problemOf = (text: string) => {
  const [fault] = errorOf(() => scenarioCommands(parseScenario(text, 'trial.yaml'), endsAt)).values['faults'] as readonly Fault[]
  return fault?.problem
}
const onOkx = (rest: string) => movement(rest).replace('account: main', 'account: okx')

describe('the history names everything that can be told to an account', () => {
  const main = { account: 'main' }
  it.each<[string, Command]>([
    ['kind: set-repay-switch, on: false', { kind: 'set-repay-switch', ...main, on: false }],
    ['kind: collect', { kind: 'collect', ...main }],
    ['kind: collect, asset: USDT', { kind: 'collect', ...main, asset: 'USDT' }],
    ['kind: collect, asset: USDT, amount: 1.5, from: cm', { kind: 'collect', ...main, asset: 'USDT', amount: decimal('1.5'), from: 'cm' }],
    ['kind: transfer-bnb, amount: 2, side: to-um', { kind: 'transfer-bnb', ...main, amount: decimal('2'), side: 'to-um' }],
    ['kind: repay-debt, asset: BTC, sources: [USDT]', { kind: 'repay-debt', ...main, asset: 'BTC', sources: ['USDT'] }],
    [
      'kind: set-requirements, wallet: um, asset: USDT, initial: 10, maintenance: 4.5, openLoss: 0',
      {
        kind: 'set-requirements',
        ...main,
        wallet: 'um',
        asset: 'USDT',
        initial: decimal('10'),
        maintenance: decimal('4.5'),
        openLoss: decimal('0'),
      },
    ],
    ['kind: set-vip, vip: 9', { kind: 'set-vip', ...main, vip: 9 }],
    [
      'kind: deposit, asset: USDT, amount: 5, wallet: spot',
      { kind: 'deposit', ...main, asset: 'USDT', amount: decimal('5'), wallet: 'spot' },
    ],
    ['kind: repay-futures, from: spot', { kind: 'repay-futures', ...main, from: 'spot' }],
    ['kind: lend-bankruptcy, asset: USDT, amount: 5', { kind: 'lend-bankruptcy', ...main, asset: 'USDT', amount: decimal('5') }],
    ['kind: repay-bankruptcy', { kind: 'repay-bankruptcy', ...main }],
    ['kind: set-delta-mode, on: true', { kind: 'set-delta-mode', ...main, on: true }],
  ])('Binance: %s', (text, command) => {
    expect(lastOf(movement(text))).toEqual(command)
  })

  const okx = { account: 'okx' }
  it.each<[string, Command]>([
    ['kind: borrow-spot, asset: USDT, amount: 5', { kind: 'borrow-spot', ...okx, asset: 'USDT', amount: decimal('5') }],
    ['kind: repay-spot, asset: USDT, amount: 5', { kind: 'repay-spot', ...okx, asset: 'USDT', amount: decimal('5') }],
    [
      'kind: borrow-vip, order: loan1, asset: USDT, amount: 5, rateDaily: 0.00012',
      { kind: 'borrow-vip', ...okx, order: 'loan1', asset: 'USDT', amount: decimal('5'), rateDaily: decimal('0.00012') },
    ],
    [
      'kind: repay-vip, order: loan1, asset: USDT, amount: 5',
      { kind: 'repay-vip', ...okx, order: 'loan1', asset: 'USDT', amount: decimal('5') },
    ],
    ['kind: set-auto-repay, on: true', { kind: 'set-auto-repay', ...okx, on: true }],
    ['kind: set-auto-borrow, on: false', { kind: 'set-auto-borrow', ...okx, on: false }],
  ])('OKX: %s', (text, command) => {
    expect(lastOf(onOkx(text))).toEqual(command)
  })

  it.each([
    ['what the other exchange has', onOkx('kind: set-repay-switch, on: true'), /should be one of: deposit.*but is "set-repay-switch"/],
    ['a switch that is neither on nor off', movement('kind: set-repay-switch, on: maybe'), /should be true or false, but is "maybe"/],
    ['an amount to collect without its wallet', movement('kind: collect, asset: USDT, amount: 1'), /both amount and from, or neither/],
    ['an amount to collect of no asset', movement('kind: collect, amount: 1, from: um'), /needs the asset it is of/],
    ['a level nobody has', movement('kind: set-vip, vip: 16'), /a whole number from 0 to 15/],
    ['an asset without a price among the sources', movement('kind: repay-debt, asset: BTC, sources: [DOGE]'), /"DOGE" has no price/],
  ])('refuses %s', (_what, text, says) => {
    expect(problemOf(text)).toMatch(says)
  })
})

/** What tells an account something; it is opened, and given its keys, under `accounts`. */
type Told = Exclude<Extract<Command, { readonly account: string }>['kind'], 'open-account' | 'add-key'>

/** On which exchange each is told: a kind that is missing does not compile. */
const toldOn: Readonly<Record<Told, Exchange | 'both'>> = {
  deposit: 'both',
  withdraw: 'both',
  book: 'both',
  'set-unrealised': 'both',
  'set-vip': 'both',
  'remove-key': 'both',
  lock: 'binance',
  unlock: 'binance',
  borrow: 'binance',
  'repay-loan': 'binance',
  'repay-futures': 'binance',
  'repay-debt': 'binance',
  'set-repay-switch': 'binance',
  collect: 'binance',
  'transfer-bnb': 'binance',
  'set-requirements': 'binance',
  'lend-bankruptcy': 'binance',
  'repay-bankruptcy': 'binance',
  'set-delta-mode': 'binance',
  'borrow-isolated': 'okx',
  'repay-isolated': 'okx',
  'borrow-spot': 'okx',
  'repay-spot': 'okx',
  'borrow-vip': 'okx',
  'repay-vip': 'okx',
  'set-auto-repay': 'okx',
  'set-auto-borrow': 'okx',
}

describe('nothing that can be told to an account is missing', () => {
  it.each(['binance', 'okx'] as const)('on %s', (exchange) => {
    const readers = Object.keys(movementReaders(exchange, required(assetText)))
    const told = Object.entries(toldOn).flatMap(([kind, on]) => (on === exchange || on === 'both' ? [kind] : []))
    expect(readers.sort()).toEqual(told.sort())
  })

  it('and a key that is removed is none any more', async () => {
    const apiKey = 'k'.repeat(64)
    const text = movement(`kind: remove-key, apiKey: ${apiKey}`).replace(
      'exchange: binance }',
      `exchange: binance, keys: [{ signing: hmac }, { signing: hmac, apiKey: ${apiKey} }] }`,
    )
    expect(lastOf(text)).toEqual({ kind: 'remove-key', account: 'main', apiKey })
    const venue = await createVenue({ clock: new ManualClock(endsAt), scenario: parseScenario(text, 'trial.yaml') })
    expect(venue.accounts[0]?.keys).toHaveLength(1)
    await venue.close()
    expect(problemOf(movement('kind: remove-key, apiKey: short'))).toMatch(/64 letters and digits/)
  })
})

describe('the market names what loans require and what there is to lend', () => {
  it('by exchange, asset and level, and over time', () => {
    const markets = `{
      prices: { USDT: 1, BTC: 86400.5 },
      loanTerms: { binance: { BTC: { maintenanceRate: 0.05, maximum: 10, levels: { 9: { maintenanceRate: 0.04, maximum: 100 } } } } },
      lendingPools: { okx: { USDT: { start: 1000000, changes: [{ at: -1d, to: 0 }] } } } }`
    const commands = commandsOf(scenarioText({ markets })).filter(({ kind }) => kind === 'set-loan-terms' || kind === 'set-lending-pool')
    expect(commands).toEqual([
      { kind: 'set-loan-terms', exchange: 'binance', asset: 'BTC', maintenanceRate: decimal('0.05'), maximum: decimal('10') },
      { kind: 'set-loan-terms', exchange: 'binance', asset: 'BTC', vip: 9, maintenanceRate: decimal('0.04'), maximum: decimal('100') },
      { kind: 'set-lending-pool', exchange: 'okx', asset: 'USDT', amount: decimal('1000000') },
      { kind: 'set-lending-pool', exchange: 'okx', asset: 'USDT', amount: decimal('0') },
    ])
  })

  it('refuses a share above one, and a change before the start', () => {
    const terms = (rest: string) => scenarioText({ markets: `{ prices: { BTC: 1 }, ${rest} }` })
    expect(problemOf(terms('loanTerms: { binance: { BTC: { maintenanceRate: 1.1, maximum: 1 } } }'))).toMatch(/not above 1/)
    expect(problemOf(terms('lendingPools: { binance: { BTC: { start: 1, changes: [{ at: -11d, to: 0 }] } } }'))).toMatch(/before the start/)
  })
})

describe('nothing that can be told of the market is missing', () => {
  /** Where each kind stands under `markets`: one that is missing does not compile. */
  const markets: Readonly<Record<Exclude<Command['kind'], Told | 'open-account' | 'add-key' | 'set-clock'>, string>> = {
    'set-price': 'prices: { USDT: 1 }',
    'set-rate': 'rates: { okx: { USDT: 0.0001 } }',
    'set-thresholds': 'thresholds: { USDT: { free: 1, maximum: 2 } }',
    'set-collateral-rate': 'collateralRates: { USDT: 0.9 }',
    'set-free-quota': 'freeQuotas: { USDT: 5 }',
    'set-loan-terms': 'loanTerms: { okx: { USDT: { maintenanceRate: 0.1, maximum: 5 } } }',
    'set-lending-pool': 'lendingPools: { binance: { USDT: 5 } }',
  }

  it('on either exchange', () => {
    const told = commandsOf(scenarioText({ markets: `{ ${Object.values(markets).join(', ')} }` })).map(({ kind }) => kind)
    for (const kind of Object.keys(markets)) expect(told).toContain(kind)
  })
})

describe('an account with copies stands for many', () => {
  const group = (rest = '') =>
    scenarioText({
      accounts: `[{ label: main, exchange: binance }, { label: crowd, copies: 12, exchange: okx${rest} }]`,
      history: `
  - { at: -2d, account: crowd, kind: deposit, asset: USDT, amount: 10 }
  - { at: -2d, account: crowd, kind: walk, wallet: cash, asset: USDT, until: end, every: 1d, between: [-20, -1], step: 3 }`,
    })

  it('gives each member a label with its number, keys of its own, and everything that happens to the group', () => {
    const { commands, access } = scenarioCommands(parseScenario(group(), 'trial.yaml'), endsAt)
    expect(access.map(({ label }) => label)).toEqual([
      'main',
      ...Array.from({ length: 12 }, (_, index) => `crowd-${`${index + 1}`.padStart(2, '0')}`),
    ])
    expect(new Set(access.map(({ apiKey }) => apiKey)).size).toBe(13)
    const deposits = commands.flatMap(({ command }) => (command.kind === 'deposit' ? [command.account] : []))
    expect(deposits).toHaveLength(12)
  })

  it('lets each member walk its own way', () => {
    const walked = commandsOf(group()).flatMap((command) => (command.kind === 'book' ? [command] : []))
    const of = (account: string) => walked.flatMap((command) => (command.account === account ? [command.amount] : []))
    expect(of('crowd-01').length).toBeGreaterThan(0)
    expect(of('crowd-01')).not.toEqual(of('crowd-02'))
  })

  it.each([
    [
      'a key that copies cannot share',
      group(', keys: [{ signing: hmac, apiKey: 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0 }]'),
      /copies cannot share/,
    ],
    ['more members than a venue has', group().replace('label: main', 'label: more, copies: 9989'), /makes them 10001 accounts/],
    ['no copies at all', group().replace('copies: 12', 'copies: 0'), /from 1 to 10000/],
    ['a member another account is named like', group().replace('label: main', 'label: crowd-03'), /label crowd-03 is given twice/],
    ['a group named like an account', group().replace('label: main', 'label: crowd'), /label crowd is given twice/],
  ])('refuses %s', (_what, text, says) => {
    expect(problemOf(text)).toMatch(says)
  })
})
