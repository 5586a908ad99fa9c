import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { array, decimalText, text } from '../wire-types.ts'
import { signed } from './common.ts'

/** `GET /sapi/v2/portfolio/account` (facts A6). */
export const proSpanAccount = endpoint({
  exchange: 'binance',
  name: 'pro-span-account',
  title: 'Get Portfolio Margin Pro SPAN Account Info',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/account/Get-Classic-Portfolio-Margin-Account-Info-V2',
  method: 'GET',
  path: '/sapi/v2/portfolio/account',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 5 },
  parameters: { ...signed },
  reply: object({
    uniMMR: decimalText,
    accountEquity: decimalText,
    actualEquity: decimalText,
    accountMaintMargin: decimalText,
    riskUnitMMList: array(object({ asset: text, uniMaintainUsd: decimalText })),
    marginMM: decimalText,
    otherMM: decimalText,
    accountStatus: text,
    accountType: text,
  }),
  notes: [
    'For PRO with SPAN only. All amounts are in USD.',
    'riskUnitMMList is the maintenance margin of the futures by underlying, marginMM that of the loans.',
  ],
  examples: [
    '{"uniMMR":"5167.92171923","accountEquity":"122607.35137903","actualEquity":"142607.35137903","accountMaintMargin":"23.72469206",' +
      '"riskUnitMMList":[{"asset":"BTC","uniMaintainUsd":"23.72469206"}],"marginMM":"0.00000000","otherMM":"0.00000000","accountStatus":"NORMAL","accountType":"PM_3"}',
  ],
})
