import { endpoint } from '../contract.ts'
import { mandatory, oneOf, optional, signedDecimal, word } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { text } from '../wire-types.ts'
import { signed } from './common.ts'

/** `POST /papi/v1/asset-collection` (facts A4.6, A6). */
export const assetCollection = endpoint({
  exchange: 'binance',
  name: 'asset-collection',
  title: 'Fund Collection by Asset',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Fund-Collection-by-Asset',
  method: 'POST',
  path: '/papi/v1/asset-collection',
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'weight', pool: 'ip', weight: 30 },
  parameters: {
    asset: mandatory(word('STRING')),
    amount: optional(signedDecimal('DECIMAL')),
    futureType: optional(oneOf(['UM', 'CM', 'OPTION'], 'STRING')),
    ...signed,
  },
  reply: object({ msg: text }),
  notes: [
    'Moves the positive UM and CM balance of one asset to cross margin.',
    'BNB transfer is not supported.',
    'amount and futureType came about 2026-10-16: both or neither; with them so much of that wallet.',
  ],
  examples: ['{"msg":"success"}'],
})
