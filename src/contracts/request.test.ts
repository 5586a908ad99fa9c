import fc from 'fast-check'
import { expect, expectTypeOf, test } from 'vitest'
import { isOverdraftError } from '../errors/overdraft-error.ts'
import { balance } from './binance/balance.ts'
import { interestHistory } from './binance/interest-history.ts'
import { negativeBalanceExchangeRecord } from './binance/negative-balance-exchange-record.ts'
import type { ArgumentsFor } from './contract.ts'
import { interestAccrued } from './okx/interest-accrued.ts'
import { parameterFaults, printArguments, readParameters } from './request.ts'

const at = '1670227200000'

test('arguments travel in the order of the document’s table, whatever order they are given in', () => {
  const printed = printArguments(interestHistory, { size: 100, endTime: 2, asset: 'USDT', startTime: 1 })
  expect(printed).toEqual([
    ['asset', 'USDT'],
    ['startTime', '1'],
    ['endTime', '2'],
    ['size', '100'],
  ])
})

test('an argument that is undefined is not sent, and signing adds the timestamp', () => {
  expect(printArguments(balance, { asset: undefined })).toEqual([])
})

test('a mandatory argument that is not given is named with its endpoint', () => {
  const args = { startTime: 1 } as ArgumentsFor<typeof negativeBalanceExchangeRecord>
  expect(() => printArguments(negativeBalanceExchangeRecord, args)).toThrow(
    expect.objectContaining({
      code: 'contract.parameter-missing',
      message: 'negative-balance-exchange-record needs the parameter endTime',
    }),
  )
})

test('an argument the endpoint does not know is refused, and the known ones are listed', () => {
  const args = { currency: 'USDT' } as ArgumentsFor<typeof balance>
  expect(() => printArguments(balance, args)).toThrow(
    expect.objectContaining({ code: 'contract.parameter-unknown', remedy: 'It takes: asset.' }),
  )
})

test.each([
  ['a size beyond the maximum', interestHistory, { size: 101 }],
  ['a size of zero', interestHistory, { size: 0 }],
  ['a size that is no whole number', interestHistory, { size: 1.5 }],
  ['an instant before the epoch', interestHistory, { startTime: -1 }],
  ['an instant beyond what a number holds', interestHistory, { startTime: 1e21 }],
  ['a value of another type', interestHistory, { asset: 5 }],
  ['a value that is null', interestHistory, { asset: null }],
  ['a value that is empty', interestHistory, { asset: '' }],
  ['a word that is not of the list', interestAccrued, { mgnMode: 'CROSS' }],
])('%s is not sent', (_, endpoint, args) => {
  try {
    printArguments(endpoint, args as never)
    expect.unreachable()
  } catch (error) {
    expect(isOverdraftError(error, 'contract.parameter-malformed')).toBe(true)
  }
})

test('parameters are read as typed values, with the defaults of the table', () => {
  const read = readParameters(interestHistory, [
    ['timestamp', at],
    ['asset', 'USDT'],
  ])
  expect(read).toEqual({ kind: 'read', values: { asset: 'USDT', size: 10, timestamp: 1_670_227_200_000 } })
  if (read.kind !== 'read') return
  expectTypeOf(read.values.size).toEqualTypeOf<number>()
  expectTypeOf(read.values.timestamp).toEqualTypeOf<number>()
  expectTypeOf(read.values.asset).toEqualTypeOf<string | undefined>()
})

test.each([
  ['a missing mandatory parameter', balance, [], { kind: 'missing', parameter: 'timestamp' }],
  ['the first of two missing parameters', negativeBalanceExchangeRecord, [['timestamp', at]], { kind: 'missing', parameter: 'startTime' }],
  [
    'a parameter sent twice',
    balance,
    [
      ['timestamp', at],
      ['timestamp', at],
    ],
    { kind: 'duplicate', parameter: 'timestamp' },
  ],
  [
    'a parameter the table does not have',
    balance,
    [
      ['timestamp', at],
      ['page', '2'],
    ],
    { kind: 'unknown', parameter: 'page' },
  ],
  [
    'a name every object has',
    balance,
    [
      ['timestamp', at],
      ['constructor', 'x'],
    ],
    { kind: 'unknown', parameter: 'constructor' },
  ],
  ['text that is no number', balance, [['timestamp', 'now']], { kind: 'malformed', parameter: 'timestamp', text: 'now' }],
  ['an empty value', balance, [['timestamp', '']], { kind: 'malformed', parameter: 'timestamp', text: '' }],
  [
    'a size beyond the maximum',
    interestHistory,
    [
      ['timestamp', at],
      ['size', '101'],
    ],
    { kind: 'out-of-range', parameter: 'size', text: '101' },
  ],
  [
    'a recvWindow beyond 60000',
    balance,
    [
      ['timestamp', at],
      ['recvWindow', '60001'],
    ],
    { kind: 'out-of-range', parameter: 'recvWindow', text: '60001' },
  ],
  ['an unknown margin mode', interestAccrued, [['mgnMode', 'both']], { kind: 'malformed', parameter: 'mgnMode', text: 'both' }],
] as const)('%s is the fault that is told', (_, endpoint, pairs, fault) => {
  expect(readParameters(endpoint, pairs)).toEqual(fault)
})

test('what is missing is told before what is malformed', () => {
  expect(parameterFaults(interestHistory, [['size', 'many']]).map(({ kind }) => kind)).toEqual(['missing', 'malformed'])
})

test('what is printed is read back as it was', () => {
  const args = { asset: 'BTC', startTime: 1, endTime: 2, size: 7 }
  const read = readParameters(interestHistory, [...printArguments(interestHistory, args), ['timestamp', at]])
  expect(read).toEqual({ kind: 'read', values: { ...args, timestamp: Number(at) } })
})

test('a request is read exactly when nothing is wrong with it, and otherwise its first fault is told', () => {
  const name = fc.constantFrom('asset', 'startTime', 'endTime', 'size', 'timestamp', 'recvWindow', 'currency', '__proto__')
  const noise = fc.array(fc.tuple(name, fc.constantFrom('', 'USDT', '1', '101', 'x')), { maxLength: 2 })
  const right: [string, string][] = [
    ['timestamp', at],
    ['asset', 'USDT'],
    ['size', '100'],
    ['endTime', at],
  ]
  fc.assert(
    fc.property(fc.shuffledSubarray(right), noise, (some, others) => {
      const pairs = [...some, ...others]
      const [fault] = parameterFaults(interestHistory, pairs)
      const read = readParameters(interestHistory, pairs)
      expect(readParameters(interestHistory, new Set(pairs))).toEqual(read)
      const values = Object.fromEntries(pairs.map(([sent, text]) => [sent, sent === 'asset' ? text : Number(text)]))
      expect(read).toEqual(fault ?? { kind: 'read', values: { size: 10, ...values } })
    }),
  )
})
