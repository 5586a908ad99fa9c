import { endpoint } from '../contract.ts'
import { mandatory, oneOf, positiveDecimal, word } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { decimalText, text } from '../wire-types.ts'
import { envelope } from './envelope.ts'

/** `POST /api/v5/account/spot-manual-borrow-repay` (facts B5). */
export const spotManualBorrowRepay = endpoint({
  exchange: 'okx',
  name: 'spot-manual-borrow-repay',
  title: 'Manual borrow / repay',
  document: 'https://www.okx.com/docs-v5/en/#trading-account-rest-api-manual-borrow-repay',
  method: 'POST',
  path: '/api/v5/account/spot-manual-borrow-repay',
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'calls', pool: 'user', calls: 1, perMs: 1_000 },
  parameters: {
    ccy: mandatory(word('String')),
    side: mandatory(oneOf(['borrow', 'repay'], 'String')),
    amt: mandatory(positiveDecimal('String')),
  },
  reply: envelope(object({ ccy: text, side: text, amt: decimalText })),
  notes: [
    'Only applicable to spot mode with borrowing enabled.',
    'amt is the actual amount.',
    'Newer copies of the document allow one call in 3 seconds.',
  ],
  examples: ['{"code":"0","data":[{"ccy":"USDT","side":"borrow","amt":"100"}],"msg":""}'],
})
