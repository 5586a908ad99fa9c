import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { text } from '../wire-types.ts'
import { signed } from './common.ts'
import { repayFuturesReleasedAt } from './releases.ts'

/** `POST /papi/v1/repay-futures-negative-balance` (document 004; facts A3.4). Labelled USER_DATA, yet it moves money. */
export const repayFuturesNegativeBalance = endpoint({
  exchange: 'binance',
  name: 'repay-futures-negative-balance',
  title: 'Repay futures Negative Balance',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Repay-futures-Negative-Balance',
  method: 'POST',
  path: '/papi/v1/repay-futures-negative-balance',
  since: repayFuturesReleasedAt,
  security: 'USER_DATA',
  changesState: true,
  cost: { kind: 'weight', pool: 'ip', weight: 750 },
  parameters: { ...signed },
  reply: object({ msg: text }),
  notes: ['Moves min(shortfall, cross margin free) of the same asset to each negative UM or CM wallet; nothing is converted.'],
  examples: ['{"msg":"success"}'],
})
