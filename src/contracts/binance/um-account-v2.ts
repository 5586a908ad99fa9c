import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { array, decimalText, epochMsNumber, text } from '../wire-types.ts'
import { signed } from './common.ts'
import { futuresAsset, futuresAssetExample } from './futures-account.ts'

export const umPositionV2 = object({
  symbol: text,
  initialMargin: decimalText,
  maintMargin: decimalText,
  unrealizedProfit: decimalText,
  positionSide: text,
  positionAmt: decimalText,
  updateTime: epochMsNumber,
  notional: decimalText,
})

/** `GET /papi/v2/um/account` (facts A6): positions are shorter than in v1. */
export const umAccountV2 = endpoint({
  exchange: 'binance',
  name: 'um-account-v2',
  title: 'Get UM Account Detail V2',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Get-UM-Account-Detail-V2',
  method: 'GET',
  path: '/papi/v2/um/account',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 5 },
  parameters: { ...signed },
  reply: object({ assets: array(futuresAsset), positions: array(umPositionV2) }),
  notes: ['Assets and positions of the wallet; initial and maintenance margin in the asset.'],
  examples: [
    `{"assets":[${futuresAssetExample('USDT', '23.72469206')}],"positions":[{"symbol":"BTCUSDT","initialMargin":"0","maintMargin":"0","unrealizedProfit":"0.00000000","positionSide":"BOTH","positionAmt":"0","updateTime":0,"notional":"86.98650000"}]}`,
  ],
})
