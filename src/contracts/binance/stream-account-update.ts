import { event } from '../event.ts'
import { object } from '../wire-object.ts'
import { array, constant, decimalText, epochMsNumber, text } from '../wire-types.ts'

const position = object({ s: text, pa: decimalText, ep: decimalText, cr: decimalText, up: decimalText, ps: text, bep: decimalText })

/** A futures wallet or its positions changed (facts A7). */
export const accountUpdate = event({
  exchange: 'binance',
  name: 'ACCOUNT_UPDATE',
  title: 'Futures Balance and Position Update',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/user-data-streams/Event-Futures-Balance-and-Position-Update',
  payload: object({
    e: constant('ACCOUNT_UPDATE'),
    fs: text,
    E: epochMsNumber,
    T: epochMsNumber,
    i: text,
    a: object({
      m: text,
      B: array(object({ a: text, wb: decimalText, cw: decimalText, bc: decimalText })),
      P: array(position),
    }),
  }),
  notes: [
    '`fs` is UM or CM, `i` the alias of the account, empty for UM, `m` the reason: DEPOSIT, WITHDRAW, ORDER, FUNDING_FEE, WITHDRAW_REJECT, ADJUSTMENT, INSURANCE_CLEAR, ADMIN_DEPOSIT, ADMIN_WITHDRAW, MARGIN_TRANSFER, MARGIN_TYPE_CHANGE, ASSET_TRANSFER, OPTIONS_PREMIUM_FEE, OPTIONS_SETTLE_PROFIT, AUTO_EXCHANGE, COIN_SWAP_DEPOSIT or COIN_SWAP_WITHDRAW.',
    '`wb` wallet balance, `cw` of it cross, `bc` the change but for profit, loss and commission.',
    'A funding fee of a cross position comes without positions.',
  ],
  examples: [
    '{"e":"ACCOUNT_UPDATE","fs":"UM","E":1564745798939,"T":1564745798938,"i":"","a":{"m":"ORDER","B":[{"a":"USDT","wb":"122624.12345678","cw":"100.12345678","bc":"50.12345678"},{"a":"BUSD","wb":"1.00000000","cw":"0.00000000","bc":"-49.12345678"}],"P":[{"s":"BTCUSDT","pa":"0","ep":"0.00000","cr":"200","up":"0","ps":"BOTH","bep":"0.00000"},{"s":"BTCUSDT","pa":"20","ep":"6563.66500","cr":"0","up":"2850.21200","ps":"LONG","bep":"0.00000"}]}}',
  ],
})
