import { endpoint } from '../contract.ts'
import { mandatory, truth } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { truthValue } from '../wire-types.ts'
import { envelope } from './envelope.ts'

/** `POST /api/v5/account/set-auto-repay` (facts B5). */
export const setAutoRepay = endpoint({
  exchange: 'okx',
  name: 'set-auto-repay',
  title: 'Set auto repay',
  document: 'https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-auto-repay',
  method: 'POST',
  path: '/api/v5/account/set-auto-repay',
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'calls', pool: 'user', calls: 5, perMs: 2_000 },
  parameters: { autoRepay: mandatory(truth('Boolean'), 'Whether what was borrowed in spot mode is repaid automatically.') },
  reply: envelope(object({ autoRepay: truthValue })),
  notes: ['Only applicable to spot mode with borrowing enabled.', 'autoRepay is a JSON boolean in both directions.'],
  examples: ['{"code":"0","data":[{"autoRepay":true}],"msg":""}'],
})
