import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { array, decimalText, epochMsNumber, idNumber, integerNumber, text } from '../wire-types.ts'
import { loanRecordParameters, recordNotes, recordWindow } from './margin-records.ts'

/** One repayment of a margin loan; `amount` is what was paid in all. */
export const marginRepayRow = object({
  amount: decimalText,
  asset: text,
  interest: decimalText,
  principal: decimalText,
  status: text,
  timestamp: epochMsNumber,
  txId: idNumber,
})

/** `GET /papi/v1/margin/repayLoan` (facts A6). */
export const marginRepayHistory = endpoint({
  exchange: 'binance',
  name: 'margin-repay-history',
  title: 'Query Margin repay Record',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Query-Margin-repay-Record',
  method: 'GET',
  path: '/papi/v1/margin/repayLoan',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 10 },
  parameters: loanRecordParameters('the tranId in POST /papi/v1/repayLoan'),
  window: recordWindow,
  order: 'newest-first',
  reply: object({ rows: array(marginRepayRow), total: integerNumber }),
  notes: [
    'txId or startTime must be sent, and txId takes precedence; yet without both the document promises the last 7 days.',
    'status is PENDING, CONFIRMED or FAILED.',
    ...recordNotes,
  ],
  examples: [
    '{"rows":[{"amount":"14.00000000","asset":"BNB","interest":"0.01866667","principal":"13.98133333","status":"CONFIRMED","timestamp":1563438204000,"txId":2970933056}],"total":1}',
  ],
})
