import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { array, decimalText, epochMsNumber, text } from '../wire-types.ts'
import { signed } from './common.ts'
import { futuresAsset, futuresAssetExample } from './futures-account.ts'

export const cmPosition = object({
  symbol: text,
  positionAmt: decimalText,
  initialMargin: decimalText,
  maintMargin: decimalText,
  unrealizedProfit: decimalText,
  positionInitialMargin: decimalText,
  openOrderInitialMargin: decimalText,
  leverage: decimalText,
  positionSide: text,
  entryPrice: decimalText,
  maxQty: decimalText,
  updateTime: epochMsNumber,
})

/** `GET /papi/v1/cm/account` (facts A6). */
export const cmAccount = endpoint({
  exchange: 'binance',
  name: 'cm-account',
  title: 'Get CM Account Detail',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Get-CM-Account-Detail',
  method: 'GET',
  path: '/papi/v1/cm/account',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 5 },
  parameters: { ...signed },
  reply: object({ assets: array(futuresAsset), positions: array(cmPosition) }),
  notes: ['Assets and positions of the wallet; initial and maintenance margin in the asset.'],
  examples: [
    `{"assets":[${futuresAssetExample('BTC', '0.00241969')}],"positions":[{"symbol":"BTCUSD_201225","positionAmt":"0","initialMargin":"0","maintMargin":"0","unrealizedProfit":"0.00000000","positionInitialMargin":"0","openOrderInitialMargin":"0","leverage":"125","positionSide":"BOTH","entryPrice":"0.0","maxQty":"50","updateTime":0}]}`,
  ],
})
