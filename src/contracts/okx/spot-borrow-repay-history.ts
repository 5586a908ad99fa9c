import { endpoint } from '../contract.ts'
import { epochMs, integer, oneOf, optional, withDefault, word } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { decimalText, epochMsText, text } from '../wire-types.ts'
import { envelope } from './envelope.ts'

/** `GET /api/v5/account/spot-borrow-repay-history` (facts B5). */
export const spotBorrowRepayHistory = endpoint({
  exchange: 'okx',
  name: 'spot-borrow-repay-history',
  title: 'Get borrow/repay history',
  document: 'https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-borrow-repay-history',
  method: 'GET',
  path: '/api/v5/account/spot-borrow-repay-history',
  security: 'READ',
  changesState: false,
  cost: { kind: 'calls', pool: 'user', calls: 5, perMs: 2_000 },
  parameters: {
    ccy: optional(word('String')),
    type: optional(oneOf(['auto_borrow', 'auto_repay', 'manual_borrow', 'manual_repay'], 'String'), 'Event type.'),
    after: optional(epochMs('String'), 'Rows earlier than this ts, itself included.'),
    before: optional(epochMs('String'), 'Rows newer than this ts, itself included.'),
    limit: withDefault(integer(1, 100, 'String'), 100, 'The maximum is 100. The default is 100.'),
  },
  cursor: { field: 'ts', exclusive: false, limitMax: 100 },
  order: 'newest-first',
  reply: envelope(object({ accBorrowed: decimalText, amt: decimalText, ccy: text, ts: epochMsText, type: text })),
  notes: ['accBorrowed is what was borrowed in all after the event.'],
  examples: [
    '{"code":"0","data":[{"accBorrowed":"0","amt":"6764.802661157592","ccy":"USDT","ts":"1725330976644","type":"auto_repay"}],"msg":""}',
  ],
})
