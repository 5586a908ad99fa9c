import { dayMs } from '../../time/units.ts'
import { endpoint } from '../contract.ts'
import { epochMs, integer, mandatory, optional, word } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { array, decimalText, epochMsNumber, integerNumber, text } from '../wire-types.ts'
import { signed } from './common.ts'

/** `GET /sapi/v1/margin/interestRateHistory` (facts A5). */
export const marginInterestRateHistory = endpoint({
  exchange: 'binance',
  name: 'margin-interest-rate-history',
  title: 'Query Margin Interest Rate History',
  document: 'https://developers.binance.com/docs/margin_trading/borrow-and-repay/Query-Margin-Interest-Rate-History',
  method: 'GET',
  path: '/sapi/v1/margin/interestRateHistory',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'uid', weight: 60 },
  parameters: {
    asset: mandatory(word('STRING')),
    vipLevel: optional(integer(0, 99, 'INT'), "Default: the user's level"),
    startTime: optional(epochMs('LONG'), 'Default: 7 days ago'),
    endTime: optional(epochMs('LONG'), 'Default: present. Maximum range: 1 month.'),
    ...signed,
  },
  // How long a month is was not found.
  window: { maxMs: 30 * dayMs, maxWording: '1 month', defaultMs: 7 * dayMs, whenTooOld: 'reject' },
  order: 'newest-first',
  reply: array(object({ asset: text, timestamp: epochMsNumber, dailyInterestRate: decimalText, vipLevel: integerNumber })),
  notes: [
    'Newest first; a row where the rate changed and one at every midnight, and without times from the midnight on that begins the day seven days ago (seen live).',
    'The live exchange prints timestamp before dailyInterestRate, the document after it.',
    'Rates without trailing zeros (seen live); the example has eight decimals.',
    'Weight 60 per UID (seen live); one copy of its page says 1 per IP.',
    'An asset it has no rates for is -11027.',
  ],
  examples: [
    '[{"asset":"BTC","timestamp":1611544731000,"dailyInterestRate":"0.00025000","vipLevel":1},{"asset":"BTC","timestamp":1610248118000,"dailyInterestRate":"0.00035000","vipLevel":1}]',
  ],
})
