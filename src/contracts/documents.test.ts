import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Json, parseJson, printJson } from '../json/json.ts'
import { dayMs } from '../time/units.ts'
import { balance } from './binance/balance.ts'
import { interestHistory } from './binance/interest-history.ts'
import { negativeBalanceExchangeRecord } from './binance/negative-balance-exchange-record.ts'
import { repayFuturesNegativeBalance } from './binance/repay-futures-negative-balance.ts'
import type { Endpoint } from './contract.ts'
import { binanceEndpoints, okxEndpoints } from './endpoints.ts'
import { interestAccrued, interestAccruedRow } from './okx/interest-accrued.ts'

const monthsMs = { '30 days': 30 * dayMs, '3 months': 90 * dayMs }

function excerpt(name: string): string {
  return readFileSync(new URL(`fixtures/${name}.txt`, import.meta.url), 'utf8')
}

/** The excerpt's JSON blocks, which are indented by four; comments are dropped, everything else stays as it is written. */
function exampleTexts(text: string): string[] {
  const blocks = text.slice(text.search(/Response Example|返回结果/)).match(/(?:^ {4}.*\n?)+/gm) ?? []
  return blocks
    .map((block) =>
      block
        .replace(/\/\/.*$/gm, '')
        .replaceAll('```', '')
        .trim(),
    )
    .filter((block) => /^[[{]/.test(block))
}

function compact(text: string): string {
  return printJson(parseJson(text))
}

interface DocumentedParameter {
  readonly name: string
  readonly type: string
  readonly mandatory: boolean
  readonly description: string
}

/** The rows of the first table; a description may go on over the following lines. */
function documentedParameters(text: string): DocumentedParameter[] {
  const table = text.slice(text.search(/^---\|---/m)).split(/\n\s*\n/)[0] ?? ''
  const rows: DocumentedParameter[] = []
  for (const line of table.split('\n').slice(1)) {
    const row = /^(\w+) ?\| ?(\w+) ?\| ?(YES|NO|Yes|No) ?\| ?(.*)$/.exec(line)
    const last = rows.at(-1)
    if (row !== null) rows.push({ name: row[1]!, type: row[2]!, mandatory: /yes/i.test(row[3]!), description: row[4]!.trim() })
    else if (last !== undefined) rows[rows.length - 1] = { ...last, description: `${last.description}\n${line.trim()}` }
  }
  return rows
}

/** What a description says of default and maximum. */
function statedBounds(description: string) {
  const stated = (pattern: RegExp) => description.replaceAll('`', '').match(pattern)?.[1]
  return {
    default: stated(/default(?::| is ) ?(\d+)/i),
    maximum: stated(/(?:max(?::|imum is )|greater than) ?(\d+)/i),
  }
}

const documented: readonly [string, Endpoint][] = [
  ['binance-interest-history', interestHistory],
  ['binance-negative-balance-exchange-record', negativeBalanceExchangeRecord],
  ['binance-balance', balance],
  ['binance-repay-futures-negative-balance', repayFuturesNegativeBalance],
  ['okx-interest-accrued', interestAccrued],
]

describe.each(documented)('%s', (file, endpoint) => {
  const text = excerpt(file)

  test('has the document’s title, method and path', () => {
    expect(text.split('\n')[0]).toContain(endpoint.title)
    const [, method, path] = /`?(GET|POST) `?(\/[\w/-]+)`/.exec(text) ?? []
    expect({ method, path }).toEqual({ method: endpoint.method, path: endpoint.path })
  })

  test('has the document’s parameters, in its order, with its types and whether they are mandatory', () => {
    const table = Object.entries(endpoint.parameters).map(([name, { need, type }]) => ({
      name,
      type: type.documented,
      mandatory: need === 'mandatory',
    }))
    const rows = documentedParameters(text)
    expect(rows.length).toBeGreaterThan(0)
    expect(table).toEqual(rows.map(({ name, type, mandatory }) => ({ name, type, mandatory })))
  })

  test('has the document’s defaults and maxima', () => {
    for (const { name, description } of documentedParameters(text)) {
      const line = endpoint.parameters[name]!
      const stated = statedBounds(description)
      expect({ name, default: line.default === undefined ? undefined : line.type.print(line.default) }).toEqual({
        name,
        default: stated.default,
      })
      if (stated.maximum !== undefined)
        expect({ name, maximum: line.type.bounds?.maximum }).toEqual({ name, maximum: Number(stated.maximum) })
    }
  })

  test('states the document’s examples, and reads and prints each of them back byte for byte', () => {
    const examples = exampleTexts(text).map(compact)
    expect(examples.length).toBeGreaterThan(0)
    expect(endpoint.examples).toEqual(examples)
    for (const example of examples) expect(printJson(endpoint.reply.print(endpoint.reply.parse(parseJson(example), '')))).toBe(example)
  })
})

test.each(documented.filter(([, { exchange }]) => exchange === 'binance'))('%s costs the weight the document prints', (file, endpoint) => {
  const weight = /Request Weight[^\n]*\n\n\*\*(\d+)\*\*/.exec(excerpt(file))?.[1]
  expect(endpoint.cost).toEqual({ kind: 'weight', pool: 'ip', weight: Number(weight) })
})

test('interest-accrued has the document’s rate limit, its rule and its permission', () => {
  const text = excerpt('okx-interest-accrued')
  const [, calls, seconds] = /Rate Limit: (\d+) requests per (\d+) seconds/.exec(text) ?? []
  expect(text).toContain('Rate limit rule: User ID')
  expect(interestAccrued.cost).toEqual({ kind: 'calls', pool: 'user', calls: Number(calls), perMs: Number(seconds) * 1_000 })
  expect(text).toContain(`Permission: Read`)
  expect(interestAccrued.security).toBe('READ')
})

test('interest-accrued takes every value the document lists for a margin mode or a type', () => {
  for (const { name, description } of documentedParameters(excerpt('okx-interest-accrued'))) {
    if (name !== 'mgnMode' && name !== 'type') continue
    const words = [...description.matchAll(/^`(\w+)`/gm)].map((match) => match[1]!)
    expect(words.length).toBeGreaterThan(0)
    for (const word of words) expect(interestAccrued.parameters[name].type.parse(word)).toBe(word)
  }
})

test('interest-accrued has exactly the response fields the document lists', () => {
  const text = excerpt('okx-interest-accrued')
  const listed = [...text.slice(text.indexOf('#### Response Parameters')).matchAll(/^(\w+) \| String \|/gm)].map((match) => match[1])
  expect(Object.keys(interestAccruedRow.fields).sort()).toEqual(listed.sort())
})

test('interest-accrued reads the other language’s example too, in which no row lacks a field', () => {
  const [example] = exampleTexts(excerpt('okx-interest-accrued-chinese-example')).map(compact)
  const read = interestAccrued.reply.parse(parseJson(example!), '')
  expect(read.data.map(({ totalLiab }) => totalLiab)).toEqual([null, null])
  expect(printJson(interestAccrued.reply.print(read))).toBe(example)
})

test.each(documented.filter(([, { window }]) => window !== undefined))('%s has the document’s time rules', (file, endpoint) => {
  const text = excerpt(file).replaceAll('`', '')
  const wording = /max interval between startTime and endTime is (\d+ \w+)/.exec(text)?.[1] as keyof typeof monthsMs
  const days = /records of the last (\d+) days by default/.exec(text)?.[1]
  expect(endpoint.window).toEqual({
    maxMs: monthsMs[wording],
    maxWording: wording,
    ...(days === undefined ? {} : { defaultMs: Number(days) * dayMs }),
    whenTooOld: /more than 30 days ago, the records of the past 30 days will be returned/.test(text) ? 'clamp-start' : 'reject',
  })
  expect(text).toContain('Response in descending order')
  expect(endpoint.order).toBe('newest-first')
})

test.each(
  [...Object.values(binanceEndpoints), ...Object.values(okxEndpoints)].map((endpoint): [string, Endpoint] => [endpoint.path, endpoint]),
)('every example of %s is read and printed back byte for byte', (_, endpoint) => {
  expect(endpoint.examples.length).toBeGreaterThan(0)
  for (const example of endpoint.examples) {
    const read: unknown = endpoint.reply.parse(parseJson(example), '')
    expect(printJson(endpoint.reply.print(read) as Json)).toBe(example)
  }
})
