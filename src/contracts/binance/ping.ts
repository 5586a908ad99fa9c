import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'

/** `GET /papi/v1/ping` (facts A6). */
export const ping = endpoint({
  exchange: 'binance',
  name: 'ping',
  title: 'Test connectivity',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/market-data',
  method: 'GET',
  path: '/papi/v1/ping',
  security: 'NONE',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 1 },
  parameters: {},
  reply: object({}),
  notes: [],
  examples: ['{}'],
})
