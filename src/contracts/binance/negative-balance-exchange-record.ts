import { dayMs } from '../../time/units.ts'
import { endpoint } from '../contract.ts'
import { epochMs, mandatory } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { array, decimalNumber, epochMsNumber, integerNumber, text } from '../wire-types.ts'
import { signed } from './common.ts'
import { exchangeRecordReleasedAt } from './releases.ts'

/** One asset of an auto-exchange run; both amounts are JSON numbers on the wire, kept exact. */
export const exchangeDetail = object({
  asset: text,
  negativeBalance: decimalNumber,
  negativeMaxThreshold: decimalNumber,
})

/** One auto-exchange run: when it started and ended, and the assets it was for. */
export const exchangeRun = object({
  startTime: epochMsNumber,
  endTime: epochMsNumber,
  details: array(exchangeDetail),
})

/** `GET /papi/v1/portfolio/negative-balance-exchange-record` (document 001; facts A3.3). */
export const negativeBalanceExchangeRecord = endpoint({
  exchange: 'binance',
  name: 'negative-balance-exchange-record',
  title: 'Query User Negative Balance Auto Exchange Record',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Query-User-Negative-Balance-Auto-Exchange-Record',
  method: 'GET',
  path: '/papi/v1/portfolio/negative-balance-exchange-record',
  since: exchangeRecordReleasedAt,
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 100 },
  parameters: {
    startTime: mandatory(epochMs('LONG')),
    endTime: mandatory(epochMs('LONG')),
    ...signed,
  },
  // "3 months" is read as 90 days: calendar or 90 days was not found (facts A3.3).
  window: { maxMs: 90 * dayMs, maxWording: '3 months', whenTooOld: 'reject' },
  order: 'newest-first',
  reply: object({ total: integerNumber, rows: array(exchangeRun) }),
  notes: [
    'Newest first.',
    'At most 3 months between startTime and endTime; both are mandatory.',
    'There is no paging: a reply holds every run of its window.',
  ],
  examples: [
    '{"total":2,"rows":[{"startTime":1736263046841,"endTime":1736263248179,"details":[{"asset":"ETH","negativeBalance":18,"negativeMaxThreshold":5}]},' +
      '{"startTime":1736184913252,"endTime":1736184965474,"details":[{"asset":"BNB","negativeBalance":1.10264488,"negativeMaxThreshold":0}]}]}',
  ],
})
