import { type BinanceError, binanceErrors } from '../../../contracts/binance/errors.ts'
import { type Endpoint, needsSignature } from '../../../contracts/contract.ts'
import { type ParameterFault, parameterFaults, readParameters } from '../../../contracts/request.ts'
import type { FaceBehaviour } from '../../behaviour.ts'
import type { Engine } from '../../engine/engine-interface.ts'
import { type ExchangeCall, shownInstants } from '../exchange-call.ts'
import type { Pair } from '../parameter-pairs.ts'
import { type Caller, callerOf, callerRefusal, isSignedBy, keyFormatRefusal } from './caller.ts'
import { consideredPairs, mandatoryRefusal, recvWindowRefusal, semanticRefusal } from './parameter-refusal.ts'
import { sentParameters } from './request.ts'
import type { Route } from './routes.ts'
import { timingRefusal } from './timing.ts'

/** A call that may be answered, or the first thing that is wrong with it. */
export type Judgement =
  /** Without `caller` where no key is asked for. */
  | { readonly kind: 'accepted'; readonly caller: Caller | undefined; readonly values: unknown }
  | { readonly kind: 'refused'; readonly error: BinanceError }

interface Bench {
  readonly engine: Engine
  readonly behaviour: FaceBehaviour
  readonly now: number
}

/**
 * Judges a call in the order of facts A2.1: key format, mandatory parameters, time window, who calls and whether they
 * may, signature, then what the parameters say. The path and the rate limit come before, elsewhere.
 */
export function judge(call: ExchangeCall, route: Route, bench: Bench): Judgement {
  const { endpoint } = route
  const { engine, behaviour, now } = bench
  const { split, pairs: sent } = sentParameters(call, behaviour)
  const pairs = consideredPairs(endpoint, sent, behaviour)
  const apiKey = call.header('x-mbx-apikey')
  const caller = apiKey === undefined ? undefined : callerOf(engine, apiKey)
  if (!needsSignature(endpoint)) return judgeUnsigned(call, endpoint, pairs, behaviour, apiKey, caller)
  const read = readParameters(endpoint, pairs)
  const faults = read.kind === 'read' ? noFaults : parameterFaults(endpoint, pairs)
  const refusal =
    keyFormatRefusal(apiKey, caller) ??
    mandatoryRefusal(endpoint, faults) ??
    (split.signature ? undefined : binanceErrors.mandatoryParameter('signature')) ??
    recvWindowRefusal(faults, behaviour) ??
    timingRefusal(numberOf(pairs, 'timestamp') ?? now, numberOf(pairs, 'recvWindow'), shownInstants(call, now)) ??
    callerRefusal(caller, endpoint, call.ip, behaviour)
  if (refusal !== undefined) return refused(refusal)
  if (caller === undefined || !isSignedBy(caller, split)) return refused(binanceErrors.invalidSignature())
  if (read.kind === 'read') return { kind: 'accepted', caller, values: read.values }
  return refused(semanticRefusal(endpoint, faults, pairs.length, behaviour) ?? binanceErrors.unknown())
}

const noFaults: readonly ParameterFault[] = Object.freeze([])

/** Some clients sign even what needs no signature, or no key: what is not asked for is not looked at. */
function judgeUnsigned(
  call: ExchangeCall,
  endpoint: Endpoint,
  sent: readonly Pair[],
  behaviour: FaceBehaviour,
  apiKey: string | undefined,
  owner: Caller | undefined,
): Judgement {
  const isPublic = endpoint.security === 'NONE'
  const refusal = isPublic ? undefined : (keyFormatRefusal(apiKey, owner) ?? callerRefusal(owner, endpoint, call.ip, behaviour))
  if (refusal !== undefined) return refused(refusal)
  const pairs = sent.filter(([name]) => Object.hasOwn(endpoint.parameters, name))
  const read = readParameters(endpoint, pairs)
  if (read.kind === 'read') return { kind: 'accepted', caller: isPublic ? undefined : owner, values: read.values }
  return refused(semanticRefusal(endpoint, parameterFaults(endpoint, pairs), pairs.length, behaviour) ?? binanceErrors.unknown())
}

function refused(error: BinanceError): Judgement {
  return { kind: 'refused', error }
}

function numberOf(pairs: readonly Pair[], name: string): number | undefined {
  for (const [other, text] of pairs) if (other === name) return Number(text)
  return undefined
}
