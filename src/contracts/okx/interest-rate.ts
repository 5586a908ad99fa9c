import { endpoint } from '../contract.ts'
import { optional, word } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { decimalText, text } from '../wire-types.ts'
import { envelope } from './envelope.ts'

/** `GET /api/v5/account/interest-rate` (facts B4, B5). */
export const interestRate = endpoint({
  exchange: 'okx',
  name: 'interest-rate',
  title: 'Get interest rate',
  document: 'https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-interest-rate',
  method: 'GET',
  path: '/api/v5/account/interest-rate',
  security: 'READ',
  changesState: false,
  cost: { kind: 'calls', pool: 'user', calls: 5, perMs: 2_000 },
  parameters: { ccy: optional(word('String')) },
  reply: envelope(object({ ccy: text, interestRate: decimalText })),
  notes: [
    "The market rate of the user's level for borrowing, by the hour (facts B5): interest-limits tells the same by the day. Older copies of the document were read as daily.",
  ],
  examples: ['{"code":"0","data":[{"ccy":"BTC","interestRate":"0.0001"},{"ccy":"LTC","interestRate":"0.0003"}],"msg":""}'],
})
