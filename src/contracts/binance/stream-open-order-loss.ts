import { event } from '../event.ts'
import { object } from '../wire-object.ts'
import { array, constant, decimalText, epochMsNumber, text } from '../wire-types.ts'

/** What open orders would lose at once (facts A7). */
export const openOrderLoss = event({
  exchange: 'binance',
  name: 'openOrderLoss',
  title: 'OpenOrderLoss Update',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/user-data-streams/Event-OpenOrderLoss-Update',
  payload: object({ e: constant('openOrderLoss'), E: epochMsNumber, O: array(object({ a: text, o: decimalText })) }),
  notes: ['What open orders would lose at once, of the assets for which it changed; negative.'],
  examples: ['{"e":"openOrderLoss","E":1678710578788,"O":[{"a":"BUSD","o":"-0.1232313"},{"a":"BNB","o":"-12.1232313"}]}'],
})
