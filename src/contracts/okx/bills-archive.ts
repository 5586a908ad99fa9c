import { dayMs } from '../../time/units.ts'
import { endpoint } from '../contract.ts'
import { billExample, billParameters, billRow } from './bill-row.ts'
import { envelope } from './envelope.ts'

/** `GET /api/v5/account/bills-archive` (facts B5). */
export const billsArchive = endpoint({
  exchange: 'okx',
  name: 'bills-archive',
  title: 'Get bills details (last 3 months)',
  document: 'https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-bills-details-last-3-months',
  method: 'GET',
  path: '/api/v5/account/bills-archive',
  security: 'READ',
  changesState: false,
  cost: { kind: 'calls', pool: 'user', calls: 5, perMs: 2_000 },
  parameters: { ...billParameters },
  cursor: { field: 'billId', exclusive: true, limitMax: 100, retentionMs: 90 * dayMs },
  order: 'newest-first',
  reply: envelope(billRow),
  notes: [
    'Data of the last 3 months, as copies of 2026-07-22 and 2026-10-07 say; one of spring 2025 says a year. An empty answer proves nothing that is older than the shorter of the two (facts B5).',
    'balChg and bal are at the level of the account; posBalChg and posBal at that of an isolated position.',
  ],
  examples: [billExample],
})
