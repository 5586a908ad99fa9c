import { dayMs } from '../../time/units.ts'
import { endpoint } from '../contract.ts'
import { epochMs, integer, oneOf, optional, withDefault, word } from '../parameter.ts'
import { object, optionalField } from '../wire-object.ts'
import { decimalText, decimalTextOrEmpty, epochMsText, text } from '../wire-types.ts'
import { envelope } from './envelope.ts'

/**
 * One hourly charge. `interestRate` is the hourly rate, cut at 16 decimals; `liab` what the interest was
 * computed on; `totalLiab` and `interestFreeLiab` may be empty or absent (facts B3).
 */
export const interestAccruedRow = object({
  ccy: text,
  instId: text,
  interest: decimalText,
  interestRate: decimalText,
  liab: decimalText,
  totalLiab: optionalField(decimalTextOrEmpty),
  interestFreeLiab: optionalField(decimalTextOrEmpty),
  mgnMode: text,
  ts: epochMsText,
  type: text,
})

/** `GET /api/v5/account/interest-accrued` (document 002; facts B3). */
export const interestAccrued = endpoint({
  exchange: 'okx',
  name: 'interest-accrued',
  title: 'Get interest accrued data',
  document: 'https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-interest-accrued-data',
  method: 'GET',
  path: '/api/v5/account/interest-accrued',
  security: 'READ',
  changesState: false,
  cost: { kind: 'calls', pool: 'user', calls: 5, perMs: 2_000 },
  parameters: {
    type: withDefault(oneOf(['1', '2'], 'String'), '2', '2: market loans. The example still shows 1, VIP loans, since removed.'),
    ccy: optional(word('String'), 'Only applicable to market loans and MARGIN.'),
    instId: optional(word('String'), 'Only applicable to market loans.'),
    mgnMode: optional(oneOf(['cross', 'isolated'], 'String'), 'Only applicable to market loans.'),
    after: optional(epochMs('String'), 'Rows earlier than this ts, itself excluded.'),
    before: optional(epochMs('String'), 'Rows newer than this ts, itself excluded.'),
    limit: withDefault(integer(1, 100, 'String'), 100, 'The maximum is 100. The default is 100.'),
  },
  cursor: { field: 'ts', exclusive: true, limitMax: 100, retentionMs: 365 * dayMs },
  order: 'newest-first',
  reply: envelope(interestAccruedRow),
  notes: ['Data of the past year.', 'Newest first; one row an hour for each currency, instrument and margin mode.'],
  examples: [
    '{"code":"0","data":[{"ccy":"USDT","instId":"","interest":"0.0003960833333334","interestRate":"0.0000040833333333","liab":"97",' +
      '"totalLiab":"","interestFreeLiab":"","mgnMode":"","ts":"1637312400000","type":"1"},' +
      '{"ccy":"USDT","instId":"","interest":"0.0004083333333334","interestRate":"0.0000040833333333","liab":"100",' +
      '"mgnMode":"","ts":"1637049600000","type":"1"}],"msg":""}',
  ],
})
