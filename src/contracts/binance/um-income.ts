import { endpoint } from '../contract.ts'
import { array } from '../wire-types.ts'
import { incomeNotes, incomeParameters, incomeRow } from './income.ts'

export const umIncomeTypes = [
  'TRANSFER',
  'WELCOME_BONUS',
  'REALIZED_PNL',
  'FUNDING_FEE',
  'COMMISSION',
  'INSURANCE_CLEAR',
  'REFERRAL_KICKBACK',
  'COMMISSION_REBATE',
  'API_REBATE',
  'CONTEST_REWARD',
  'CROSS_COLLATERAL_TRANSFER',
  'OPTIONS_PREMIUM_FEE',
  'OPTIONS_SETTLE_PROFIT',
  'INTERNAL_TRANSFER',
  'AUTO_EXCHANGE',
  // Spelled so by the document.
  'DELIVERED_SETTELMENT',
  'COIN_SWAP_DEPOSIT',
  'COIN_SWAP_WITHDRAW',
  'POSITION_LIMIT_INCREASE_FEE',
] as const

/** `GET /papi/v1/um/income` (facts A6). */
export const umIncome = endpoint({
  exchange: 'binance',
  name: 'um-income',
  title: 'Get UM Income History',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Get-UM-Income-History',
  method: 'GET',
  path: '/papi/v1/um/income',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 30 },
  parameters: incomeParameters(umIncomeTypes),
  order: 'oldest-first',
  reply: array(incomeRow),
  notes: ['Neither time: the last 7 days.', ...incomeNotes],
  examples: [
    '[{"symbol":"","incomeType":"TRANSFER","income":"-0.37500000","asset":"USDT","info":"TRANSFER","time":1570608000000,"tranId":"9689322392","tradeId":""},' +
      '{"symbol":"BTCUSDT","incomeType":"COMMISSION","income":"-0.01000000","asset":"USDT","info":"COMMISSION","time":1570636800000,"tranId":"9689322392","tradeId":"2059192"}]',
  ],
})
