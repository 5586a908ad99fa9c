import { endpoint } from '../contract.ts'
import { mandatory, oneOf, wordList } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { array, decimalText, text } from '../wire-types.ts'
import { signed } from './common.ts'

/** `GET /sapi/v1/margin/next-hourly-interest-rate` (facts A5). */
export const nextHourlyInterestRate = endpoint({
  exchange: 'binance',
  name: 'next-hourly-interest-rate',
  title: 'Get future hourly interest rate',
  document: 'https://developers.binance.com/docs/margin_trading/borrow-and-repay/Get-a-future-hourly-interest-rate',
  method: 'GET',
  path: '/sapi/v1/margin/next-hourly-interest-rate',
  security: 'USER_DATA',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 100 },
  parameters: {
    assets: mandatory(wordList('STRING'), 'List of assets, separated by commas, up to 20'),
    isIsolated: mandatory(oneOf(['TRUE', 'FALSE', 'true', 'false'], 'STRING'), 'for isolated margin or not, TRUE, FALSE'),
    ...signed,
  },
  reply: array(object({ asset: text, nextHourlyInterestRate: decimalText })),
  notes: [
    'The rate of the hour to come: the daily rate of the level in force, divided by 24.',
    'At most eight decimals, without trailing zeros (seen live); how they are rounded was not found.',
    'Seen live: isIsolated in small letters is taken too, an asset without a rate has no row, and more than 20 assets are answered with HTTP 500 and code 2.',
  ],
  examples: ['[{"asset":"BTC","nextHourlyInterestRate":"0.00000571"},{"asset":"ETH","nextHourlyInterestRate":"0.00000578"}]'],
})
