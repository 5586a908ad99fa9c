import { describe, expect, it } from 'vitest'
import { signBinance, verifyBinance } from '../../contracts/binance/signing.ts'
import { decimal } from '../../decimal/decimal.ts'
import { dayMs, hourMs, minuteMs } from '../../time/units.ts'
import type { ApiKey } from '../engine/command.ts'
import { createEngine } from '../engine/engine.ts'
import { applyScenario, defaultScenario, emptyScenario, parseScenario, scenarioCommands } from './scenario.ts'
import { readScenarioFile, shippedPath } from './shipped-files.ts'
import type { TimedCommand } from './timed-command.ts'

const endsAt = Date.parse('2026-11-21T10:17:00Z')
const defaultText = readScenarioFile(shippedPath('default.yaml'))

function trial(history: string, markets = '{ prices: { USDT: 1 } }') {
  return parseScenario(
    `name: trial\nstarts: -10d\naccounts: [{ label: main, exchange: binance }, { label: okx, exchange: okx }]\nmarkets: ${markets}\nhistory:\n${history}`,
    'trial.yaml',
  )
}

describe('unfolding the shipped scenario', () => {
  const unfolded = scenarioCommands(defaultScenario(), endsAt)

  it('gives the same commands every time', () => {
    expect(scenarioCommands(parseScenario(defaultText, shippedPath('default.yaml')), endsAt)).toEqual(unfolded)
  })

  it('gives the same commands at shifted instants for another end', () => {
    const later = 37 * dayMs + 5 * hourMs + 1
    const shifted = scenarioCommands(defaultScenario(), endsAt + later)
    expect(shifted.startsAt).toBe(unfolded.startsAt + later)
    expect(shifted.access).toEqual(unfolded.access)
    expect(shifted.commands).toEqual(unfolded.commands.map((timed) => ({ ...timed, at: timed.at + later })))
  })

  it('gives other movements and other keys for another seed', () => {
    const other = scenarioCommands(parseScenario(defaultText.replace('seed: overdraft', 'seed: another'), 'other.yaml'), endsAt)
    expect(other.access[0]?.apiKey).not.toBe(unfolded.access[0]?.apiKey)
    expect(other.commands).not.toEqual(unfolded.commands)
  })

  it('never goes back in time, and stays within start and end', () => {
    const instants = unfolded.commands.map(({ at }) => at)
    expect(instants).toEqual([...instants].sort((left, right) => left - right))
    expect(instants[0]).toBe(unfolded.startsAt)
    expect(instants.at(-1)).toBe(endsAt)
    expect(unfolded.startsAt).toBe(endsAt - 400 * dayMs)
  })

  it('leaves every other walk as it was when one is taken out', () => {
    const prices = (text: string) =>
      scenarioCommands(parseScenario(text, 'x.yaml'), endsAt).commands.flatMap(({ command }) =>
        command.kind === 'set-price' && command.asset === 'SOL' ? [command.price] : [],
      )
    const without = defaultText.replace(/\n {4}BTC: \{ start: 88412.*\n/, '\n    BTC: 88412.50\n')
    expect(without).not.toBe(defaultText)
    expect(prices(without)).toEqual(prices(defaultText))
  })
})

describe('access to the accounts of a scenario', () => {
  const { commands, access } = scenarioCommands(defaultScenario(), endsAt)
  const added = new Map<string, ApiKey>()
  for (const { command } of commands) if (command.kind === 'add-key') added.set(command.key.apiKey, command.key)

  it('is given for every account, by its first HMAC key', () => {
    expect(access.map(({ exchange, label }) => `${exchange} ${label}`)).toEqual(['binance main', 'binance hedge', 'okx okx'])
    for (const { apiKey, apiSecret, keys } of access) {
      expect(keys.find(({ signing }) => signing === 'hmac')).toMatchObject({ apiKey, secret: apiSecret })
    }
  })

  it('looks as the exchanges write their keys', () => {
    const [main, , okx] = access
    expect(main?.apiKey).toMatch(/^[A-Za-z0-9]{64}$/)
    expect(main?.apiSecret).toMatch(/^[A-Za-z0-9]{64}$/)
    expect(main?.passphrase).toBeUndefined()
    expect(okx?.apiKey).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/)
    expect(okx?.apiSecret).toMatch(/^[0-9A-F]{32}$/)
    expect(okx?.passphrase).toMatch(/^[A-Za-z0-9]{16}$/)
  })

  it('signs what the venue verifies, with each key of every kind', () => {
    expect(access[0]?.keys.map(({ signing, permissions }) => [signing, ...permissions])).toEqual([
      ['hmac', 'read', 'trade'],
      ['rsa', 'read', 'trade'],
      ['ed25519', 'read', 'trade'],
      ['hmac', 'read'],
    ])
    for (const { apiKey, signing, secret } of access.flatMap(({ keys }) => keys)) {
      const signature = signBinance(signing, secret, 'timestamp=1670227200000')
      expect(verifyBinance(signing, added.get(apiKey)!.verifier, 'timestamp=1670227200000', signature)).toBe(true)
      expect(verifyBinance(signing, added.get(apiKey)!.verifier, 'timestamp=1670227200001', signature)).toBe(false)
    }
  })

  it('has no key twice', () => {
    const keys = access.flatMap((account) => account.keys)
    expect(new Set(keys.map(({ apiKey }) => apiKey)).size).toBe(keys.length)
    expect(added.size).toBe(keys.length)
  })

  it('follows what the file gives', () => {
    const apiKey = 'k'.repeat(64)
    const text = `name: x\naccounts: [{ label: a, exchange: binance, keys: [{ signing: hmac, apiKey: ${apiKey}, apiSecret: mine-alone, ips: [192.0.2.7] }] }]\nmarkets: { prices: {} }`
    const own = scenarioCommands(parseScenario(text, 'x.yaml'), endsAt)
    expect(own.access[0]).toMatchObject({ apiKey, apiSecret: 'mine-alone', keys: [{ permissions: ['read'] }] })
    expect(own.commands[1]?.command).toMatchObject({ key: { apiKey, verifier: 'mine-alone', ips: ['192.0.2.7'], permissions: ['read'] } })
  })
})

describe('the empty scenario', () => {
  it('starts where it ends, with accounts and a market and nothing moved', () => {
    const { startsAt, commands, access } = scenarioCommands(emptyScenario(), endsAt)
    expect(startsAt).toBe(endsAt)
    expect(access.map(({ exchange }) => exchange)).toEqual(['binance', 'okx'])
    const kinds = new Set(commands.map(({ command }) => command.kind))
    expect([...kinds].sort()).toEqual([
      'add-key',
      'open-account',
      'set-collateral-rate',
      'set-free-quota',
      'set-price',
      'set-rate',
      'set-thresholds',
    ])
  })
})

describe('what a history unfolds into', () => {
  const booked = (history: string) =>
    scenarioCommands(trial(history), endsAt).commands.flatMap(({ command, at }) =>
      command.kind === 'book' ? [{ at: endsAt - at, amount: command.amount }] : [],
    )

  it('takes instants before the end in days, hours, minutes and seconds', () => {
    const at = (written: string) =>
      booked(`  - { at: ${written}, account: main, kind: book, wallet: um, asset: USDT, amount: -1, reason: fee }`)[0]?.at
    expect(at('-3d 07:30')).toBe(3 * dayMs + 7 * hourMs + 30 * minuteMs)
    expect(at('-3d 07:30:15')).toBe(3 * dayMs + 7 * hourMs + 30 * minuteMs + 15_000)
    expect(at('-1h 30m')).toBe(90 * minuteMs)
    expect(at('-90m')).toBe(90 * minuteMs)
    expect(at('end')).toBe(0)
    expect(at('2026-11-21T10:16:00Z')).toBe(minuteMs)
  })

  it('books to a level what is missing from what was booked before, and goes on from where auto-exchange will leave it', () => {
    const entry = (at: string, rest: string) => `  - { at: ${at}, account: main, wallet: um, asset: USDT, ${rest} }`
    const history = [
      entry('-4d', 'kind: book, amount: -2.5, reason: fee'),
      entry('-3d', 'kind: level, to: -10, settles: -8'),
      entry('-2d', 'kind: level, to: -8'),
      entry('-1d', 'kind: level, to: 1'),
    ]
    expect(booked(history.join('\n')).map(({ amount }) => amount)).toEqual([decimal('-2.5'), decimal('-7.5'), decimal('9')])
  })

  it('counts deposits to OKX cash among what is there', () => {
    const history = [
      '  - { at: -4d, account: okx, kind: deposit, asset: USDT, amount: 100 }',
      '  - { at: -3d, account: okx, kind: withdraw, asset: USDT, amount: 30 }',
      '  - { at: -2d, account: okx, kind: level, wallet: cash, asset: USDT, to: -5 }',
    ]
    expect(booked(history.join('\n'))).toEqual([{ at: 2 * dayMs, amount: decimal('-75') }])
  })

  it('lets a figure walk on from where a change has put it', () => {
    const markets =
      '{ prices: { USDT: { start: 1, changes: [{ at: -5d 12h, to: 50 }], walk: { every: 1d, between: [1, 100], step: 1 } } } }'
    const prices = scenarioCommands(trial('  []', markets), endsAt).commands.flatMap(({ command }) =>
      command.kind === 'set-price' ? [Number(command.price.mantissa)] : [],
    )
    expect(prices).toHaveLength(12)
    expect(Math.max(...prices.slice(0, 5))).toBeLessThan(7)
    expect(prices[5]).toBe(50)
    expect(Math.min(...prices.slice(6))).toBeGreaterThan(43)
  })

  it('sets rates and thresholds of single VIP levels beside those of everybody', () => {
    const markets =
      '{ prices: { USDT: 1 }, rates: { binance: { USDT: { start: 0.001, levels: { 9: 0.0005 } } }, okx: {} }, thresholds: { USDT: { free: 1, maximum: 2, changes: [{ at: -1d, free: 3, maximum: 4 }], levels: { 9: { free: 10, maximum: 20 } } } } }'
    const commands = scenarioCommands(trial('  []', markets), endsAt).commands.map(({ command }) => command)
    expect(commands.filter(({ kind }) => kind === 'set-rate')).toEqual([
      { kind: 'set-rate', exchange: 'binance', asset: 'USDT', rateDaily: decimal('0.001') },
      { kind: 'set-rate', exchange: 'binance', asset: 'USDT', vip: 9, rateDaily: decimal('0.0005') },
    ])
    expect(commands.filter(({ kind }) => kind === 'set-thresholds')).toEqual([
      { kind: 'set-thresholds', asset: 'USDT', free: decimal('1'), maximum: decimal('2') },
      { kind: 'set-thresholds', asset: 'USDT', vip: 9, free: decimal('10'), maximum: decimal('20') },
      { kind: 'set-thresholds', asset: 'USDT', free: decimal('3'), maximum: decimal('4') },
    ])
  })
})

describe('feeding a scenario to an engine', () => {
  const history = [
    '  - { at: -4d, account: main, kind: deposit, asset: USDT, amount: 100 }',
    '  - { at: -3d, account: main, kind: withdraw, asset: USDT, amount: 100.01 }',
  ].join('\n')

  it('names the entry that the engine refuses, and leaves nothing applied', () => {
    const unfolded = scenarioCommands(trial(history), endsAt)
    const engine = createEngine({ startsAt: unfolded.startsAt })
    expect(() => applyScenario(engine, unfolded)).toThrow(/"trial.yaml" cannot be carried out:\n {2}line 7, column 11, history\[1\]: .*100/)
    expect(engine.accounts()).toEqual([])
    expect([...engine.journal()]).toEqual([])
  })

  it('applies what comes after it in the same transaction', () => {
    const unfolded = scenarioCommands(trial(history.replace('100.01', '99.5')), endsAt)
    const engine = createEngine({ startsAt: unfolded.startsAt })
    applyScenario(engine, unfolded, [{ command: { kind: 'set-clock', mode: { kind: 'real' } }, at: endsAt }])
    expect(engine.now).toBe(endsAt)
    expect(engine.binanceBalances('main')[0]?.crossFree).toEqual(decimal('0.50000000'))
  })

  it('passes on what is no fault of the scenario', () => {
    const unfolded = scenarioCommands(trial('  []'), endsAt)
    const engine = createEngine({ startsAt: unfolded.startsAt })
    const late: TimedCommand = { command: { kind: 'set-clock', mode: { kind: 'real' } }, at: endsAt - 20 * dayMs }
    expect(() => applyScenario(engine, unfolded, [late])).toThrow(/cannot be moved back/)
  })
})
