import { endpoint } from '../contract.ts'
import { optional, word } from '../parameter.ts'
import { object, optionalField } from '../wire-object.ts'
import { array, decimalText, decimalTextOrEmpty, text, truthValue } from '../wire-types.ts'
import { envelope } from './envelope.ts'

/** `GET /api/v5/public/discount-rate-interest-free-quota` (facts B5). */
export const discountRateInterestFreeQuota = endpoint({
  exchange: 'okx',
  name: 'discount-rate-interest-free-quota',
  title: 'Get discount rate and interest-free quota',
  document: 'https://www.okx.com/docs-v5/en/#public-data-rest-api-get-discount-rate-and-interest-free-quota',
  method: 'GET',
  path: '/api/v5/public/discount-rate-interest-free-quota',
  security: 'NONE',
  changesState: false,
  cost: { kind: 'calls', pool: 'ip', calls: 2, perMs: 2_000 },
  parameters: { ccy: optional(word('String')) },
  reply: envelope(
    object({
      amt: decimalText,
      ccy: text,
      colRes: optionalField(text),
      collateralRestrict: optionalField(truthValue),
      details: array(
        object({
          discountRate: decimalText,
          liqPenaltyRate: optionalField(decimalTextOrEmpty),
          maxAmt: decimalTextOrEmpty,
          minAmt: decimalTextOrEmpty,
          tier: optionalField(text),
          disCcyEq: optionalField(decimalTextOrEmpty),
        }),
      ),
      discountLv: optionalField(text),
      minDiscountRate: optionalField(decimalTextOrEmpty),
    }),
  ),
  notes: ['amt is the interest-free quota. A tier reaches from minAmt to maxAmt; an empty maxAmt means without end.'],
  examples: [
    '{"code":"0","data":[{"amt":"0","ccy":"BTC","collateralRestrict":false,"details":[{"discountRate":"0.98","liqPenaltyRate":"0.02",' +
      '"maxAmt":"20","minAmt":"0","tier":"1","disCcyEq":"1000"},{"discountRate":"0.9775","liqPenaltyRate":"0.0225","maxAmt":"25","minAmt":"20",' +
      '"tier":"2","disCcyEq":"2000"}],"discountLv":"1","minDiscountRate":"0"}],"msg":""}',
  ],
})
