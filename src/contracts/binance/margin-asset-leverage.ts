import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { array, integerNumber, text } from '../wire-types.ts'

/** `GET /sapi/v1/portfolio/margin-asset-leverage` (facts A6). */
export const marginAssetLeverage = endpoint({
  exchange: 'binance',
  name: 'margin-asset-leverage',
  title: 'Get Portfolio Margin Asset Leverage',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/market-data/Get-Portfolio-Margin-Asset-Leverage',
  method: 'GET',
  path: '/sapi/v1/portfolio/margin-asset-leverage',
  security: 'MARKET_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 50 },
  parameters: {},
  reply: array(object({ asset: text, leverage: integerNumber })),
  notes: ['Its page says USER_DATA, yet lists no time stamp; the official connector sends the key alone.'],
  examples: ['[{"asset":"USDC","leverage":10},{"asset":"USDT","leverage":10}]'],
})
