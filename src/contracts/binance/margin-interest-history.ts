import { endpoint } from '../contract.ts'
import { object, optionalField } from '../wire-object.ts'
import { array, decimalText, epochMsNumber, idNumber, integerNumber, text } from '../wire-types.ts'
import { interestRecordParameters, recordNotes, recordWindow } from './margin-records.ts'

/** One charge on a margin loan, or (`PORTFOLIO`) on a negative balance; `interestRate` is the daily rate. `rawAsset` may be absent. */
export const marginInterestRow = object({
  txId: idNumber,
  interestAccuredTime: epochMsNumber,
  asset: text,
  rawAsset: optionalField(text),
  principal: decimalText,
  interest: decimalText,
  interestRate: decimalText,
  type: text,
})

/** `GET /papi/v1/margin/marginInterestHistory` (facts A5, A6). The examples were seen on the live exchange. */
export const marginInterestHistory = endpoint({
  exchange: 'binance',
  name: 'margin-interest-history',
  title: 'Get Margin Borrow/Loan Interest History',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Get-Margin-BorrowLoan-Interest-History',
  method: 'GET',
  path: '/papi/v1/margin/marginInterestHistory',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 10 },
  parameters: interestRecordParameters,
  window: recordWindow,
  order: 'newest-first',
  reply: object({ total: integerNumber, rows: array(marginInterestRow) }),
  notes: [
    'Costs 10 on the live exchange; the document says 1.',
    'The live exchange prints total before rows, the document after them.',
    'type: PERIODIC for every full hour, ON_BORROW for the hour begun when borrowing, PERIODIC_CONVERTED and ON_BORROW_CONVERTED for interest in BNB, PORTFOLIO for the daily interest on negative balances.',
    'A size above 100 is answered with -1102 naming size (seen live).',
    ...recordNotes,
  ],
  examples: [
    '{"total":49,"rows":[{"txId":1656187724899910076,"interestAccuredTime":1707541200000,"asset":"USDT","rawAsset":"USDT",' +
      '"principal":"0.00011146","interest":"0.00000001","interestRate":"0.00089489","type":"PERIODIC"}]}',
    '{"total":1006,"rows":[{"txId":2328408217636413776,"interestAccuredTime":1785798000000,"asset":"HOME","rawAsset":"HOME",' +
      '"principal":"1.0","interest":"0.00008975","interestRate":"0.00215396","type":"PERIODIC"}]}',
  ],
})
