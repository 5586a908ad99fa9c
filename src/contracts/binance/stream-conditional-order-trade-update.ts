import { event } from '../event.ts'
import { object, optionalField } from '../wire-object.ts'
import { constant, decimalText, epochMsNumber, idNumber, integerNumber, text, truthValue } from '../wire-types.ts'

/** A conditional order was made, triggered or ended (facts A7). */
export const conditionalOrderTradeUpdate = event({
  exchange: 'binance',
  name: 'CONDITIONAL_ORDER_TRADE_UPDATE',
  title: 'Conditional Order Trade Update',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/user-data-streams/Event-Conditional-Order-Trade-Update',
  payload: object({
    e: constant('CONDITIONAL_ORDER_TRADE_UPDATE'),
    T: epochMsNumber,
    E: epochMsNumber,
    fs: text,
    so: object({
      s: text,
      c: text,
      si: idNumber,
      S: text,
      st: text,
      f: text,
      q: decimalText,
      p: decimalText,
      sp: decimalText,
      os: text,
      T: epochMsNumber,
      ut: epochMsNumber,
      R: truthValue,
      wt: text,
      ps: text,
      cp: optionalField(truthValue),
      AP: optionalField(decimalText),
      cr: optionalField(decimalText),
      i: idNumber,
      V: text,
      gtd: integerNumber,
    }),
  }),
  notes: ['`AP` and `cr` come with trailing stops only.', 'The venue has no orders: it sends this only when told to.'],
  examples: [
    '{"e":"CONDITIONAL_ORDER_TRADE_UPDATE","T":1669262908216,"E":1669262908218,"fs":"UM","so":{"s":"BTCUSDT","c":"TEST","si":176057039,"S":"SELL","st":"TRAILING_STOP_MARKET","f":"GTC","q":"0.001","p":"0","sp":"7103.04","os":"NEW","T":1568879465650,"ut":1669262908216,"R":false,"wt":"MARK_PRICE","ps":"LONG","cp":false,"AP":"7476.89","cr":"5.0","i":8886774,"V":"EXPIRE_TAKER","gtd":0}}',
  ],
})
