import { endpoint } from '../contract.ts'
import { mandatory, signedDecimal, word } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { idNumber } from '../wire-types.ts'
import { signed } from './common.ts'

/** `POST /papi/v1/repayLoan` (facts A5, A6). */
export const repayMarginLoan = endpoint({
  exchange: 'binance',
  name: 'repay-margin-loan',
  title: 'Margin Account Repay',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/trade/Margin-Account-Repay',
  method: 'POST',
  path: '/papi/v1/repayLoan',
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'weight', pool: 'ip', weight: 100 },
  parameters: { asset: mandatory(word('STRING')), amount: mandatory(signedDecimal('DECIMAL')), ...signed },
  reply: object({ tranId: idNumber }),
  notes: ['Repays a margin loan: its interest first, then the principal.'],
  examples: ['{"tranId":100000001}'],
})
