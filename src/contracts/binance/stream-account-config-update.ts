import { event } from '../event.ts'
import { object } from '../wire-object.ts'
import { constant, epochMsNumber, integerNumber, text } from '../wire-types.ts'

/** The leverage of a symbol changed (facts A7). */
export const accountConfigUpdate = event({
  exchange: 'binance',
  name: 'ACCOUNT_CONFIG_UPDATE',
  title: 'Futures Account Configuration Update(Leverage Update)',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/user-data-streams/Event-Futures-Account-Configuration-Update',
  payload: object({
    e: constant('ACCOUNT_CONFIG_UPDATE'),
    fs: text,
    E: epochMsNumber,
    T: epochMsNumber,
    ac: object({ s: text, l: integerNumber }),
  }),
  notes: ['The leverage `l` of the symbol `s` changed.', 'The venue has no positions: it sends this only when told to.'],
  examples: ['{"e":"ACCOUNT_CONFIG_UPDATE","fs":"UM","E":1611646737479,"T":1611646737476,"ac":{"s":"BTCUSD_PERP","l":25}}'],
})
