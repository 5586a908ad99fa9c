import { endpoint } from '../contract.ts'
import { mandatory, optional, signedDecimal, word, wordList } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { array, decimalText, epochMsNumber, text, truthValue } from '../wire-types.ts'
import { signed } from './common.ts'

/** `POST /papi/v1/margin/repay-debt` (facts A6). */
export const repayMarginDebt = endpoint({
  exchange: 'binance',
  name: 'repay-margin-debt',
  title: 'Margin Account Repay Debt',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/trade/Margin-Account-Repay-Debt',
  method: 'POST',
  path: '/papi/v1/margin/repay-debt',
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'weight', pool: 'orders', weight: 3000 },
  parameters: {
    asset: mandatory(word('STRING')),
    amount: optional(signedDecimal('STRING')),
    specifyRepayAssets: optional(wordList('STRING'), 'Asset list to repay debt with, separated by commas.'),
    ...signed,
  },
  reply: object({
    amount: decimalText,
    asset: text,
    specifyRepayAssets: array(text),
    updateTime: epochMsNumber,
    success: truthValue,
  }),
  notes: [
    'Repays a margin debt, by selling other assets where the asset itself does not suffice; the same asset is used first.',
    'Without amount everything that is owed; at most 50,000 USD.',
    'Counts against the orders of the account.',
  ],
  examples: ['{"amount":"0.10000000","asset":"BNB","specifyRepayAssets":["USDT","BTC"],"updateTime":1636371437000,"success":true}'],
})
