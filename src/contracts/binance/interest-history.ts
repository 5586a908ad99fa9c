import { dayMs } from '../../time/units.ts'
import { endpoint } from '../contract.ts'
import { epochMs, integer, optional, withDefault, word } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { array, decimalText, epochMsNumber, text } from '../wire-types.ts'
import { signed } from './common.ts'

/** One charge on a negative balance; `interestRate` is the daily rate, `principal` the charged magnitude. */
export const interestHistoryRow = object({
  asset: text,
  interest: decimalText,
  interestAccuredTime: epochMsNumber,
  interestRate: decimalText,
  principal: decimalText,
})

/** `GET /papi/v1/portfolio/interest-history` (document 000; facts A3.2). */
export const interestHistory = endpoint({
  exchange: 'binance',
  name: 'interest-history',
  title: 'Query Portfolio Margin Negative Balance Interest History',
  document:
    'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Query-Portfolio-Margin-Negative-Balance-Interest-History',
  method: 'GET',
  path: '/papi/v1/portfolio/interest-history',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 50 },
  parameters: {
    asset: optional(word('STRING')),
    startTime: optional(epochMs('LONG')),
    endTime: optional(epochMs('LONG')),
    size: withDefault(integer(1, 100, 'LONG'), 10, 'Default:10 Max:100'),
    ...signed,
  },
  window: { maxMs: 30 * dayMs, maxWording: '30 days', defaultMs: 7 * dayMs, whenTooOld: 'clamp-start' },
  order: 'newest-first',
  reply: array(interestHistoryRow),
  notes: [
    'Newest first.',
    'At most 30 days between startTime and endTime: a MUST for correct data.',
    'Neither time: the last 7 days.',
    'Only startTime: from it to the present; if it is more than 30 days ago, the past 30 days.',
    'Only endTime: the 7 days before it.',
  ],
  examples: ['[{"asset":"USDT","interest":"24.4440","interestAccuredTime":1670227200000,"interestRate":"0.0001164","principal":"210000"}]'],
})
