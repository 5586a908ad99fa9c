import { dayMs } from '../../time/units.ts'
import { endpoint, type TimeWindow } from '../contract.ts'
import { object } from '../wire-object.ts'
import { array, decimalText, epochMsNumber, text } from '../wire-types.ts'
import { interestHistory } from './interest-history.ts'

/** As on papi. */
const proInterestWindow: TimeWindow = { maxMs: 30 * dayMs, maxWording: '30 days', defaultMs: 7 * dayMs, whenTooOld: 'clamp-start' }

/** `GET /sapi/v1/portfolio/interest-history` (facts A3.2, A6). */
export const proInterestHistory = endpoint({
  exchange: 'binance',
  name: 'pro-interest-history',
  title: 'Query Portfolio Margin Pro Negative Balance Interest History',
  document:
    'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/account/Query-Classic-Portfolio-Margin-Negative-Balance-Interest-History',
  method: 'GET',
  path: '/sapi/v1/portfolio/interest-history',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 50 },
  parameters: interestHistory.parameters,
  window: proInterestWindow,
  order: 'newest-first',
  reply: array(
    object({ asset: text, interest: decimalText, interestAccruedTime: epochMsNumber, interestRate: decimalText, principal: decimalText }),
  ),
  notes: [...interestHistory.notes, 'The same rows as on papi, whose spelling is interestAccuredTime.'],
  examples: ['[{"asset":"USDT","interest":"24.4440","interestAccruedTime":1670227200000,"interestRate":"0.0001164","principal":"210000"}]'],
})
