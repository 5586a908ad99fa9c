import { endpoint } from '../contract.ts'
import { mandatory, oneOf, optional, word, wordList } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { decimalText, text } from '../wire-types.ts'
import { envelope } from './envelope.ts'

/** `GET /api/v5/account/max-loan` (facts B5). */
export const maxLoan = endpoint({
  exchange: 'okx',
  name: 'max-loan',
  title: 'Get the maximum loan of instrument',
  document: 'https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-the-maximum-loan-of-instrument',
  method: 'GET',
  path: '/api/v5/account/max-loan',
  security: 'READ',
  changesState: false,
  cost: { kind: 'calls', pool: 'user', calls: 20, perMs: 2_000 },
  parameters: {
    mgnMode: mandatory(oneOf(['isolated', 'cross'], 'String')),
    instId: optional(wordList('String'), 'Up to 5 instruments, separated by commas. Either instId or ccy.'),
    ccy: optional(word('String'), 'A currency to borrow by hand in spot mode.'),
    mgnCcy: optional(word('String'), 'Margin currency.'),
  },
  reply: envelope(object({ instId: text, mgnMode: text, mgnCcy: text, maxLoan: decimalText, ccy: text, side: text })),
  notes: ['An instrument has two rows: what selling it could borrow of its base, and buying it of its quote currency.'],
  examples: [
    '{"code":"0","data":[{"instId":"BTC-USDT","mgnMode":"isolated","mgnCcy":"","maxLoan":"0.1","ccy":"BTC","side":"sell"},' +
      '{"instId":"BTC-USDT","mgnMode":"isolated","mgnCcy":"","maxLoan":"0.2","ccy":"USDT","side":"buy"}],"msg":""}',
  ],
})
