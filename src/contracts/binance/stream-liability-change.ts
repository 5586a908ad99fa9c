import { event } from '../event.ts'
import { object } from '../wire-object.ts'
import { constant, decimalText, epochMsNumber, idNumber, text } from '../wire-types.ts'

/** A margin loan that was taken (facts A7). */
export const liabilityChange = event({
  exchange: 'binance',
  name: 'liabilityChange',
  title: 'Liability Update',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/user-data-streams/Event-Liability-Update',
  payload: object({
    e: constant('liabilityChange'),
    E: epochMsNumber,
    a: text,
    t: text,
    T: idNumber,
    p: decimalText,
    i: decimalText,
    l: decimalText,
  }),
  notes: [
    '`t` is BORROW, the only type that is documented; `T` is the id of the transaction, beyond 2^53.',
    '`p` principal, `i` interest, `l` total liability. In the example `p` and `i` do not add up to `l`: they are taken for those of the transaction.',
    'The quotes of BORROW and the comma after it are broken in the document.',
  ],
  examples: [
    '{"e":"liabilityChange","E":1573200697110,"a":"BTC","t":"BORROW","T":1352286576452864727,"p":"1.03453430","i":"0","l":"1.03476851"}',
  ],
})
