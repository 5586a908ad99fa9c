import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { text } from '../wire-types.ts'

/** `POST /papi/v1/listenKey` (facts A6). */
export const startUserDataStream = endpoint({
  exchange: 'binance',
  name: 'start-user-data-stream',
  title: 'Start User Data Stream',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/user-data-streams/Start-User-Data-Stream',
  method: 'POST',
  path: '/papi/v1/listenKey',
  security: 'USER_STREAM',
  changesState: false,
  cost: { kind: 'weight', pool: 'ip', weight: 1 },
  parameters: {},
  reply: object({ listenKey: text }),
  notes: [
    'The key alone, in its header, without a signature.',
    'The listen key is 64 characters long and valid for 60 minutes; an active one is returned again, and valid for 60 minutes from then on.',
  ],
  examples: ['{"listenKey":"pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1"}'],
})
