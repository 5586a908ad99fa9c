import { endpoint } from '../contract.ts'
import { oneOf, withDefault } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { idNumber } from '../wire-types.ts'
import { signed } from './common.ts'

/** `POST /sapi/v1/portfolio/repay` (facts A6). */
export const proRepayBankruptcyLoan = endpoint({
  exchange: 'binance',
  name: 'pro-repay-bankruptcy-loan',
  title: 'Portfolio Margin Pro Bankruptcy Loan Repay',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/account/Classic-Portfolio-Margin-Bankruptcy-Loan-Repay',
  method: 'POST',
  path: '/sapi/v1/portfolio/repay',
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'weight', pool: 'uid', weight: 3000 },
  parameters: { from: withDefault(oneOf(['SPOT', 'MARGIN'], 'STRING'), 'SPOT', 'SPOT or MARGIN, default SPOT'), ...signed },
  reply: object({ tranId: idNumber }),
  notes: [
    'Repays all of it, from the spot wallet unless said otherwise.',
    '-21004 where nothing is owed, -21005 where the wallet does not cover it.',
  ],
  examples: ['{"tranId":58203331886213504}'],
})
