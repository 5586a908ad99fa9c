import { endpoint } from '../contract.ts'
import { mandatory, truth } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { text } from '../wire-types.ts'
import { signed } from './common.ts'
import { deltaModeReleasedAt } from './releases.ts'

/** `POST /sapi/v1/portfolio/delta-mode` (facts A6). */
export const proChangeDeltaMode = endpoint({
  exchange: 'binance',
  name: 'pro-change-delta-mode',
  title: 'Switch Delta Mode',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/account/Switch-Delta-Mode',
  method: 'POST',
  path: '/sapi/v1/portfolio/delta-mode',
  since: deltaModeReleasedAt,
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'weight', pool: 'ip', weight: 1500 },
  parameters: { deltaEnabled: mandatory(truth('STRING'), 'true to enable Delta mode; false to disable Delta mode'), ...signed },
  reply: object({ msg: text }),
  notes: [
    'For existing PRO and Portfolio Margin accounts.',
    'Delta mode concerns options, which a venue does not have: it is remembered, and nothing follows from it.',
  ],
  examples: ['{"msg":"success"}'],
})
