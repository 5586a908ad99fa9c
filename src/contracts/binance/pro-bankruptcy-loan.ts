import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { decimalText, text } from '../wire-types.ts'
import { signed } from './common.ts'

/** `GET /sapi/v1/portfolio/pmLoan` (facts A6). */
export const proBankruptcyLoan = endpoint({
  exchange: 'binance',
  name: 'pro-bankruptcy-loan',
  title: 'Query Portfolio Margin Pro Bankruptcy Loan Amount',
  document:
    'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/account/Query-Classic-Portfolio-Margin-Bankruptcy-Loan-Amount',
  method: 'GET',
  path: '/sapi/v1/portfolio/pmLoan',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'uid', weight: 500 },
  parameters: { ...signed },
  reply: object({ asset: text, amount: decimalText }),
  notes: ['The amount is 0 while there is no such loan; the asset shown then is a choice.'],
  examples: ['{"asset":"BUSD","amount":"579.45"}'],
})
