import { endpoint } from '../contract.ts'
import { documentedField, object, optionalField } from '../wire-object.ts'
import { array, decimalText, decimalTextOrEmpty, text } from '../wire-types.ts'
import { envelope } from './envelope.ts'

const level = object({ irDiscount: text, loanQuotaCoef: decimalText, level: text })

/** `GET /api/v5/public/interest-rate-loan-quota` (facts B5). */
export const interestRateLoanQuota = endpoint({
  exchange: 'okx',
  name: 'interest-rate-loan-quota',
  title: 'Get interest rate and loan quota',
  document: 'https://www.okx.com/docs-v5/en/#public-data-rest-api-get-interest-rate-and-loan-quota',
  method: 'GET',
  path: '/api/v5/public/interest-rate-loan-quota',
  security: 'NONE',
  changesState: false,
  cost: { kind: 'calls', pool: 'ip', calls: 2, perMs: 2_000 },
  parameters: {},
  reply: envelope(
    object({
      configCcyList: optionalField(array(object({ ccy: text, rate: documentedField(decimalText) }))),
      basic: array(object({ ccy: text, quota: documentedField(decimalTextOrEmpty), rate: documentedField(decimalText) })),
      vip: documentedField(array(level)),
      config: optionalField(array(object({ ccy: text, stgyType: text, quota: decimalTextOrEmpty, level: text }))),
      regular: documentedField(array(level)),
    }),
  ),
  notes: [
    'rate is the daily rate. The quota of a level is the basic quota times its loanQuotaCoef.',
    'A currency on configCcyList has its quotas by level in config instead.',
  ],
  // The document's, but for the rows that it leaves as dots.
  examples: [
    '{"code":"0","data":[{"configCcyList":[{"ccy":"USDT","rate":"0.00043728"}],"basic":[{"ccy":"USDT","quota":"500000","rate":"0.00043728"},' +
      '{"ccy":"BTC","quota":"10","rate":"0.00019992"}],"vip":[{"irDiscount":"","loanQuotaCoef":"6","level":"VIP1"},' +
      '{"irDiscount":"","loanQuotaCoef":"7","level":"VIP2"}],"config":[],"regular":[{"irDiscount":"","loanQuotaCoef":"1","level":"Lv1"},' +
      '{"irDiscount":"","loanQuotaCoef":"2","level":"Lv1"}]}],"msg":""}',
  ],
})
