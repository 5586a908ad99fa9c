import { endpoint } from '../contract.ts'
import { optional, word } from '../parameter.ts'
import { documentedField, object, optionalField } from '../wire-object.ts'
import { array, arrayOrSingle, decimalText, decimalTextOrEmpty, epochMsNumber, text } from '../wire-types.ts'
import { signed } from './common.ts'

/** One asset of `GET /papi/v1/balance`, in the key order of the wire (facts A3.1). */
export const balanceRow = object({
  asset: text,
  totalWalletBalance: decimalText,
  crossMarginAsset: optionalField(decimalText),
  crossMarginBorrowed: documentedField(decimalText),
  crossMarginFree: decimalText,
  crossMarginInterest: decimalText,
  crossMarginLocked: documentedField(decimalText),
  umWalletBalance: decimalText,
  umUnrealizedPNL: documentedField(decimalTextOrEmpty),
  cmWalletBalance: decimalText,
  cmUnrealizedPNL: documentedField(decimalTextOrEmpty),
  updateTime: epochMsNumber,
  negativeBalance: optionalField(decimalText),
})

const exampleOf = (crossMarginAsset: string) =>
  `{"asset":"USDT","totalWalletBalance":"122607.35137903",${crossMarginAsset}"crossMarginBorrowed":"10.00000000",` +
  '"crossMarginFree":"100.00000000","crossMarginInterest":"0.72469206","crossMarginLocked":"3.00000000",' +
  '"umWalletBalance":"0.00000000","umUnrealizedPNL":"23.72469206","cmWalletBalance":"23.72469206",' +
  '"cmUnrealizedPNL":"","updateTime":1617939110373,"negativeBalance":"0"}'

/** `GET /papi/v1/balance` (document 003; facts A3.1). */
export const balance = endpoint({
  exchange: 'binance',
  name: 'balance',
  title: 'Account Balance',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account',
  method: 'GET',
  path: '/papi/v1/balance',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 20 },
  parameters: { asset: optional(word('STRING')), ...signed },
  reply: arrayOrSingle(array(balanceRow), balanceRow),
  notes: [
    'Without asset: an array of every asset ever touched. With asset: one object, without crossMarginAsset.',
    'totalWalletBalance = crossMarginFree + crossMarginLocked + umWalletBalance + cmWalletBalance.',
    'crossMarginAsset = crossMarginFree + crossMarginLocked.',
  ],
  examples: [`[${exampleOf('"crossMarginAsset":"92.27530794",')}]`, exampleOf('')],
})
