import { endpoint } from '../contract.ts'
import { mandatory, truth } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { text } from '../wire-types.ts'
import { signed } from './common.ts'
import { repayFuturesReleasedAt } from './releases.ts'

/** `POST /papi/v1/repay-futures-switch` (facts A4.4, A6). */
export const changeRepayFuturesSwitch = endpoint({
  exchange: 'binance',
  name: 'change-repay-futures-switch',
  title: 'Change Auto-repay-futures Status',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Change-Auto-repay-futures-Status',
  method: 'POST',
  path: '/papi/v1/repay-futures-switch',
  since: repayFuturesReleasedAt,
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'weight', pool: 'ip', weight: 750 },
  parameters: { autoRepay: mandatory(truth('STRING'), 'Default: true; false turns Auto Repay off.'), ...signed },
  reply: object({ msg: text }),
  notes: ['At most 20 calls a day since 2024-11-01.', 'autoRepay is mandatory, although the document gives a default.'],
  examples: ['{"msg":"success"}'],
})
