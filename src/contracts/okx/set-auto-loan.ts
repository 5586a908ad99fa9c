import { endpoint } from '../contract.ts'
import { truth, withDefault } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { truthValue } from '../wire-types.ts'
import { envelope } from './envelope.ts'

/** `POST /api/v5/account/set-auto-loan` (facts B5). */
export const setAutoLoan = endpoint({
  exchange: 'okx',
  name: 'set-auto-loan',
  title: 'Set auto loan',
  document: 'https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-auto-loan',
  method: 'POST',
  path: '/api/v5/account/set-auto-loan',
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'calls', pool: 'user', calls: 5, perMs: 2_000 },
  parameters: { autoLoan: withDefault(truth('Boolean'), true, 'Whether the account borrows automatically.') },
  reply: envelope(object({ autoLoan: truthValue })),
  notes: ['Only applicable to multi-currency margin and portfolio margin.', 'autoLoan is a JSON boolean in both directions.'],
  examples: ['{"code":"0","data":[{"autoLoan":true}],"msg":""}'],
})
