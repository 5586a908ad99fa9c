import { endpoint } from '../contract.ts'
import { optional, word } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { array, decimalText, epochMsNumber, text } from '../wire-types.ts'

/** `GET /sapi/v1/portfolio/asset-index-price` (facts A6). */
export const assetIndexPrice = endpoint({
  exchange: 'binance',
  name: 'asset-index-price',
  title: 'Query Portfolio Margin Asset Index Price',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/market-data/Query-Portfolio-Margin-Asset-Index-Price',
  method: 'GET',
  path: '/sapi/v1/portfolio/asset-index-price',
  security: 'NONE',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 1, without: { parameter: 'asset', weight: 50 } },
  parameters: { asset: optional(word('STRING')) },
  reply: array(object({ asset: text, assetIndexPrice: decimalText, time: epochMsNumber })),
  notes: ['In USD. Public, although its page says MARKET_DATA.', 'Always an array, also with asset.'],
  examples: ['[{"asset":"BTC","assetIndexPrice":"28251.9136906","time":1683518338121}]'],
})
