import { event } from '../event.ts'
import { object, optionalField } from '../wire-object.ts'
import { constant, epochMsNumber, text } from '../wire-types.ts'

/** The listen key is no longer valid (facts A7). */
export const listenKeyExpired = event({
  exchange: 'binance',
  name: 'listenKeyExpired',
  title: 'User Data Stream Expired',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/user-data-streams/Event-User-Data-Stream-Expired',
  payload: object({ e: constant('listenKeyExpired'), E: epochMsNumber, listenKey: optionalField(text) }),
  notes: [
    'Sent when the listen key expires; nothing more is told after it.',
    '`listenKey` is not in this document; that of USDⓈ-M Futures has it.',
  ],
  examples: [
    '{"e":"listenKeyExpired","E":1576653824250}',
    '{"e":"listenKeyExpired","E":1736996475556,"listenKey":"WsCMN0a4KHUPTQuX6IUnqEZfB1inxmv1qR4kbf1LuEjur5VdbzqvyxqG9TSjVVxv"}',
  ],
})
