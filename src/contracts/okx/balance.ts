import { endpoint } from '../contract.ts'
import { optional, word } from '../parameter.ts'
import { object, optionalField } from '../wire-object.ts'
import { array, decimalTextOrEmpty, epochMsText, text } from '../wire-types.ts'
import { envelope } from './envelope.ts'

const amount = optionalField(decimalTextOrEmpty)

/** One currency of the account; amounts that do not apply to the account mode are empty (facts B5). */
export const okxBalanceDetail = object({
  ccy: text,
  cashBal: amount,
  eq: amount,
  liab: amount,
  crossLiab: amount,
  isoLiab: amount,
  uplLiab: amount,
  interest: amount,
  twap: amount,
  maxLoan: amount,
  borrowFroz: amount,
  disEq: amount,
  availBal: amount,
  availEq: amount,
  uTime: epochMsText,
})

/** `GET /api/v5/account/balance` (facts B5): a sibling the sync needs to know what is owed now. */
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
  reply: envelope(
    object({
      adjEq: amount,
      borrowFroz: amount,
      details: array(okxBalanceDetail),
      notionalUsdForBorrow: amount,
      totalEq: amount,
      uTime: epochMsText,
    }),
  ),
  notes: ['Currencies whose balance and equity are both zero are left out.', 'liab and interest are positive magnitudes.'],
  // Not the document's, which has many fields more: the fields stated here, in its order.
  examples: [
    '{"code":"0","data":[{"adjEq":"55415.624719833286","borrowFroz":"0","details":[{"ccy":"USDT","cashBal":"-4834.317093622894","eq":"-4834.3170936228935",' +
      '"liab":"4834.317093622894","crossLiab":"4834.317093622894","isoLiab":"","uplLiab":"0","interest":"0.0003960833333334","twap":"0","maxLoan":"1453.92289531493594",' +
      '"borrowFroz":"0","disEq":"-4834.3170936228935","availBal":"","availEq":"0","uTime":"1705449605015"}],"notionalUsdForBorrow":"4834.317093622894",' +
      '"totalEq":"55837.43556134779","uTime":"1705474164160"}],"msg":""}',
  ],
})
