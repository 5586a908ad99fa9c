import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { epochMsText } from '../wire-types.ts'
import { envelope } from './envelope.ts'

/** `GET /api/v5/public/time` (facts B1). */
export const publicTime = endpoint({
  exchange: 'okx',
  name: 'public-time',
  title: 'Get system time',
  document: 'https://www.okx.com/docs-v5/en/#public-data-rest-api-get-system-time',
  method: 'GET',
  path: '/api/v5/public/time',
  security: 'NONE',
  changesState: false,
  cost: { kind: 'calls', pool: 'ip', calls: 10, perMs: 2_000 },
  parameters: {},
  reply: envelope(object({ ts: epochMsText })),
  notes: [],
  examples: ['{"code":"0","data":[{"ts":"1597026383085"}],"msg":""}'],
})
