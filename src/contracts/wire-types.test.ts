import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimal, decimalOf, toText } from '../decimal/decimal.ts'
import { type Json, parseJson, printJson } from '../json/json.ts'
import { balance, balanceRow } from './binance/balance.ts'
import { interestHistory } from './binance/interest-history.ts'
import { negativeBalanceExchangeRecord } from './binance/negative-balance-exchange-record.ts'
import { billsArchive } from './okx/bills-archive.ts'
import { interestAccrued } from './okx/interest-accrued.ts'
import { documentedField, object, optionalField } from './wire-object.ts'
import type { WireType } from './wire-type.ts'
import {
  array,
  decimalNumber,
  decimalText,
  epochMsNumber,
  epochMsText,
  idNumber,
  idText,
  integerNumber,
  text,
  truthValue,
} from './wire-types.ts'

const read = <Value>(type: WireType<Value>, json: string) => type.parse(parseJson(json), '')
const printed = <Value>(type: WireType<Value>, value: Value) => printJson(type.print(value))

/** Rows in the live style, around figures that were seen: zeros as "0.0", `cmUnrealizedPNL` not empty. */
const seenRows = [
  '{"asset":"USDT","totalWalletBalance":"5055.48548376","crossMarginAsset":"144168.84518903","crossMarginBorrowed":"0.0",' +
    '"crossMarginFree":"144168.84518903","crossMarginInterest":"3.38935086","crossMarginLocked":"0.0","umWalletBalance":"-139113.35970527",' +
    '"umUnrealizedPNL":"-20.5","cmWalletBalance":"0.0","cmUnrealizedPNL":"0.0","updateTime":1737000000000,"negativeBalance":"0.0"}',
  '{"asset":"BNB","totalWalletBalance":"0.00011146","crossMarginAsset":"0.00011146","crossMarginBorrowed":"0.0","crossMarginFree":"0.00011146",' +
    '"crossMarginInterest":"0.0","crossMarginLocked":"0.0","umWalletBalance":"0.0","umUnrealizedPNL":"0.0","cmWalletBalance":"0.0",' +
    '"cmUnrealizedPNL":"0.0","updateTime":0,"negativeBalance":"0.0"}',
]

test.each(seenRows)('a row in the live style is read and printed back byte for byte', (row) => {
  expect(printed(balance.reply, read(balance.reply, `[${row}]`))).toBe(`[${row}]`)
})

describe('a bill as it was shown in 2021, with fewer fields than the document has now', () => {
  const bill =
    '{"bal":"0.0000819307998198","balChg":"-664.2679586599999802","billId":"310394313544966151","ccy":"USDT","fee":"0","from":"",' +
    '"instId":"LTC-USDT","instType":"SPOT","mgnMode":"cross","notes":"","ordId":"310394313519800320","pnl":"0","posBal":"0",' +
    '"posBalChg":"0","subType":"2","sz":"664.26795866","to":"","ts":"1620275771196","type":"2"}'
  const reply = (row: string) => `{"code":"0","data":[${row}],"msg":""}`

  test('is read, and printed back byte for byte', () => {
    const value = read(billsArchive.reply, reply(bill))
    expect(value.data[0]).toMatchObject({ billId: 310_394_313_544_966_151n, ccy: 'USDT', ts: 1_620_275_771_196 })
    expect(value.data[0]).not.toHaveProperty('clOrdId')
    expect(printed(billsArchive.reply, value)).toBe(reply(bill))
  })

  test.each(['bal', 'balChg', 'billId', 'ccy', 'instId', 'mgnMode', 'posBal', 'posBalChg', 'subType', 'ts', 'type'])(
    'is not read without %s, and the error names it',
    (field) => {
      const without = printJson(Object.fromEntries(Object.entries(parseJson(bill) as object).filter(([name]) => name !== field)))
      expect(() => read(billsArchive.reply, reply(without))).toThrow(new RegExp(`data\\[0\\]\\.${field} should be .*, but is absent`))
    },
  )
})

describe('values that a float would spoil', () => {
  test('survive: a decimal JSON number, and an id beyond 2^53', () => {
    expect(printed(decimalNumber, read(decimalNumber, '1.10264488'))).toBe('1.10264488')
    expect(printed(decimalNumber, read(decimalNumber, '0.1000'))).toBe('0.1000')
    expect(read(idNumber, '2328408217636413776')).toBe(2_328_408_217_636_413_776n)
    expect(printed(idNumber, 2_328_408_217_636_413_776n)).toBe('2328408217636413776')
    expect(read(idText, '"2328408217636413776"')).toBe(2_328_408_217_636_413_776n)
    expect(read(idText, '2328408217636413776')).toBe(2_328_408_217_636_413_776n)
    expect(printed(idText, 2_328_408_217_636_413_776n)).toBe('"2328408217636413776"')
  })

  test('survive whatever they are', () => {
    const amount = fc.record({ mantissa: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), scale: fc.nat({ max: 20 }) })
    fc.assert(
      fc.property(amount, ({ mantissa, scale }) => {
        const value = decimalOf(mantissa, scale)
        for (const type of [decimalNumber, decimalText]) expect(toText(read(type, printed(type, value)))).toBe(toText(value))
      }),
    )
  })
})

describe('an object', () => {
  const row = object({ asset: text, note: optionalField(text) })

  test('keeps fields it does not know, and prints them after its own', () => {
    const json = '{"asset":"USDT","new":{"deep":[1.10,null,true]},"note":"x"}'
    const value = read(row, json)
    expect(value.asset).toBe('USDT')
    expect(printed(row, value)).toBe('{"asset":"USDT","note":"x","new":{"deep":[1.10,null,true]}}')
  })

  test('tolerates an optional field that is missing, and leaves it out again', () => {
    expect(printed(row, read(row, '{"asset":"USDT"}'))).toBe('{"asset":"USDT"}')
    expect(read(row, '{"asset":"USDT"}')).not.toHaveProperty('extra')
  })

  test('reads a reply without a field that is documented but not needed, and prints it back as it came', () => {
    const named = object({ asset: text, tag: documentedField(text), at: epochMsText })
    expect(read(named, '{"asset":"USDT","at":"1"}').tag).toBeUndefined()
    for (const json of ['{"asset":"USDT","at":"1"}', '{"asset":"USDT","tag":"","at":"1","new":1}']) {
      expect(printed(named, read(named, json))).toBe(json)
    }
    expect(() => read(named, '{"asset":"USDT","tag":""}')).toThrow(/at should be string \(ms UTC\), but is absent/)
    expect(() => read(named, '{"asset":"USDT","tag":5,"at":"1"}')).toThrow(/tag should be a string, but is 5/)
  })

  test('is not fooled by names every object has', () => {
    const named = object({ constructor: text })
    expect(() => read(named, '{}')).toThrow(expect.objectContaining({ code: 'contract.wrong-shape' }))
    expect(() => read(row, '{"__proto__":{"asset":"USDT"}}')).toThrow(/asset should be string/)
  })
})

describe('a reply of the wrong shape says where, what it should be, and what came', () => {
  test.each([
    [
      interestHistory.reply,
      '{"code":-1121,"msg":"Invalid symbol."}',
      'it should be an array, but is {"code":-1121,"msg":"Invalid symbol."}',
    ],
    [interestHistory.reply, '[{"asset":"USDT"}]', '[0].interest should be string (decimal), but is absent'],
    [interestHistory.reply, '[null]', '[0] should be an object, but is null'],
    [
      negativeBalanceExchangeRecord.reply,
      '{"total":1,"rows":[{"startTime":1,"endTime":2,"details":[{"asset":5}]}]}',
      'rows[0].details[0].asset should be a string, but is 5',
    ],
    [
      interestAccrued.reply,
      '{"code":"0","data":[{"ccy":"USDT","instId":"","interest":"much"}],"msg":""}',
      'data[0].interest should be a decimal in a string, but is "much"',
    ],
    [balance.reply, '"<html>"', 'it should be an object, but is "<html>"'],
  ] as [WireType<unknown>, string, string][])('%#: %s', (type, json, says) => {
    expect(() => read(type, json)).toThrow(
      expect.objectContaining({ code: 'contract.wrong-shape', message: `the reply is not as documented: ${says}` }),
    )
  })

  test('and shows a long reply shortened', () => {
    const long = `"${'x'.repeat(10_000)}"`
    expect(() => read(interestHistory.reply, long)).toThrow(expect.objectContaining({ message: expect.not.stringMatching(/x{300}/) }))
  })
})

test.each([
  ['a decimal in a string', decimalText, ['""', 'null', '"abc"', 'true', '{}']],
  ['a decimal number', decimalNumber, ['""', 'null', '"1,5"', '[]', '1e99999']],
  ['an instant', epochMsNumber, ['1.5', '"now"', '9007199254740993', 'null']],
  ['an instant in a string', epochMsText, ['""', '"1e3"', 'false']],
  ['a count', integerNumber, ['1.5', '{}']],
  ['an id', idNumber, ['1.5', '"x"']],
  ['a truth value', truthValue, ['"true"', '1', 'null']],
  ['a text', text, ['1', 'null', '[]']],
  ['a list', array(text), ['{}', '"a"', '[1]']],
] as [string, WireType<unknown>, string[]][])('%s is never read from something else', (_, type, wrong) => {
  for (const json of wrong) expect(() => read(type, json)).toThrow(expect.objectContaining({ code: 'contract.wrong-shape' }))
})

test('a number where a string is documented, and the reverse, is tolerated: both exchanges have swapped them', () => {
  expect(read(decimalText, '1.50')).toEqual(decimal('1.50'))
  expect(read(decimalNumber, '"1.50"')).toEqual(decimal('1.50'))
  expect(read(epochMsNumber, '"1670227200000"')).toBe(1_670_227_200_000)
  expect(read(epochMsText, '1670227200000')).toBe(1_670_227_200_000)
  expect(read(idNumber, '"19"')).toBe(19n)
})

test('whatever a contract can print it reads back as the same values', () => {
  const amount = fc.record({ mantissa: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), scale: fc.nat({ max: 8 }) })
  const anyDecimal = amount.map(({ mantissa, scale }) => decimalOf(mantissa, scale))
  const row = fc.record({
    asset: fc.string({ minLength: 1 }),
    totalWalletBalance: anyDecimal,
    crossMarginAsset: fc.option(anyDecimal, { nil: undefined }),
    crossMarginBorrowed: anyDecimal,
    crossMarginFree: anyDecimal,
    crossMarginInterest: anyDecimal,
    crossMarginLocked: anyDecimal,
    umWalletBalance: anyDecimal,
    umUnrealizedPNL: fc.option(anyDecimal),
    cmWalletBalance: anyDecimal,
    cmUnrealizedPNL: fc.option(anyDecimal),
    updateTime: fc.nat({ max: 2 ** 31 }),
    negativeBalance: anyDecimal,
  })
  fc.assert(
    fc.property(row, (value) => {
      const json: Json = parseJson(printed(balanceRow, value))
      // toEqual ignores what is undefined: an optional field that is absent.
      expect(balanceRow.parse(json, '')).toEqual(value)
    }),
  )
})
