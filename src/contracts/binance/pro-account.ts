import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { decimalText, text } from '../wire-types.ts'
import { signed } from './common.ts'

/** `GET /sapi/v1/portfolio/account` (facts A6). */
export const proAccount = endpoint({
  exchange: 'binance',
  name: 'pro-account',
  title: 'Get Portfolio Margin Pro Account Info',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/account/Get-Classic-Portfolio-Margin-Account-Info',
  method: 'GET',
  path: '/sapi/v1/portfolio/account',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 5 },
  parameters: { ...signed },
  reply: object({
    uniMMR: decimalText,
    accountEquity: decimalText,
    actualEquity: decimalText,
    accountMaintMargin: decimalText,
    accountInitialMargin: decimalText,
    totalAvailableBalance: decimalText,
    accountStatus: text,
    accountType: text,
  }),
  notes: [
    'All amounts are in USD.',
    'accountType is PM_1 for PRO, PM_2 for Portfolio Margin, PM_3 for PRO with SPAN.',
    'accountInitialMargin and totalAvailableBalance are to be ignored for PRO and SPAN; in the example the second is accountEquity less accountInitialMargin, with a comma for thousands.',
    'The weight is per IP on its own page, per UID on the overview.',
  ],
  examples: [
    '{"uniMMR":"5167.92171923","accountEquity":"122607.35137903","actualEquity":"142607.35137903","accountMaintMargin":"23.72469206",' +
      '"accountInitialMargin":"47.44938412","totalAvailableBalance":"122559.90199491","accountStatus":"NORMAL","accountType":"PM_1"}',
  ],
})
