import { type BinanceError, binanceErrors } from '../../../contracts/binance/errors.ts'
import { binanceHostOf } from '../../../contracts/binance/pools.ts'
import { binancePayload, type SplitSignature, verifyBinance } from '../../../contracts/binance/signing.ts'
import type { Endpoint } from '../../../contracts/contract.ts'
import type { FaceBehaviour } from '../../behaviour.ts'
import type { ApiKey } from '../../engine/command.ts'
import type { Engine } from '../../engine/engine-interface.ts'

const keyFormatRe = /^[A-Za-z0-9]{64}$/

/** Who a key belongs to. */
export interface Caller {
  readonly account: string
  readonly key: ApiKey
}

/** The key's owner, or `undefined` for a key nobody has. */
export function callerOf(engine: Engine, apiKey: string): Caller | undefined {
  const found = engine.accountOfKey(apiKey)
  return found === undefined || found.account.exchange !== 'binance' ? undefined : { account: found.account.account, key: found.key }
}

/** -2014 for a key that is missing, or that no key of the exchange looks like. */
export function keyFormatRefusal(apiKey: string | undefined, caller: Caller | undefined): BinanceError | undefined {
  return caller !== undefined || (apiKey !== undefined && keyFormatRe.test(apiKey)) ? undefined : binanceErrors.badKeyFormat()
}

/**
 * -2015, the same for an unknown key, an address not on its list, and a permission it lacks (facts A2.1); on the api host
 * in another text.
 */
export function callerRefusal(
  caller: Caller | undefined,
  endpoint: Endpoint,
  ip: string,
  behaviour: FaceBehaviour,
): BinanceError | undefined {
  if (caller !== undefined && mayCall(caller, endpoint, ip, behaviour)) return undefined
  if (binanceHostOf(endpoint.path) === 'papi') return binanceErrors.rejectedKey(ip)
  return binanceErrors.rejectedKeyOnApi(Number(behaviour.binanceApiRejectedKeyStatus))
}

function mayCall({ key: { permissions, ips } }: Caller, endpoint: Endpoint, ip: string, behaviour: FaceBehaviour): boolean {
  const listed = ips === undefined || ips.includes(ip)
  return listed && permissions.includes(permissionFor(endpoint, behaviour))
}

/** Some pages label as USER_DATA what moves money all the same. */
function permissionFor(endpoint: Endpoint, behaviour: FaceBehaviour): 'read' | 'trade' {
  if (endpoint.security === 'TRADE') return 'trade'
  return endpoint.changesState ? behaviour.binanceRepayPermission : 'read'
}

export function isSignedBy({ key }: Caller, split: SplitSignature): boolean {
  const { query, body, signature } = split
  return signature !== undefined && verifyBinance(key.signing, key.verifier, binancePayload(query, body), signature)
}
