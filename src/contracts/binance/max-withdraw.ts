import { endpoint } from '../contract.ts'
import { mandatory, word } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { decimalText } from '../wire-types.ts'
import { signed } from './common.ts'

/** `GET /papi/v1/margin/maxWithdraw` (facts A4.7, A6). */
export const maxWithdraw = endpoint({
  exchange: 'binance',
  name: 'max-withdraw',
  title: 'Query Margin Max Withdraw',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Query-Margin-Max-Withdraw',
  method: 'GET',
  path: '/papi/v1/margin/maxWithdraw',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 5 },
  parameters: { asset: mandatory(word('STRING')), ...signed },
  reply: object({ amount: decimalText }),
  notes: ['How much of the asset may leave cross margin now.'],
  examples: ['{"amount":"60"}'],
})
