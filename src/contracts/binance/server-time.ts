import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { epochMsNumber } from '../wire-types.ts'

/** `GET /api/v3/time`: the clock of the api host. papi has none but the `Date` header. */
export const serverTime = endpoint({
  exchange: 'binance',
  name: 'server-time',
  title: 'Check server time',
  document: 'https://developers.binance.com/docs/binance-spot-api-docs/rest-api/general-endpoints',
  method: 'GET',
  path: '/api/v3/time',
  security: 'NONE',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 1 },
  parameters: {},
  reply: object({ serverTime: epochMsNumber }),
  notes: ['Of the api host, which /sapi shares.'],
  examples: ['{"serverTime":1499827319559}'],
})
