import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { array, integerNumber, text } from '../wire-types.ts'
import { signed } from './common.ts'

/** `GET /papi/v1/rateLimit/order` (facts A1.2, A6). */
export const orderRateLimit = endpoint({
  exchange: 'binance',
  name: 'order-rate-limit',
  title: 'Query User Rate Limit',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Query-User-Rate-Limit',
  method: 'GET',
  path: '/papi/v1/rateLimit/order',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 1 },
  parameters: { ...signed },
  reply: array(object({ rateLimitType: text, interval: text, intervalNum: integerNumber, limit: integerNumber })),
  notes: ['How many orders the account may send a minute: 1200, before 2023-09-07 2400.'],
  examples: ['[{"rateLimitType":"ORDERS","interval":"MINUTE","intervalNum":1,"limit":1200}]'],
})
