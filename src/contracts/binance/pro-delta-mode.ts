import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { truthValue } from '../wire-types.ts'
import { signed } from './common.ts'
import { deltaModeReleasedAt } from './releases.ts'

/** `GET /sapi/v1/portfolio/delta-mode` (facts A6). */
export const proDeltaMode = endpoint({
  exchange: 'binance',
  name: 'pro-delta-mode',
  title: 'Get Delta Mode Status',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/account/Get-Delta-Mode-Status',
  method: 'GET',
  path: '/sapi/v1/portfolio/delta-mode',
  since: deltaModeReleasedAt,
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 1500 },
  parameters: { ...signed },
  reply: object({ deltaEnabled: truthValue }),
  notes: ['For every Portfolio Margin account.'],
  examples: ['{"deltaEnabled":false}'],
})
