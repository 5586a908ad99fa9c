import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'

/** `DELETE /papi/v1/listenKey` (facts A6). */
export const closeUserDataStream = endpoint({
  exchange: 'binance',
  name: 'close-user-data-stream',
  title: 'Close User Data Stream',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/user-data-streams/Close-User-Data-Stream',
  method: 'DELETE',
  path: '/papi/v1/listenKey',
  security: 'USER_STREAM',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 1 },
  parameters: {},
  reply: object({}),
  notes: [
    'The key alone, in its header, without a signature.',
    'Closes the stream; the listen key is no longer valid. Where there is none, -1125.',
  ],
  examples: ['{}'],
})
