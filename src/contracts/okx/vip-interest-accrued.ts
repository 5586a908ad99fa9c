import { endpoint } from '../contract.ts'
import { envelope } from './envelope.ts'
import { vipInterestExample, vipInterestParameters, vipInterestRow } from './vip-interest-row.ts'

/** `GET /api/v5/account/vip-interest-accrued` (facts B5). */
export const vipInterestAccrued = endpoint({
  exchange: 'okx',
  name: 'vip-interest-accrued',
  title: 'Get VIP interest accrued data',
  document: 'https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-vip-interest-accrued-data',
  method: 'GET',
  path: '/api/v5/account/vip-interest-accrued',
  security: 'READ',
  changesState: false,
  cost: { kind: 'calls', pool: 'user', calls: 5, perMs: 2_000 },
  parameters: { ...vipInterestParameters },
  cursor: { field: 'ts', exclusive: true, limitMax: 100 },
  order: 'newest-first',
  reply: envelope(vipInterestRow),
  notes: ['VIP loans have been removed from the documents since.'],
  examples: [vipInterestExample],
})
