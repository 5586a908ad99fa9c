import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { array, decimalText, epochMsNumber, text } from '../wire-types.ts'
import { signed } from './common.ts'
import { futuresAsset, futuresAssetExample } from './futures-account.ts'

export const umPosition = object({
  symbol: text,
  initialMargin: decimalText,
  maintMargin: decimalText,
  unrealizedProfit: decimalText,
  positionInitialMargin: decimalText,
  openOrderInitialMargin: decimalText,
  leverage: decimalText,
  entryPrice: decimalText,
  maxNotional: decimalText,
  bidNotional: decimalText,
  askNotional: decimalText,
  positionSide: text,
  positionAmt: decimalText,
  updateTime: epochMsNumber,
})

/** `GET /papi/v1/um/account` (facts A6). */
export const umAccount = endpoint({
  exchange: 'binance',
  name: 'um-account',
  title: 'Get UM Account Detail',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Get-UM-Account-Detail',
  method: 'GET',
  path: '/papi/v1/um/account',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 5 },
  parameters: { ...signed },
  reply: object({ assets: array(futuresAsset), positions: array(umPosition) }),
  notes: ['Assets and positions of the wallet; initial and maintenance margin in the asset.'],
  examples: [
    `{"assets":[${futuresAssetExample('USDT', '23.72469206')}],"positions":[{"symbol":"BTCUSDT","initialMargin":"0","maintMargin":"0","unrealizedProfit":"0.00000000","positionInitialMargin":"0","openOrderInitialMargin":"0","leverage":"100","entryPrice":"0.00000","maxNotional":"250000","bidNotional":"0","askNotional":"0","positionSide":"BOTH","positionAmt":"0","updateTime":0}]}`,
  ],
})
