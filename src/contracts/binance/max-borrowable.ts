import { endpoint } from '../contract.ts'
import { mandatory, word } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { decimalText } from '../wire-types.ts'
import { signed } from './common.ts'

/** `GET /papi/v1/margin/maxBorrowable` (facts A4.7, A6). The example is the document’s, its numbers as the strings that were seen. */
export const maxBorrowable = endpoint({
  exchange: 'binance',
  name: 'max-borrowable',
  title: 'Margin Max Borrow',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Margin-Max-Borrow',
  method: 'GET',
  path: '/papi/v1/margin/maxBorrowable',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 5 },
  parameters: { asset: mandatory(word('STRING')), ...signed },
  reply: object({ amount: decimalText, borrowLimit: decimalText }),
  notes: [
    'amount: what the account can borrow now. borrowLimit: what its level may borrow.',
    'The document shows numbers, the live exchange sends strings.',
  ],
  examples: ['{"amount":"125","borrowLimit":"60"}'],
})
