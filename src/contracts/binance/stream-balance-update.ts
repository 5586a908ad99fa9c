import { event } from '../event.ts'
import { object } from '../wire-object.ts'
import { constant, decimalText, epochMsNumber, idNumber, text } from '../wire-types.ts'

/** Money that came into cross margin or left it (facts A7). */
export const balanceUpdate = event({
  exchange: 'binance',
  name: 'balanceUpdate',
  title: 'Margin Balance Update',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/user-data-streams/Event-Margin-Balance-Update',
  payload: object({ e: constant('balanceUpdate'), E: epochMsNumber, a: text, d: decimalText, U: idNumber, T: epochMsNumber }),
  notes: [
    'Sent when money came into cross margin or left it; `d` is signed, `T` the time of clearing.',
    'The comma after `U` is missing in the document.',
  ],
  examples: ['{"e":"balanceUpdate","E":1573200697110,"a":"BTC","d":"100.00000000","U":1027053479517,"T":1573200697068}'],
})
