import { epochMs, integer, optional, withDefault, word } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { decimalText, epochMsText, text } from '../wire-types.ts'

/** One hour of one VIP loan order; `interestRate` is the hourly rate (facts B5). */
export const vipInterestRow = object({
  ordId: text,
  ccy: text,
  interest: decimalText,
  interestRate: decimalText,
  liab: decimalText,
  ts: epochMsText,
})

/** The same for accrued and deducted interest. */
export const vipInterestParameters = {
  ccy: optional(word('String')),
  ordId: optional(word('String'), 'The order of the loan.'),
  after: optional(epochMs('String'), 'Rows earlier than this ts, itself excluded.'),
  before: optional(epochMs('String'), 'Rows newer than this ts, itself excluded.'),
  limit: withDefault(integer(1, 100, 'String'), 100, 'The maximum is 100. The default is 100.'),
}

// Not the document's, which is no longer there: its fields, with the numbers of interest-accrued.
export const vipInterestExample =
  '{"code":"0","data":[{"ordId":"361","ccy":"USDT","interest":"0.0003960833333334","interestRate":"0.0000040833333333","liab":"97",' +
  '"ts":"1637312400000"}],"msg":""}'
