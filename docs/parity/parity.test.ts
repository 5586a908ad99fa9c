import { describe, expect, test } from 'vitest'
import { evidenceOf, isSent } from './evidence.ts'
import { parity, renewParity } from './parity.ts'
import { suitesOf } from './suites.ts'
import { readText, sourceOf, testFiles } from './test-files.ts'

const files = testFiles()
const { markdown, missing } = parity(files)

describe('docs/parity.md', () => {
  test('leaves nothing unproven', () => {
    expect(missing).toEqual([])
  })

  test('is what contracts, rules, tables and tests print', () => {
    expect(readText('docs/parity.md') === markdown, `docs/parity.md is not current; renew it with: ${renewParity}`).toBe(true)
  })

  test('has as many cells in every table row as in its head', () => {
    const cells = (line: string) => line.split(/(?<!\\)\|/).length
    let head = 0
    for (const line of markdown.split('\n')) {
      if (!line.startsWith('|')) head = 0
      else if (head === 0) head = cells(line)
      else expect(line, line).toSatisfy((row: string) => cells(row) === head)
    }
  })
})

test('without the tests that prove it, each part of the page says what has no proof', () => {
  const lost = [
    'src/venue/engine/auto-repay.test.ts',
    'src/venue/faults/wire-faults.test.ts',
    'src/venue/http/okx/answers/max-loan.test.ts',
    'src/venue/http/okx/bad-input.property.test.ts',
  ]
  const left = files.filter(({ path }) => !lost.includes(path))
  expect(files.length - left.length).toBe(lost.length)
  expect(parity(left).missing).toEqual(
    expect.arrayContaining([
      "the rule auto-repay has no describe('rule: auto-repay', …)",
      "the fault slow has no describe('fault: slow', …)",
      "GET /api/v5/account/max-loan has no describe('GET /api/v5/account/max-loan', …) that expects anything",
      'GET /api/v5/account/max-loan: no test of it sends mgnCcy',
      'no test sets the option okxBorrowLeverage',
      'no bad-input.property.test.ts goes over okxEndpoints',
    ]),
  )
})

const path = '/papi/v1/balance'
const suitesIn = (text: string) => suitesOf([sourceOf('src/some.test.ts', text)])

/** Which of some parameters the only suite of a text sends. */
function sent(text: string, ...parameters: readonly string[]): readonly string[] {
  const [suite] = suitesIn(text).suites
  return parameters.filter((parameter) => isSent(parameter, evidenceOf(suite!, [path])))
}

describe('the titles of tests', () => {
  test('are those of describe, and of describe.each line by line', () => {
    const text = `
      const lines = [['b', 1], ['c', 2]] as const
      describe('rule: a', () => { describe('rule: inner', () => {}) })
      describe.each(lines)('rule: %s', () => {})
      describe.each(['d'])('fault: %s', () => {})`
    expect(suitesIn(text).suites.map(({ title }) => title)).toEqual(['rule: a', 'rule: inner', 'rule: b', 'rule: c', 'fault: d'])
  })

  test('of what goes over a registry stand for it, and not for single endpoints', () => {
    const text = `
      const all = Object.values(okxEndpoints)
      const table = all.map((endpoint) => [endpoint.path, endpoint])
      test.each(table)('asks %s', () => {})`
    expect(suitesIn(text)).toMatchObject({ suites: [], sweeps: [{ title: 'asks %s', registries: ['okxEndpoints'] }] })
  })

  test('of what is skipped, or what keeps others from being run, are told', () => {
    const text = `describe.skip('a', () => {}); test.only('b', () => {}); it.todo('c')`
    expect(suitesIn(text).idle).toEqual(['src/some.test.ts: describe.skip', 'src/some.test.ts: test.only', 'src/some.test.ts: it.todo'])
  })
})

describe('a parameter is sent', () => {
  test('where it stands in a query, in a template, in JSON or in what is posted', () => {
    const text = `describe('x', () => {
      ask('asset=USDT&size=3')
      ask(\`startTime=\${from}&endTime=\${to}\`)
      ask('{"amt":"1"}')
      kit.post(path, { ccy: 'BTC' })
    })`
    expect(sent(text, 'asset', 'size', 'startTime', 'endTime', 'amt', 'ccy')).toHaveLength(6)
    expect(sent(text, 'Time', 'set', 'from')).toEqual([])
  })

  test('also where a function or a table of the same file sends it', () => {
    const text = `
      const cases = [['limit=1', 400]]
      function page(after) { return ask('after=' + after) }
      describe('x', () => { test.each(cases)('%s', () => page(1)) })`
    expect(sent(text, 'limit', 'after')).toEqual(['limit', 'after'])
  })

  test('not by what is expected of an answer', () => {
    const text = `describe('x', () => {
      expect(ask('a=1').text).toBe('asset=1 "size":2')
      expect(refusal('b=1')).rejects.toThrow('endTime=')
    })`
    expect(sent(text, 'a', 'b', 'asset', 'size', 'endTime')).toEqual(['a', 'b'])
  })

  test('not by what another endpoint is sent, whose path stands there or behind a name', () => {
    const text = `
      const other = '/papi/v1/marginLoan'
      describe('x', () => {
        get('${path}', 'asset=USDT')
        post('/papi/v1/repayLoan', 'amount=1')
        get(other, 'txId=1')
      })`
    expect(sent(text, 'asset', 'amount', 'txId')).toEqual(['asset'])
  })

  test('not by a command to the engine that has a field of that name', () => {
    expect(sent(`describe('x', () => apply({ kind: 'deposit', asset: 'USDT', amount: 1 }))`, 'asset', 'amount')).toEqual([])
  })
})

test('a suite that expects nothing proves nothing', () => {
  const expects = (text: string) => evidenceOf(suitesIn(text).suites[0]!, [path]).expects
  expect(expects(`describe('x', () => { test('y', () => ask('asset=1')) })`)).toBe(false)
  expect(expects(`const run = () => expect(1).toBe(1); describe('x', run)`)).toBe(true)
})
