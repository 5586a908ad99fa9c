import { parseInstant } from '../../time/instant.ts'
import { endpoint } from '../contract.ts'
import { lasting, mandatory, oneOf, optional, signedDecimal, word } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { text } from '../wire-types.ts'
import { signed } from './common.ts'

/** From when on one wallet or a part of it may be named: the release in which a client first had it, for the exchange’s own date was not found (facts A4.6). */
const partsFrom = parseInstant('2026-10-16')

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
    amount: lasting(optional(signedDecimal('DECIMAL')), { since: partsFrom }),
    futureType: lasting(optional(oneOf(['UM', 'CM', 'OPTION'], 'STRING')), { since: partsFrom }),
    ...signed,
  },
  reply: object({ msg: text }),
  notes: [
    'Moves the positive UM and CM balance of one asset to cross margin.',
    'BNB transfer is not supported.',
    'amount and futureType: both or neither; with them so much of that wallet.',
  ],
  examples: ['{"msg":"success"}'],
})
