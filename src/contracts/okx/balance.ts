import { endpoint } from '../contract.ts'
import { optional, word } from '../parameter.ts'
import { documentedField, object, optionalField } from '../wire-object.ts'
import { array, decimalTextOrEmpty, epochMsText, text, truthValue } from '../wire-types.ts'
import { envelope } from './envelope.ts'

const amount = optionalField(decimalTextOrEmpty)

/** One currency of the account, in the document's order; amounts that do not apply to the account mode are empty (facts B5). */
export const okxBalanceDetail = object({
  autoLendStatus: optionalField(text),
  autoLendMtAmt: amount,
  availBal: amount,
  availEq: amount,
  borrowFroz: amount,
  cashBal: amount,
  ccy: text,
  crossLiab: amount,
  colRes: amount,
  collateralEnabled: optionalField(truthValue),
  collateralRestrict: optionalField(truthValue),
  colBorrAutoConversion: amount,
  disEq: amount,
  eq: amount,
  eqUsd: amount,
  smtSyncEq: amount,
  spotCopyTradingEq: amount,
  fixedBal: amount,
  frozenBal: amount,
  imr: amount,
  interest: amount,
  isoEq: amount,
  isoLiab: amount,
  isoUpl: amount,
  liab: amount,
  maxLoan: amount,
  mgnRatio: amount,
  mmr: amount,
  notionalLever: amount,
  ordFrozen: amount,
  rewardBal: amount,
  spotInUseAmt: amount,
  clSpotInUseAmt: amount,
  maxSpotInUse: amount,
  spotIsoBal: amount,
  stgyEq: amount,
  twap: amount,
  uTime: epochMsText,
  upl: amount,
  uplLiab: amount,
  spotBal: amount,
  openAvgPx: amount,
  accAvgPx: amount,
  spotUpl: amount,
  spotUplRatio: amount,
  totalPnl: amount,
  totalPnlRatio: amount,
})

/** The account as a whole, in USD. */
const okxBalanceSummary = object({
  adjEq: amount,
  availEq: amount,
  borrowFroz: amount,
  details: array(okxBalanceDetail),
  imr: amount,
  isoEq: amount,
  mgnRatio: amount,
  mmr: amount,
  notionalUsd: amount,
  notionalUsdForBorrow: amount,
  notionalUsdForFutures: amount,
  notionalUsdForOption: amount,
  notionalUsdForSwap: amount,
  ordFroz: amount,
  totalEq: amount,
  uTime: documentedField(epochMsText),
  upl: amount,
})

/** `GET /api/v5/account/balance` (facts B5). */
export const okxBalance = endpoint({
  exchange: 'okx',
  name: 'balance',
  title: 'Get balance',
  document: 'https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-balance',
  method: 'GET',
  path: '/api/v5/account/balance',
  security: 'READ',
  changesState: false,
  cost: { kind: 'calls', pool: 'user', calls: 10, perMs: 2_000 },
  parameters: { ccy: optional(word('String'), 'Up to 20 currencies, separated by commas.') },
  reply: envelope(okxBalanceSummary),
  notes: [
    'Currencies whose balance and equity are both zero are left out.',
    'liab and interest are positive magnitudes.',
    'twap is 0 to 5: the larger, the likelier a forced repayment.',
  ],
  examples: [
    '{"code":"0","data":[{"adjEq":"55415.624719833286","availEq":"55415.624719833286","borrowFroz":"0",' +
      '"details":[{"autoLendStatus":"off","autoLendMtAmt":"0","availBal":"4834.317093622894","availEq":"4834.3170936228935",' +
      '"borrowFroz":"0","cashBal":"4850.435693622894","ccy":"USDT","crossLiab":"0","colRes":"0","collateralEnabled":false,' +
      '"collateralRestrict":false,"colBorrAutoConversion":"0","disEq":"4991.542013297616","eq":"4992.890093622894",' +
      '"eqUsd":"4991.542013297616","smtSyncEq":"0","spotCopyTradingEq":"0","fixedBal":"0","frozenBal":"158.573","imr":"",' +
      '"interest":"0","isoEq":"0","isoLiab":"0","isoUpl":"0","liab":"0","maxLoan":"0","mgnRatio":"","mmr":"","notionalLever":"",' +
      '"ordFrozen":"0","rewardBal":"0","spotInUseAmt":"","clSpotInUseAmt":"","maxSpotInUse":"","spotIsoBal":"0","stgyEq":"150",' +
      '"twap":"0","uTime":"1705449605015","upl":"-7.545600000000006","uplLiab":"0","spotBal":"","openAvgPx":"","accAvgPx":"",' +
      '"spotUpl":"","spotUplRatio":"","totalPnl":"","totalPnlRatio":""}],"imr":"0","isoEq":"0","mgnRatio":"","mmr":"0",' +
      '"notionalUsd":"0","notionalUsdForBorrow":"0","notionalUsdForFutures":"0","notionalUsdForOption":"0","notionalUsdForSwap":"0",' +
      '"ordFroz":"","totalEq":"55837.43556134779","uTime":"1705474164160","upl":"0"}],"msg":""}',
  ],
})
