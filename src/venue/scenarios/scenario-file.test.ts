import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorOf, movement, scenarioText } from '../../../test/support/scenario-text.ts'
import { isOverdraftError } from '../../errors/overdraft-error.ts'
import type { Fault } from './reading.ts'
import { loadScenario, parseScenario, scenarioCommands } from './scenario.ts'
import { readScenarioFile, shippedPath } from './shipped-files.ts'

const endsAt = Date.parse('2026-11-21T10:17:00Z')

describe('a scenario file that cannot be read', () => {
  it('is named, with what to do', () => {
    const error = errorOf(() => loadScenario('/nowhere/at-all.yaml'))
    expect(error.code).toBe('scenario.unreadable')
    expect(error.message).toContain('/nowhere/at-all.yaml')
    expect(error.remedy).toMatch(/--list-scenarios/)
  })

  it.each([
    ['brackets without end', '['.repeat(200_000), /nested too deeply/],
    ['braces without end', '{a: '.repeat(200_000), /nested too deeply/],
    ['lists without end', `x:\n  ${'- '.repeat(200_000)}`, /nested too deeply/],
    ['keys without end', '? '.repeat(200_000), /nested too deeply/],
    ['indentation without end', `${' '.repeat(500)}x: 1`, /nested too deeply/],
    ['of a million and one characters', `#${'x'.repeat(1_000_000)}`, /longer than 1000000 characters/],
  ])('for it is %s', (_what, text, says) => {
    const error = errorOf(() => parseScenario(text, 'trial.yaml'))
    expect(error.code).toBe('scenario.unreadable')
    expect(error.message).toMatch(says)
  })

  it('is refused by its place where it starts before there is time', () => {
    const starts = (moment: string) => scenarioText().replace('starts: -10d', `starts: ${moment}`)
    for (const moment of ['-999999d', '1969-12-31T23:59:59Z']) {
      const { code, values } = errorOf(() => scenarioCommands(parseScenario(starts(moment), 'trial.yaml'), endsAt))
      const problem = expect.stringContaining('lies before 1970')
      expect([code, values['faults']]).toEqual([
        'scenario.invalid',
        [expect.objectContaining({ line: 4, column: 9, field: 'starts', problem })],
      ])
    }
  })

  it('is refused by its place where a figure of the market is larger than the engine takes', () => {
    const text = (price: string) => scenarioText({ markets: `{ prices: { USDT: ${price} } }` })
    expect(parseScenario(text('100000000000000000000'), 'trial.yaml').markets.prices).toHaveProperty('USDT')
    const { values } = errorOf(() => parseScenario(text('100000000000000000000.1'), 'trial.yaml'))
    expect(values['faults']).toMatchObject([
      { line: 3, field: 'markets.prices.USDT', problem: expect.stringContaining('no more than 1000') },
    ])
  })

  it('is refused before it unfolds into more than a venue can hold', () => {
    const text = movement('kind: flow, wallet: um, asset: USDT, until: end, every: 1s, between: [-2, -1], reason: fee').replace(
      '-2d',
      '-9d',
    )
    expect(errorOf(() => scenarioCommands(parseScenario(text, 'trial.yaml'), endsAt)).code).toBe('scenario.too-long')
  })
})

describe('a scenario file that was made to cost time', () => {
  const prices = (count: number, price: string) => Array.from({ length: count }, (_, index) => `A${index}: ${price}`).join(', ')

  // The parser's own ways took the square of their number: a minute for these.
  it('is read at once, however many keys and aliases it has', () => {
    const text = (price: string) => `name: &price 1\naccounts: [{ label: main, exchange: binance }]\nmarkets: { prices: { ${price} } }`
    expect(Object.keys(parseScenario(text(prices(30_000, '1')), 'trial.yaml').markets.prices)).toHaveLength(30_000)
    expect(Object.keys(parseScenario(text(prices(30_000, '*price')), 'trial.yaml').markets.prices)).toHaveLength(30_000)
  })

  it('is refused where a key is given twice, and where an alias stands for nothing or for what is around it', () => {
    const problems = (text: string) => errorOf(() => parseScenario(text, 'trial.yaml')).values['faults']
    expect(problems('name: a\nname: b')).toMatchObject([{ line: 2, column: 1, problem: expect.stringContaining('"name" is given twice') }])
    expect(problems(scenarioText({ accounts: '*nothing' }))).toMatchObject([{ problem: 'should be a list, but is nothing' }])
    expect(problems(scenarioText({ accounts: '&all [*all]' }))).toMatchObject([{ problem: 'should be a mapping, but is a list' }])
  })

  it('is refused before a group does more than a venue can hold', () => {
    const history = `\n${'  - { at: -2d, account: crowd, kind: set-auto-repay, on: true }\n'.repeat(60)}`
    const text = scenarioText({ accounts: '[{ label: crowd, exchange: okx, copies: 9000 }]', history })
    expect(errorOf(() => scenarioCommands(parseScenario(text, 'trial.yaml'), endsAt)).code).toBe('scenario.too-long')
  })
})

describe('a scenario file', () => {
  it('may be JSON', () => {
    const text = JSON.stringify({
      name: 'trial',
      accounts: [{ label: 'main', exchange: 'binance' }],
      markets: { prices: { USDT: '1' } },
      starts: '-1d',
      history: [{ at: '-1d', account: 'main', kind: 'deposit', asset: 'USDT', amount: 12.5 }],
    })
    expect(parseScenario(text, 'trial.json').history).toMatchObject([
      { movement: { kind: 'deposit', amount: { mantissa: 125n, scale: 1 } } },
    ])
  })

  it('keeps every digit of a decimal that is written without quotes', () => {
    const amount = '12345678901234567890.12345678'
    expect(parseScenario(movement(`kind: deposit, asset: USDT, amount: ${amount}`), 'trial.yaml').history).toMatchObject([
      { movement: { amount: { mantissa: 1234567890123456789012345678n, scale: 8 } } },
    ])
  })

  it('may bring a private key of its own', () => {
    const folder = mkdtempSync(join(tmpdir(), 'overdraft-scenario-'))
    try {
      const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
      writeFileSync(join(folder, 'key.pem'), key)
      const accounts = '[{ label: a, exchange: binance, keys: [{ signing: hmac }, { signing: ed25519, privateKeyFile: key.pem }] }]'
      writeFileSync(join(folder, 'trial.yaml'), scenarioText({ accounts }))
      expect(loadScenario(join(folder, 'trial.yaml')).accounts[0]?.keys[1]?.privateKey).toBe(key)
      writeFileSync(join(folder, 'trial.yaml'), scenarioText({ accounts: accounts.replace('ed25519', 'rsa') }))
      expect(errorOf(() => loadScenario(join(folder, 'trial.yaml'))).message).toMatch(/private key \(PKCS#8\) of the kind rsa/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a scenario file that was scribbled over', () => {
  const good = /```yaml\n(.*?)```/s.exec(readScenarioFile(shippedPath('../docs/scenarios.md')))?.[1] ?? ''
  const scribble = fc.record({
    at: fc.nat(good.length),
    cut: fc.nat(12),
    put: fc.string({ unit: fc.constantFrom(...'{}[]:-,#&*"\'|>!%@ \n\tab019.+'), maxLength: 6 }),
  })

  it('is read, or refused with places that exist in it, and never ends otherwise', () => {
    fc.assert(
      fc.property(fc.array(scribble, { minLength: 1, maxLength: 3 }), (scribbles) => {
        const text = scribbles.reduce((before, { at, cut, put }) => before.slice(0, at) + put + before.slice(at + cut), good)
        try {
          parseScenario(text, 'scribbled.yaml')
        } catch (error) {
          if (!isOverdraftError(error, 'scenario.invalid')) throw error
          const lines = text.split('\n')
          for (const { line, column } of error.values['faults'] as readonly Fault[]) {
            expect(line).toBeGreaterThanOrEqual(1)
            expect(line).toBeLessThanOrEqual(lines.length)
            expect(column).toBeGreaterThanOrEqual(1)
            expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
          }
        }
      }),
      { numRuns: 150 },
    )
  })
})
