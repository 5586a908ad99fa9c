import { endpoint } from '../contract.ts'
import { mandatory, word } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { text } from '../wire-types.ts'
import { signed } from './common.ts'

/** `POST /sapi/v1/portfolio/asset-collection` (facts A4.6, A6). */
export const proAssetCollection = endpoint({
  exchange: 'binance',
  name: 'pro-asset-collection',
  title: 'Fund Collection by Asset',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/account/Fund-Collection-by-Asset',
  method: 'POST',
  path: '/sapi/v1/portfolio/asset-collection',
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'weight', pool: 'ip', weight: 60 },
  parameters: { asset: mandatory(word('STRING')), ...signed },
  reply: object({ msg: text }),
  notes: ['Moves the positive UM and CM balance of one asset to cross margin; BNB transfer is not supported.'],
  examples: ['{"msg":"success"}'],
})
