import { expect, test } from 'vitest'
import { interestHistory } from '../../contracts/binance/interest-history.ts'
import { marginInterestHistory } from '../../contracts/binance/margin-interest-history.ts'
import { interestAccrued } from '../../contracts/okx/interest-accrued.ts'
import { isJsonObject, type Json, parseJson, printJson } from '../../json/json.ts'
import { chargeOfAccrued, chargeOfHistory } from '../../sync/charges-of-rows.ts'
import { marginChargeOf } from '../../sync/movements-of-rows.ts'
import { chargeOnTheWire, marginChargeOnTheWire } from './wire-rows.ts'

/** The rows of a reply, each as the text it came in. */
function rowTexts(reply: string, name?: string): readonly string[] {
  const json = parseJson(reply)
  const rows = name === undefined ? json : isJsonObject(json) ? json[name] : undefined
  return (rows as readonly Json[]).map(printJson)
}

test('the example of document 000 comes out byte for byte', () => {
  const [example = ''] = interestHistory.examples
  const rows = interestHistory.reply.parse(parseJson(example), '')
  expect(rows.map((row) => chargeOnTheWire(chargeOfHistory('main', row, 1), 'binance'))).toEqual(rowTexts(example))
})

test('the examples of document 002 come out byte for byte: fields that are empty, and fields that are not there', () => {
  const [example = ''] = interestAccrued.examples
  const { data } = interestAccrued.reply.parse(parseJson(example), '')
  const texts = rowTexts(example, 'data')
  expect(data.map((row) => chargeOnTheWire(chargeOfAccrued('okx', row, 1), 'okx'))).toEqual(texts)
  expect(texts).toHaveLength(2)
})

test('a row of margin interest history comes out byte for byte, its txId of 19 digits too', () => {
  const row =
    '{"txId":2328408217636413776,"interestAccuredTime":1751803200000,"asset":"HOME","rawAsset":"HOME","principal":"1.0",' +
    '"interest":"0.00008975","interestRate":"0.00215396","type":"PERIODIC"}'
  const { rows } = marginInterestHistory.reply.parse(parseJson(`{"total":1,"rows":[${row}]}`), '')
  expect(rows.map((one) => marginChargeOnTheWire(marginChargeOf('main', one, 1)))).toEqual([row])
})

test('fields that the document does not know stand at the end, wherever they came', () => {
  const came =
    '[{"market":"x","asset":"USDT","interest":"24.4440","interestAccuredTime":1670227200000,"interestRate":"0.0001164","principal":"210000"}]'
  const [row] = interestHistory.reply.parse(parseJson(came), '')
  if (row === undefined) throw new Error('no row')
  expect(chargeOnTheWire(chargeOfHistory('main', row, 1), 'binance')).toBe(
    '{"asset":"USDT","interest":"24.4440","interestAccuredTime":1670227200000,"interestRate":"0.0001164","principal":"210000","market":"x"}',
  )
})
