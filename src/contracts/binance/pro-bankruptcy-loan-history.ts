import { dayMs } from '../../time/units.ts'
import { endpoint } from '../contract.ts'
import { epochMs, integer, optional, withDefault } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { array, decimalText, epochMsNumber, integerNumber, text } from '../wire-types.ts'
import { signed } from './common.ts'

/** `GET /sapi/v1/portfolio/pmLoan-history` (facts A6). */
export const proBankruptcyLoanHistory = endpoint({
  exchange: 'binance',
  name: 'pro-bankruptcy-loan-history',
  title: 'Query Portfolio Margin Pro Bankruptcy Loan Repay History',
  document:
    'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/account/Query-Portfolio-Margin-Pro-Bankruptcy-Loan-Repay-History',
  method: 'GET',
  path: '/sapi/v1/portfolio/pmLoan-history',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 500 },
  parameters: {
    startTime: optional(epochMs('LONG')),
    endTime: optional(epochMs('LONG')),
    current: withDefault(integer(1, Number.MAX_SAFE_INTEGER, 'LONG'), 1, 'Default: 1'),
    size: withDefault(integer(1, 100, 'LONG'), 10, 'Default: 10, Max: 100'),
    ...signed,
  },
  window: { maxMs: 360 * dayMs, maxWording: '360 days', defaultMs: 30 * dayMs, whenTooOld: 'reject' },
  order: 'newest-first',
  reply: object({ total: integerNumber, rows: array(object({ asset: text, amount: decimalText, repayTime: epochMsNumber })) }),
  notes: [
    'At most 360 days between startTime and endTime; neither time: the last 30 days.',
    'Only startTime: the 30 days after it. Only endTime: the 30 days before it.',
    'The page writes the path pmloan-history, the change log pmLoan-history.',
  ],
  examples: [
    '{"total":3,"rows":[{"asset":"USDT","amount":"404.80294503","repayTime":1731336427804},{"asset":"USDT","amount":"4620.41204574","repayTime":1726125090016}]}',
  ],
})
