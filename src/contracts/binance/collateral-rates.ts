import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { array, decimalText, text } from '../wire-types.ts'

/** `GET /sapi/v1/portfolio/collateralRate` (facts A6). */
export const collateralRates = endpoint({
  exchange: 'binance',
  name: 'collateral-rates',
  title: 'Portfolio Margin Collateral Rate',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/market-data/Classic-Portfolio-Margin-Collateral-Rate',
  method: 'GET',
  path: '/sapi/v1/portfolio/collateralRate',
  security: 'NONE',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 50 },
  parameters: {},
  reply: array(object({ asset: text, collateralRate: decimalText })),
  notes: ['Public, although its page says MARKET_DATA.'],
  examples: ['[{"asset":"USDC","collateralRate":"1.0000"},{"asset":"BUSD","collateralRate":"1.0000"}]'],
})
