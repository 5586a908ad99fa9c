import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { truthValue } from '../wire-types.ts'
import { signed } from './common.ts'
import { repayFuturesReleasedAt } from './releases.ts'

/** `GET /papi/v1/repay-futures-switch` (facts A4.4, A6). */
export const repayFuturesSwitch = endpoint({
  exchange: 'binance',
  name: 'repay-futures-switch',
  title: 'Get Auto-repay-futures Status',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Get-Auto-repay-futures-Status',
  method: 'GET',
  path: '/papi/v1/repay-futures-switch',
  since: repayFuturesReleasedAt,
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 30 },
  parameters: { ...signed },
  reply: object({ autoRepay: truthValue }),
  notes: ['true: Auto Repay covers negative futures balances from cross margin before midnight.'],
  examples: ['{"autoRepay":true}'],
})
