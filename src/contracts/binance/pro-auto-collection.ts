import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { text } from '../wire-types.ts'
import { signed } from './common.ts'

/** `POST /sapi/v1/portfolio/auto-collection` (facts A4.6, A6). */
export const proAutoCollection = endpoint({
  exchange: 'binance',
  name: 'pro-auto-collection',
  title: 'Fund Auto-collection',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/account/Fund-Auto-collection',
  method: 'POST',
  path: '/sapi/v1/portfolio/auto-collection',
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'weight', pool: 'ip', weight: 1500 },
  parameters: { ...signed },
  reply: object({ msg: text }),
  notes: ['As on papi: every positive UM and CM balance but the BNB of UM; at most 500 calls within an hour.'],
  examples: ['{"msg":"success"}'],
})
