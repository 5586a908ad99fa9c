import { epochMs, identifier, integer, oneOf, optional, withDefault, word } from '../parameter.ts'
import { documentedField, object, optionalField } from '../wire-object.ts'
import { decimalText, decimalTextOrEmpty, epochMsText, idText, text } from '../wire-types.ts'

/**
 * One change of a balance, in the order of the document's example; what does not apply is empty. Bills of 2021 and 2022 lack
 * many of the fields (facts B5). What tells the debt a bill is of is read: `instId`, `mgnMode`, `posBal` and `posBalChg`.
 */
export const billRow = object({
  bal: decimalText,
  balChg: decimalText,
  billId: idText,
  ccy: text,
  clOrdId: documentedField(text),
  earnAmt: optionalField(decimalTextOrEmpty),
  earnApr: optionalField(decimalTextOrEmpty),
  execType: documentedField(text),
  fee: documentedField(decimalTextOrEmpty),
  fillFwdPx: documentedField(decimalTextOrEmpty),
  fillIdxPx: documentedField(decimalTextOrEmpty),
  fillMarkPx: documentedField(decimalTextOrEmpty),
  fillMarkVol: documentedField(decimalTextOrEmpty),
  fillPxUsd: documentedField(decimalTextOrEmpty),
  fillPxVol: documentedField(decimalTextOrEmpty),
  fillTime: documentedField(text),
  from: documentedField(text),
  instId: text,
  instType: documentedField(text),
  interest: documentedField(decimalTextOrEmpty),
  mgnMode: text,
  notes: documentedField(text),
  ordId: documentedField(text),
  pnl: documentedField(decimalTextOrEmpty),
  posBal: decimalTextOrEmpty,
  posBalChg: decimalTextOrEmpty,
  px: documentedField(decimalTextOrEmpty),
  subType: text,
  sz: documentedField(decimalTextOrEmpty),
  tag: documentedField(text),
  to: documentedField(text),
  tradeId: documentedField(text),
  ts: epochMsText,
  type: text,
})

/** The same for `bills` and `bills-archive`. */
export const billParameters = {
  instType: optional(oneOf(['SPOT', 'MARGIN', 'SWAP', 'FUTURES', 'OPTION'], 'String')),
  instId: optional(word('String')),
  ccy: optional(word('String'), 'Bill currency.'),
  mgnMode: optional(oneOf(['isolated', 'cross'], 'String')),
  ctType: optional(oneOf(['linear', 'inverse'], 'String'), 'Only applicable to FUTURES and SWAP.'),
  type: optional(
    integer(1, 999, 'String'),
    '1 transfer, 4 forced repayment, 7 interest deduction, 16 borrow, 22 repay, 29 one-click repay.',
  ),
  subType: optional(
    integer(1, 999, 'String'),
    '9 interest of market loans, 14 of VIP loans, 114 and 115 forced repayment buy and sell, 306 manual borrow, 307 auto borrow, ' +
      '308 manual repay, 309 auto repay.',
  ),
  after: optional(identifier('String'), 'Rows older than this billId, itself excluded.'),
  before: optional(identifier('String'), 'Rows newer than this billId, itself excluded.'),
  begin: optional(epochMs('String'), 'Rows from this ts on.'),
  end: optional(epochMs('String'), 'Rows up to this ts.'),
  limit: withDefault(integer(1, 100, 'String'), 100, 'The maximum is 100. The default is 100.'),
}

export const billExample =
  '{"code":"0","data":[{"bal":"8694.2179403378290202","balChg":"0.0219338232210000","billId":"623950854533513219","ccy":"USDT","clOrdId":"",' +
  '"earnAmt":"","earnApr":"","execType":"T","fee":"-0.000021955779","fillFwdPx":"","fillIdxPx":"27104.1","fillMarkPx":"","fillMarkVol":"",' +
  '"fillPxUsd":"","fillPxVol":"","fillTime":"1695033476166","from":"","instId":"BTC-USDT","instType":"SPOT","interest":"0","mgnMode":"isolated",' +
  '"notes":"","ordId":"623950854525124608","pnl":"0","posBal":"0","posBalChg":"0","px":"27105.9","subType":"1","sz":"0.021955779","tag":"",' +
  '"to":"","tradeId":"586760148","ts":"1695033476167","type":"2"}],"msg":""}'
