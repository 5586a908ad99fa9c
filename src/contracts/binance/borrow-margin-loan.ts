import { endpoint } from '../contract.ts'
import { mandatory, signedDecimal, word } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { idNumber } from '../wire-types.ts'
import { signed } from './common.ts'

/** `POST /papi/v1/marginLoan` (facts A5, A6). */
export const borrowMarginLoan = endpoint({
  exchange: 'binance',
  name: 'borrow-margin-loan',
  title: 'Margin Account Borrow',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/trade/Margin-Account-Borrow',
  method: 'POST',
  path: '/papi/v1/marginLoan',
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'weight', pool: 'ip', weight: 100 },
  parameters: { asset: mandatory(word('STRING')), amount: mandatory(signedDecimal('DECIMAL')), ...signed },
  reply: object({ tranId: idNumber }),
  notes: ['Apply for a margin loan: one hour of interest is charged at once, then one at every full hour.'],
  examples: ['{"tranId":100000001}'],
})
