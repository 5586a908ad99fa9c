import { endpoint } from '../contract.ts'
import { optional, word } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { array, arrayOrSingle, decimalText } from '../wire-types.ts'
import { balanceRow } from './balance.ts'
import { signed } from './common.ts'

/** One asset of `GET /sapi/v1/portfolio/balance`: a row of papi and what options add. */
export const proBalanceRow = object({ ...balanceRow.fields, optionWalletBalance: decimalText, optionEquity: decimalText })

/** `GET /sapi/v1/portfolio/balance` (facts A6). */
export const proBalance = endpoint({
  exchange: 'binance',
  name: 'pro-balance',
  title: 'Get Portfolio Margin Pro Account Balance',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/account/Get-Classic-Portfolio-Margin-Balance-Info',
  method: 'GET',
  path: '/sapi/v1/portfolio/balance',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 20 },
  parameters: { asset: optional(word('STRING')), ...signed },
  reply: arrayOrSingle(array(proBalanceRow), proBalanceRow),
  notes: [
    'As the balance of papi, with two fields more; zeros are bare.',
    'optionWalletBalance and optionEquity are for PRO with SPAN only; the example has them.',
    'What an answer with asset looks like is not shown; it is taken to be one object, as on papi.',
  ],
  examples: [
    '[{"asset":"BTC","totalWalletBalance":"100","crossMarginAsset":"100","crossMarginBorrowed":"0","crossMarginFree":"100","crossMarginInterest":"0",' +
      '"crossMarginLocked":"0","umWalletBalance":"0","umUnrealizedPNL":"0","cmWalletBalance":"0","cmUnrealizedPNL":"0","updateTime":0,' +
      '"negativeBalance":"0","optionWalletBalance":"0","optionEquity":"0"}]',
  ],
})
