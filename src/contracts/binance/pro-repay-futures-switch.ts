import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { truthValue } from '../wire-types.ts'
import { signed } from './common.ts'

/** `GET /sapi/v1/portfolio/repay-futures-switch` (facts A4.4, A6). */
export const proRepayFuturesSwitch = endpoint({
  exchange: 'binance',
  name: 'pro-repay-futures-switch',
  title: 'Get Auto-repay-futures Status',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/account/Get-Auto-repay-futures-Status',
  method: 'GET',
  path: '/sapi/v1/portfolio/repay-futures-switch',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 30 },
  parameters: { ...signed },
  reply: object({ autoRepay: truthValue }),
  notes: ['The same switch as on papi.'],
  examples: ['{"autoRepay":true}'],
})
