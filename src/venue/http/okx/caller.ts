import type { Endpoint } from '../../../contracts/contract.ts'
import { type OkxError, okxErrors } from '../../../contracts/okx/errors.ts'
import { okxExpired, okxPayload, parseOkxTimestamp, verifyOkx } from '../../../contracts/okx/signing.ts'
import type { FaceBehaviour } from '../../behaviour.ts'
import type { ApiKey } from '../../engine/command.ts'
import type { Engine } from '../../engine/engine-interface.ts'
import type { AccountState } from '../../engine/record.ts'
import { type ExchangeCall, shownInstants } from '../exchange-call.ts'
import { sameText } from '../same-text.ts'

const keyFormatRe = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export interface OkxCaller {
  readonly account: AccountState
  readonly key: ApiKey
}

/** The four headers of a signed call; empty where not sent. */
interface SignedHeaders {
  readonly apiKey: string
  readonly passphrase: string
  readonly sign: string
  readonly timestamp: string
}

export type Identified = { readonly kind: 'caller'; readonly caller: OkxCaller } | { readonly kind: 'refused'; readonly error: OkxError }

/**
 * Who calls, or the first refusal in the order of facts B2: headers present, key and timestamp well formed, expiry, key
 * known, environment, address, passphrase, signature, permission.
 */
export function identify(call: ExchangeCall, endpoint: Endpoint, engine: Engine, now: number, behaviour: FaceBehaviour): Identified {
  const headers: SignedHeaders = {
    apiKey: call.header('ok-access-key') ?? '',
    passphrase: call.header('ok-access-passphrase') ?? '',
    sign: call.header('ok-access-sign') ?? '',
    timestamp: call.header('ok-access-timestamp') ?? '',
  }
  const found = engine.accountOfKey(headers.apiKey)
  const caller = found?.account.exchange === 'okx' ? found : undefined
  const refusal = headerRefusal(headers, caller !== undefined, shownInstants(call, now))
  if (refusal !== undefined) return { kind: 'refused', error: refusal }
  if (caller === undefined) return { kind: 'refused', error: okxErrors.unknownKey() }
  const error = callerRefusal(call, headers, caller.key, endpoint, behaviour)
  return error === undefined ? { kind: 'caller', caller } : { kind: 'refused', error }
}

function headerRefusal(headers: SignedHeaders, keyIsKnown: boolean, shown: readonly number[]): OkxError | undefined {
  if (headers.apiKey === '') return okxErrors.keyHeaderEmpty()
  if (headers.passphrase === '') return okxErrors.passphraseHeaderEmpty()
  if (headers.sign === '') return okxErrors.signHeaderEmpty()
  if (headers.timestamp === '') return okxErrors.timestampHeaderEmpty()
  if (!keyIsKnown && !keyFormatRe.test(headers.apiKey)) return okxErrors.invalidKey()
  const signedAt = parseOkxTimestamp(headers.timestamp)
  if (signedAt === undefined) return okxErrors.invalidTimestamp()
  return shown.every((now) => okxExpired(signedAt, now)) ? okxErrors.timestampExpired() : undefined
}

function callerRefusal(
  call: ExchangeCall,
  headers: SignedHeaders,
  key: ApiKey,
  endpoint: Endpoint,
  behaviour: FaceBehaviour,
): OkxError | undefined {
  const simulated = call.header('x-simulated-trading') === '1'
  if (simulated !== (behaviour.okxEnvironment === 'demo')) return okxErrors.wrongEnvironment()
  if (key.ips !== undefined && !key.ips.includes(call.ip)) return okxErrors.ipNotListed(call.ip, key.apiKey)
  if (key.passphrase === undefined || !sameText(headers.passphrase, key.passphrase)) return okxErrors.passphraseIncorrect()
  const target = call.query === '' ? call.path : `${call.path}?${call.query}`
  const payload = okxPayload(headers.timestamp, call.method, target, call.method === 'GET' ? '' : call.body)
  if (!verifyOkx(key.verifier, payload, headers.sign)) return okxErrors.invalidSign()
  return key.permissions.includes(endpoint.security === 'TRADE' ? 'trade' : 'read') ? undefined : okxErrors.noPermission()
}
