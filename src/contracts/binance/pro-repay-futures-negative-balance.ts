import { endpoint } from '../contract.ts'
import { oneOf, withDefault } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { text } from '../wire-types.ts'
import { signed } from './common.ts'

/** `POST /sapi/v1/portfolio/repay-futures-negative-balance` (facts A3.4, A6). */
export const proRepayFuturesNegativeBalance = endpoint({
  exchange: 'binance',
  name: 'pro-repay-futures-negative-balance',
  title: 'Repay futures Negative Balance',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/account/Repay-futures-Negative-Balance',
  method: 'POST',
  path: '/sapi/v1/portfolio/repay-futures-negative-balance',
  security: 'USER_DATA',
  changesState: true,
  cost: { kind: 'weight', pool: 'ip', weight: 1500 },
  parameters: { from: withDefault(oneOf(['SPOT', 'MARGIN'], 'STRING'), 'SPOT', 'SPOT or MARGIN, default SPOT'), ...signed },
  reply: object({ msg: text }),
  notes: [
    'Moves min(shortfall, what the wallet has) of the same asset to each negative UM or CM wallet; nothing is converted.',
    'From the spot wallet unless said otherwise; papi always takes cross margin.',
  ],
  examples: ['{"msg":"success"}'],
})
