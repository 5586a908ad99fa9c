import { describe, expect, it } from 'vitest'
import { errorOf, movement, scenarioText } from '../../../test/support/scenario-text.ts'
import type { Fault } from './reading.ts'
import { parseScenario, scenarioCommands } from './scenario.ts'

const endsAt = Date.parse('2026-11-21T10:17:00Z')
function faultsOf(text: string): readonly Fault[] {
  const error = errorOf(() => scenarioCommands(parseScenario(text, 'trial.yaml'), endsAt))
  expect(error.code).toBe('scenario.invalid')
  return error.values['faults'] as readonly Fault[]
}

const dated = (...instants: readonly string[]) =>
  scenarioText({ history: instants.map((at) => `\n  - { at: ${at}, account: main, kind: deposit, asset: USDT, amount: 1 }`).join('') })

describe('a scenario file with a fault is refused, naming line, column, field and what would be right', () => {
  const cases: readonly [what: string, text: string, line: number, column: number, field: string, says: RegExp][] = [
    [
      'an unknown field',
      scenarioText({ head: 'name: trial\ncolour: red' }),
      2,
      1,
      'colour',
      /no field "colour".*there are: name, description/,
    ],
    ['a missing name', scenarioText({ head: 'seed: x' }), 1, 1, 'name', /is missing/],
    ['a field given twice', scenarioText({ head: 'name: a\nname: b' }), 2, 1, '', /keys must be unique/],
    ['a list that is none', scenarioText({ history: 'often' }), 5, 10, 'history', /should be a list, but is "often"/],
    ['an empty file', '', 1, 1, '', /should be a mapping, but is nothing/],
    ['an unclosed bracket', 'name: [a', 1, 9, '', /not YAML or JSON/],
    [
      'an exchange nobody knows',
      scenarioText({ accounts: '[{ label: main, exchange: kraken }]' }),
      2,
      37,
      'accounts[0].exchange',
      /one of: binance, okx, but is "kraken"/,
    ],
    [
      'no exchange',
      scenarioText({ accounts: '[{ label: main }]' }),
      2,
      12,
      'accounts[0].exchange',
      /is missing; it is one of: binance, okx/,
    ],
    [
      'a label with a space',
      scenarioText({ accounts: '[{ label: my own, exchange: okx }]' }),
      2,
      21,
      'accounts[0].label',
      /should be a label/,
    ],
    [
      'two accounts of one label',
      scenarioText({ accounts: '[{ label: a, exchange: okx }, { label: a, exchange: okx }]' }),
      2,
      41,
      'accounts[1]',
      /label a is given twice/,
    ],
    [
      'a VIP level out of reach',
      scenarioText({ accounts: '[{ label: main, exchange: okx, vip: 16 }]' }),
      2,
      47,
      'accounts[0].vip',
      /whole number from 0 to 15, but is "16"/,
    ],
    [
      'RSA on OKX',
      scenarioText({ accounts: '[{ label: a, exchange: okx, keys: [{ signing: rsa }] }]' }),
      2,
      57,
      'accounts[0].keys[0].signing',
      /one of: hmac, but is "rsa"/,
    ],
    [
      'no HMAC key',
      scenarioText({ accounts: '[{ label: a, exchange: binance, keys: [{ signing: ed25519 }] }]' }),
      2,
      49,
      'accounts[0].keys',
      /no key with "signing: hmac"/,
    ],
    [
      'an address that is none',
      scenarioText({ accounts: '[{ label: a, exchange: okx, keys: [{ signing: hmac, ips: [192.0.2.300] }] }]' }),
      2,
      69,
      'accounts[0].keys[0].ips[0]',
      /an IP address.*"192.0.2.300"/,
    ],
    [
      'a key file that is not there',
      scenarioText({ accounts: '[{ label: a, exchange: binance, keys: [{ signing: rsa, privateKeyFile: none.pem }] }]' }),
      2,
      82,
      'accounts[0].keys[0].privateKeyFile',
      /"none.pem" cannot be read/,
    ],
    [
      'a price of nothing',
      scenarioText({ markets: '{ prices: { USDT: 0 } }' }),
      3,
      28,
      'markets.prices.USDT',
      /a positive decimal with at most 8 decimals, but is "0"/,
    ],
    ['a price in words', scenarioText({ markets: '{ prices: { USDT: one } }' }), 3, 28, 'markets.prices.USDT', /but is "one"/],
    ['an asset in small letters', scenarioText({ markets: '{ prices: { usdt: 1 } }' }), 3, 22, 'markets.prices.usdt', /capital letters/],
    [
      'a rate above one',
      scenarioText({ markets: '{ prices: { USDT: 1 }, rates: { binance: { USDT: 1.5 }, okx: {} } }' }),
      3,
      59,
      'markets.rates.binance.USDT',
      /not above 1, but is "1.5"/,
    ],
    [
      'a rate of an asset without a price',
      scenarioText({ markets: '{ prices: { USDT: 1 }, collateralRates: { DOGE: 0.5 } }' }),
      3,
      52,
      'markets.collateralRates.DOGE',
      /"DOGE" has no price.*USDT/,
    ],
    [
      'a maximum below the free threshold',
      scenarioText({ markets: '{ prices: { USDT: 1 }, thresholds: { USDT: { free: 10, maximum: 5 } } }' }),
      3,
      53,
      'markets.thresholds.USDT',
      /maximum should not lie below/,
    ],
    [
      'bounds the wrong way round',
      scenarioText({ markets: '{ prices: { USDT: { start: 1, walk: { every: 1d, between: [2, 1], step: 1 } } } }' }),
      3,
      68,
      'markets.prices.USDT.walk.between',
      /lower bound first/,
    ],
    [
      'a span without a unit',
      scenarioText({ markets: '{ prices: { USDT: { start: 1, walk: { every: 10, between: [1, 2], step: 1 } } } }' }),
      3,
      55,
      'markets.prices.USDT.walk.every',
      /a span of time.*"10"/,
    ],
    [
      'an unknown account',
      movement('kind: deposit, asset: USDT, amount: 1').replace('account: main,', 'account: mine,'),
      6,
      25,
      'history[0].account',
      /"mine" is no account.*main, okx/,
    ],
    ['an unknown asset', movement('kind: deposit, asset: EOS, amount: 1'), 6, 53, 'history[0].asset', /"EOS" has no price.*USDT, BTC/],
    ['a negative amount', movement('kind: deposit, asset: USDT, amount: -1'), 6, 67, 'history[0].amount', /a positive decimal.*"-1"/],
    [
      'nine decimals on Binance',
      movement('kind: deposit, asset: USDT, amount: 0.123456789'),
      6,
      67,
      'history[0].amount',
      /at most 8 decimals.*"0.123456789"/,
    ],
    ['an exponent', movement('kind: deposit, asset: USDT, amount: 1e3'), 6, 67, 'history[0].amount', /but is "1e3"/],
    ['a kind nobody knows', movement('kind: gift, asset: USDT, amount: 1'), 6, 37, 'history[0].kind', /one of: deposit, withdraw, book/],
    [
      'a wallet of the other exchange',
      movement('kind: book, wallet: cash, asset: USDT, amount: 1, reason: fee'),
      6,
      51,
      'history[0].wallet',
      /one of: um, cm, but is "cash"/,
    ],
    [
      'an isolated loan on Binance',
      movement('kind: borrow-isolated, asset: USDT, amount: 1, instId: BTC-USDT'),
      6,
      37,
      'history[0].kind',
      /but is "borrow-isolated"/,
    ],
    ['a field the kind does not have', movement('kind: repay-futures, asset: USDT'), 6, 52, 'history[0].asset', /no field "asset"/],
    [
      'jitter as long as the turn',
      movement('kind: walk, wallet: um, asset: USDT, until: -1d, every: 1h, jitter: 1h, between: [-2, -1], step: 1'),
      6,
      5,
      'history[0]',
      /jitter should be shorter/,
    ],
    ['an instant that is none', dated('yesterday'), 6, 11, 'history[0].at', /an instant.*"yesterday"/],
    ['a day that does not exist', dated('2026-02-30'), 6, 11, 'history[0].at', /but is "2026-02-30"/],
    ['an instant after the end', dated('+5m'), 6, 11, 'history[0].at', /not after the end.*"\+5m"/],
    [
      'a fixed instant after the end',
      dated('2026-11-21T10:17:01Z'),
      6,
      11,
      'history[0].at',
      /2026-11-21T10:17:01.000Z lies after the end of the scenario, 2026-11-21T10:17:00.000Z/,
    ],
    ['an instant before the start', dated('-10d 1s'), 6, 11, 'history[0].at', /lies before the start of the scenario/],
    ['instants out of order', dated('-2d', '-3d'), 7, 11, 'history[1].at', /lies before the entry above it/],
    [
      'fixed and relative instants out of order',
      dated('-2d', '2026-11-19T10:16:59Z'),
      7,
      11,
      'history[1].at',
      /2026-11-19T10:16:59.000Z lies before the entry above it, 2026-11-19T10:17:00.000Z/,
    ],
    [
      'a span that ends before it starts',
      movement('kind: flow, wallet: um, asset: USDT, until: -3d, every: 1h, between: [-2, -1], reason: fee'),
      6,
      75,
      'history[0].until',
      /lies before its own start/,
    ],
  ]
  it.each(cases)('%s', (_what, text, line, column, field, says) => {
    const [fault, ...more] = faultsOf(text)
    expect(more).toEqual([])
    expect(fault).toMatchObject({ file: 'trial.yaml', line, column, field })
    expect(fault?.problem).toMatch(says)
  })

  it('names everything in its text', () => {
    const error = errorOf(() => parseScenario(movement('kind: deposit, asset: USDT, amount: -1'), 'trial.yaml'))
    expect(error.message).toContain('"trial.yaml"')
    expect(error.message).toContain('line 6, column 67, history[0].amount: should be a positive decimal')
    expect(error.exit).toBe('configuration')
  })

  it('reports several faults at once, in the order of the file', () => {
    const faults = faultsOf(
      scenarioText({
        head: 'name: trial\ncolour: red',
        accounts: '[{ label: a b, exchange: okx, vip: 99 }]',
        markets: '{ prices: { USDT: -1 } }',
      }),
    )
    expect(faults.map(({ field }) => field)).toEqual(['colour', 'accounts[0].label', 'accounts[0].vip', 'markets.prices.USDT'])
  })

  it('stops listing after twenty, and says how many there are', () => {
    const entries = Array.from({ length: 50 }, () => '\n  - { at: -1d, account: main, kind: deposit, asset: USDT, amount: -1 }')
    const error = errorOf(() => parseScenario(scenarioText({ history: entries.join('') }), 'trial.yaml'))
    expect(error.values['faults']).toHaveLength(20)
    expect(error.message).toContain('50 faults')
    expect(error.message).toContain('and 30 more')
  })

  it('points at the use of an anchor, not at nowhere', () => {
    const text = scenarioText({ history: '\n  - &first { at: -2d, account: main, kind: deposit, asset: USDT, amount: 1 }\n  - *first' })
    expect(parseScenario(text, 'trial.yaml').history).toHaveLength(2)
  })

  it('does not repeat a secret that is malformed', () => {
    const accounts = '[{ label: a, exchange: okx, keys: [{ signing: hmac, apiSecret: hush hush, passphrase: "pß" }] }]'
    const error = errorOf(() => parseScenario(scenarioText({ accounts }), 'trial.yaml'))
    expect(error.values['faults']).toHaveLength(2)
    expect(error.message).not.toMatch(/hush|pß/)
  })
})
