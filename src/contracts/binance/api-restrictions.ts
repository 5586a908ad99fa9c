import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { epochMsNumber, truthValue } from '../wire-types.ts'
import { signed } from './common.ts'

/** `GET /sapi/v1/account/apiRestrictions`: what the key that asks may do. */
export const apiRestrictions = endpoint({
  exchange: 'binance',
  name: 'api-restrictions',
  title: 'Get API Key Permission',
  document: 'https://developers.binance.com/docs/wallet/account/api-key-permission',
  method: 'GET',
  path: '/sapi/v1/account/apiRestrictions',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 1 },
  parameters: { ...signed },
  reply: object({
    ipRestrict: truthValue,
    createTime: epochMsNumber,
    enableReading: truthValue,
    enableWithdrawals: truthValue,
    enableInternalTransfer: truthValue,
    enableMargin: truthValue,
    enableFutures: truthValue,
    permitsUniversalTransfer: truthValue,
    enableVanillaOptions: truthValue,
    enableFixApiTrade: truthValue,
    enableFixReadOnly: truthValue,
    enableSpotAndMarginTrading: truthValue,
    enablePortfolioMarginTrading: truthValue,
  }),
  notes: ['Of the key that asks. A key made before Portfolio Margin was activated cannot have enablePortfolioMarginTrading.'],
  examples: [
    '{"ipRestrict":false,"createTime":1698645219000,"enableReading":true,"enableWithdrawals":false,"enableInternalTransfer":false,"enableMargin":false,"enableFutures":false,"permitsUniversalTransfer":false,' +
      '"enableVanillaOptions":false,"enableFixApiTrade":false,"enableFixReadOnly":true,"enableSpotAndMarginTrading":false,"enablePortfolioMarginTrading":true}',
  ],
})
