import { event } from '../event.ts'
import { object, optionalField } from '../wire-object.ts'
import { constant, decimalText, epochMsNumber, idNumber, integerNumber, text, truthValue } from '../wire-types.ts'

/** An order of futures was made, filled or ended (facts A7). */
export const orderTradeUpdate = event({
  exchange: 'binance',
  name: 'ORDER_TRADE_UPDATE',
  title: 'Futures Order update',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/user-data-streams/Event-Futures-Order-update',
  payload: object({
    e: constant('ORDER_TRADE_UPDATE'),
    fs: text,
    E: epochMsNumber,
    T: epochMsNumber,
    i: text,
    o: object({
      s: text,
      c: text,
      S: text,
      o: text,
      f: text,
      q: decimalText,
      p: decimalText,
      ap: decimalText,
      sp: decimalText,
      x: text,
      X: text,
      i: idNumber,
      l: decimalText,
      z: decimalText,
      L: decimalText,
      N: optionalField(text),
      n: optionalField(decimalText),
      T: epochMsNumber,
      t: idNumber,
      b: decimalText,
      a: decimalText,
      m: truthValue,
      R: truthValue,
      ps: text,
      rp: decimalText,
      st: optionalField(text),
      si: optionalField(idNumber),
      V: text,
      gtd: integerNumber,
    }),
  }),
  notes: [
    '`N` and `n` are left out where there is no commission, `st` and `si` unless a conditional order was triggered.',
    'A client order id that begins with `autoclose-` is a liquidation; `adl_autoclose` is auto-deleveraging.',
    'The venue has no orders: it sends this only when told to.',
  ],
  examples: [
    '{"e":"ORDER_TRADE_UPDATE","fs":"UM","E":1568879465651,"T":1568879465650,"i":"","o":{"s":"BTCUSDT","c":"TEST","S":"SELL","o":"MARKET","f":"GTC","q":"0.001","p":"0","ap":"0","sp":"7103.04","x":"NEW","X":"NEW","i":8886774,"l":"0","z":"0","L":"0","N":"USDT","n":"0","T":1568879465650,"t":0,"b":"0","a":"9.91","m":false,"R":false,"ps":"LONG","rp":"0","st":"C_TAKE_PROFIT","si":12893,"V":"EXPIRE_TAKER","gtd":0}}',
  ],
})
