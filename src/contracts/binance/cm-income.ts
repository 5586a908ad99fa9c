import { dayMs } from '../../time/units.ts'
import { endpoint } from '../contract.ts'
import { array } from '../wire-types.ts'
import { incomeNotes, incomeParameters, incomeRow } from './income.ts'

export const cmIncomeTypes = [
  'TRANSFER',
  'WELCOME_BONUS',
  'FUNDING_FEE',
  'REALIZED_PNL',
  'COMMISSION',
  'INSURANCE_CLEAR',
  // Spelled so by the document.
  'DELIVERED_SETTELMENT',
] as const

/** `GET /papi/v1/cm/income` (facts A6). */
export const cmIncome = endpoint({
  exchange: 'binance',
  name: 'cm-income',
  title: 'Get CM Income History',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Get-CM-Income-History',
  method: 'GET',
  path: '/papi/v1/cm/income',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 30 },
  parameters: incomeParameters(cmIncomeTypes),
  window: { maxMs: 200 * dayMs, maxWording: '200 days', defaultMs: 200 * dayMs, whenTooOld: 'clamp-start' },
  order: 'oldest-first',
  reply: array(incomeRow),
  notes: ['At most 200 days between startTime and endTime; neither time: the last 200 days.', ...incomeNotes],
  examples: [
    '[{"symbol":"","incomeType":"TRANSFER","income":"-0.37500000","asset":"BTC","info":"TRANSFER","time":1570608000000,"tranId":"9689322392","tradeId":""},' +
      '{"symbol":"BTCUSD_200925","incomeType":"COMMISSION","income":"-0.01000000","asset":"BTC","info":"","time":1570636800000,"tranId":"9689322392","tradeId":"2059192"}]',
  ],
})
