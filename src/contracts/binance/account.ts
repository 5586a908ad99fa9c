import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { decimalText, decimalTextOrEmpty, epochMsNumber, text } from '../wire-types.ts'
import { signed } from './common.ts'

/** What `accountStatus` may say, from the best to the worst. */
export const accountStatuses = [
  'NORMAL',
  'MARGIN_CALL',
  'SUPPLY_MARGIN',
  'REDUCE_ONLY',
  'ACTIVE_LIQUIDATION',
  'FORCE_LIQUIDATION',
  'BANKRUPTED',
] as const

/** `GET /papi/v1/account` (facts A6, A4.7). */
export const account = endpoint({
  exchange: 'binance',
  name: 'account',
  title: 'Account Information',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/Account-Information',
  method: 'GET',
  path: '/papi/v1/account',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 20 },
  parameters: { ...signed },
  reply: object({
    uniMMR: decimalText,
    accountEquity: decimalText,
    actualEquity: decimalText,
    accountInitialMargin: decimalText,
    accountMaintMargin: decimalText,
    accountStatus: text,
    virtualMaxWithdrawAmount: decimalText,
    totalAvailableBalance: decimalTextOrEmpty,
    totalMarginOpenLoss: decimalTextOrEmpty,
    updateTime: epochMsNumber,
  }),
  notes: [
    'All amounts are in USD; actualEquity is without collateral rates.',
    'uniMMR is "99999999" while there is no maintenance margin (seen live).',
    `accountStatus is one of ${accountStatuses.join(', ')}.`,
    'totalAvailableBalance and totalMarginOpenLoss are empty in the document.',
  ],
  examples: [
    '{"uniMMR":"5167.92171923","accountEquity":"122607.35137903","actualEquity":"73.47428058","accountInitialMargin":"23.72469206",' +
      '"accountMaintMargin":"23.72469206","accountStatus":"NORMAL","virtualMaxWithdrawAmount":"1627523.32459208",' +
      '"totalAvailableBalance":"","totalMarginOpenLoss":"","updateTime":1657707212154}',
  ],
})
