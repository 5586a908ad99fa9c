import { event } from '../event.ts'
import { object } from '../wire-object.ts'
import { constant, decimalText, epochMsNumber, text } from '../wire-types.ts'

/** The risk of the account became too high (facts A7). */
export const riskLevelChange = event({
  exchange: 'binance',
  name: 'riskLevelChange',
  title: 'riskLevelChange',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/user-data-streams/Event-riskLevelChange',
  payload: object({
    e: constant('riskLevelChange'),
    E: epochMsNumber,
    u: decimalText,
    s: text,
    eq: decimalText,
    ae: decimalText,
    m: decimalText,
  }),
  notes: [
    'Sent when the risk becomes too high: `s` is MARGIN_CALL, REDUCE_ONLY or FORCE_LIQUIDATION. Recovery is not told.',
    '`u` uniMMR; in USD: `eq` equity, `ae` equity without collateral rates, `m` maintenance margin.',
    'The only event that is documented for PRO accounts, at `/pm-classic/ws/<listenKey>`. The document names it RISK_LEVEL_CHANGE, too.',
  ],
  examples: [
    '{"e":"riskLevelChange","E":1587727187525,"u":"1.99999999","s":"MARGIN_CALL","eq":"30.23416728","ae":"30.23416728","m":"15.11708371"}',
  ],
})
