import { endpoint } from '../contract.ts'
import { oneOf, optional, withDefault, word } from '../parameter.ts'
import { object, optionalField } from '../wire-object.ts'
import { array, decimalText, decimalTextOrEmpty, epochMsText, text } from '../wire-types.ts'
import { envelope } from './envelope.ts'

const quota = optionalField(decimalTextOrEmpty)

/** One currency; what only VIP loans had is empty since they were removed (facts B5). */
export const interestLimitsRecord = object({
  availLoan: decimalTextOrEmpty,
  avgRate: decimalTextOrEmpty,
  ccy: text,
  interest: decimalTextOrEmpty,
  loanQuota: decimalTextOrEmpty,
  posLoan: decimalTextOrEmpty,
  rate: decimalTextOrEmpty,
  surplusLmt: decimalTextOrEmpty,
  surplusLmtDetails: object({ allAcctRemainingQuota: quota, curAcctRemainingQuota: quota, platRemainingQuota: optionalField(text) }),
  usedLmt: decimalTextOrEmpty,
  usedLoan: decimalTextOrEmpty,
  interestFreeLiab: quota,
  potentialBorrowingAmt: quota,
})

/** `GET /api/v5/account/interest-limits` (facts B5). */
export const interestLimits = endpoint({
  exchange: 'okx',
  name: 'interest-limits',
  title: 'Get borrow interest and limit',
  document: 'https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-borrow-interest-and-limit',
  method: 'GET',
  path: '/api/v5/account/interest-limits',
  security: 'READ',
  changesState: false,
  cost: { kind: 'calls', pool: 'user', calls: 5, perMs: 2_000 },
  parameters: {
    type: withDefault(oneOf(['2'], 'String'), '2', '2: market loans.'),
    ccy: optional(word('String'), 'Loan currency.'),
  },
  reply: envelope(
    object({
      debt: decimalTextOrEmpty,
      interest: decimalText,
      loanAlloc: decimalTextOrEmpty,
      nextDiscountTime: epochMsText,
      nextInterestTime: epochMsText,
      records: array(interestLimitsRecord),
    }),
  ),
  notes: [
    'debt and interest are in USD, with 32 decimals; rate is the daily rate.',
    'loanQuota is what the user may borrow, usedLmt what this account has borrowed, surplusLmt what is left.',
  ],
  examples: [
    '{"code":"0","data":[{"debt":"0.85893159114900247077000000000000","interest":"0.00000000000000000000000000000000","loanAlloc":"",' +
      '"nextDiscountTime":"1729490400000","nextInterestTime":"1729490400000","records":[{"availLoan":"","avgRate":"","ccy":"BTC","interest":"0",' +
      '"loanQuota":"175.00000000","posLoan":"","rate":"0.0000276","surplusLmt":"175.00000000","surplusLmtDetails":{},"usedLmt":"0.00000000",' +
      '"usedLoan":"","interestFreeLiab":"","potentialBorrowingAmt":""}]}],"msg":""}',
  ],
})
