import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'

/** `PUT /papi/v1/listenKey` (facts A6). */
export const keepaliveUserDataStream = endpoint({
  exchange: 'binance',
  name: 'keepalive-user-data-stream',
  title: 'Keepalive User Data Stream',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/user-data-streams/Keepalive-User-Data-Stream',
  method: 'PUT',
  path: '/papi/v1/listenKey',
  security: 'USER_STREAM',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 1 },
  parameters: {},
  reply: object({}),
  notes: [
    'The key alone, in its header, without a signature.',
    'The listen key of the account is valid for 60 minutes from now on; where there is none, -1125.',
  ],
  examples: ['{}'],
})
