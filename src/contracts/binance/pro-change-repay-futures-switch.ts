import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { text } from '../wire-types.ts'
import { changeRepayFuturesSwitch } from './change-repay-futures-switch.ts'

/** `POST /sapi/v1/portfolio/repay-futures-switch` (facts A4.4, A6). */
export const proChangeRepayFuturesSwitch = endpoint({
  exchange: 'binance',
  name: 'pro-change-repay-futures-switch',
  title: 'Change Auto-repay-futures Status',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/account/Change-Auto-repay-futures-Status',
  method: 'POST',
  path: '/sapi/v1/portfolio/repay-futures-switch',
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'weight', pool: 'ip', weight: 1500 },
  parameters: changeRepayFuturesSwitch.parameters,
  reply: object({ msg: text }),
  notes: ['The same switch as on papi: 20 calls a day for both together.'],
  examples: ['{"msg":"success"}'],
})
