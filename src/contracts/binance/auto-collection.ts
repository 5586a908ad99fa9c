import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { text } from '../wire-types.ts'
import { signed } from './common.ts'

/** `POST /papi/v1/auto-collection` (facts A4.6, A6). */
export const autoCollection = endpoint({
  exchange: 'binance',
  name: 'auto-collection',
  title: 'Fund Auto-collection',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Fund-Auto-collection',
  method: 'POST',
  path: '/papi/v1/auto-collection',
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'weight', pool: 'ip', weight: 750 },
  parameters: { ...signed },
  reply: object({ msg: text }),
  notes: ['Moves every positive UM and CM balance to cross margin, but not the BNB of UM.', 'At most 500 calls within an hour.'],
  examples: ['{"msg":"success"}'],
})
