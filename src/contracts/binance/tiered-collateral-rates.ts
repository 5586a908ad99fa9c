import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { array, decimalText, text } from '../wire-types.ts'
import { signed } from './common.ts'

/** `GET /sapi/v2/portfolio/collateralRate` (facts A6). */
export const tieredCollateralRates = endpoint({
  exchange: 'binance',
  name: 'tiered-collateral-rates',
  title: 'Portfolio Margin Pro Tiered Collateral Rate',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/market-data/Portfolio-Margin-Pro-Tiered-Collateral-Rate',
  method: 'GET',
  path: '/sapi/v2/portfolio/collateralRate',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 50 },
  parameters: { ...signed },
  reply: array(
    object({
      asset: text,
      collateralInfo: array(object({ tierFloor: decimalText, tierCap: decimalText, collateralRate: decimalText, cum: decimalText })),
    }),
  ),
  notes: ['cum is what the account equity of a tier is to be corrected by.', 'A venue has one rate for each asset, hence one tier.'],
  examples: [
    '[{"asset":"BNB","collateralInfo":[{"tierFloor":"0.0000","tierCap":"1000.0000","collateralRate":"1.0000","cum":"0.0000"},' +
      '{"tierFloor":"1000.0000","tierCap":"2000.0000","collateralRate":"0.9000","cum":"0.0000"}]}]',
  ],
})
