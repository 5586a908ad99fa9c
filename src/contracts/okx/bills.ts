import { dayMs } from '../../time/units.ts'
import { endpoint } from '../contract.ts'
import { billExample, billParameters, billRow } from './bill-row.ts'
import { envelope } from './envelope.ts'

/** `GET /api/v5/account/bills` (facts B5). */
export const bills = endpoint({
  exchange: 'okx',
  name: 'bills',
  title: 'Get bills details (last 7 days)',
  document: 'https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-bills-details-last-7-days',
  method: 'GET',
  path: '/api/v5/account/bills',
  security: 'READ',
  changesState: false,
  cost: { kind: 'calls', pool: 'user', calls: 5, perMs: 1_000 },
  parameters: { ...billParameters },
  cursor: { field: 'billId', exclusive: true, limitMax: 100, retentionMs: 7 * dayMs },
  order: 'newest-first',
  reply: envelope(billRow),
  notes: [
    'Data of the last 7 days.',
    'balChg and bal are at the level of the account; posBalChg and posBal at that of an isolated position.',
  ],
  examples: [billExample],
})
