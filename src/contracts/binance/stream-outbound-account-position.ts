import { event } from '../event.ts'
import { object } from '../wire-object.ts'
import { array, constant, decimalText, epochMsNumber, idNumber, text } from '../wire-types.ts'

/** Cross margin balances that changed (facts A7). */
export const outboundAccountPosition = event({
  exchange: 'binance',
  name: 'outboundAccountPosition',
  title: 'Margin Account Update',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/user-data-streams/Event-Margin-Account-Update',
  payload: object({
    e: constant('outboundAccountPosition'),
    E: epochMsNumber,
    u: epochMsNumber,
    U: idNumber,
    B: array(object({ a: text, f: decimalText, l: decimalText })),
  }),
  notes: ['Sent whenever a balance of cross margin changed, with the assets that changed: free and locked.'],
  examples: [
    '{"e":"outboundAccountPosition","E":1564034571105,"u":1564034571073,"U":1027053479517,"B":[{"a":"ETH","f":"10000.000000","l":"0.000000"}]}',
  ],
})
