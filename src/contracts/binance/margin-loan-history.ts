import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { array, decimalText, epochMsNumber, idNumber, integerNumber, text } from '../wire-types.ts'
import { loanRecordParameters, recordNotes, recordWindow } from './margin-records.ts'

/** One margin loan. */
export const marginLoanRow = object({
  txId: idNumber,
  asset: text,
  principal: decimalText,
  timestamp: epochMsNumber,
  status: text,
})

/** `GET /papi/v1/margin/marginLoan` (facts A6). */
export const marginLoanHistory = endpoint({
  exchange: 'binance',
  name: 'margin-loan-history',
  title: 'Query Margin Loan Record',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Query-Margin-Loan-Record',
  method: 'GET',
  path: '/papi/v1/margin/marginLoan',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 10 },
  parameters: loanRecordParameters('the tranId in POST /papi/v1/marginLoan'),
  window: recordWindow,
  order: 'newest-first',
  reply: object({ rows: array(marginLoanRow), total: integerNumber }),
  notes: [
    'txId or startTime must be sent, and txId takes precedence; yet without both the document promises the last 7 days.',
    'status is PENDING, CONFIRMED or FAILED.',
    ...recordNotes,
  ],
  examples: [
    '{"rows":[{"txId":12807067523,"asset":"BNB","principal":"0.84624403","timestamp":1555056425000,"status":"CONFIRMED"}],"total":1}',
  ],
})
