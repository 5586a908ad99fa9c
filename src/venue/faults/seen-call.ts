import type { Endpoint, Exchange } from '../../contracts/contract.ts'
import { isJsonObject, parseJson, printJson } from '../../json/json.ts'
import type { Engine } from '../engine/engine-interface.ts'
import type { ExchangeCall } from '../http/exchange-call.ts'
import { type Pair, parameterPairs } from '../http/parameter-pairs.ts'
import { endpointOf, isMeant } from './endpoint-names.ts'
import { statedKind } from './kinds.ts'
import type { FaultRule } from './rule.ts'

/** A call as rules look at it, before anybody has checked it. */
export interface SeenCall {
  readonly exchange: Exchange
  readonly method: string
  readonly path: string
  /** The contract that states it; absent for paths nobody states. */
  readonly endpoint: Endpoint | undefined
  /** Whose key it names, signed rightly or not. */
  readonly account: string | undefined
  readonly parameters: readonly Pair[]
}

/** What can be seen of a call from outside. Never throws, whatever was sent. */
export function seenCall(exchange: Exchange, call: ExchangeCall, engine: Engine): SeenCall {
  const { method, path } = call
  const apiKey = call.header(exchange === 'binance' ? 'x-mbx-apikey' : 'ok-access-key')
  const owner = apiKey === undefined ? undefined : engine.accountOfKey(apiKey)?.account
  return {
    exchange,
    method,
    path,
    endpoint: endpointOf(exchange, method, path),
    account: owner?.exchange === exchange ? owner.account : undefined,
    parameters: [...parameterPairs(call.query), ...(exchange === 'okx' ? jsonPairs(call.body) : parameterPairs(call.body))],
  }
}

function jsonPairs(body: string): readonly Pair[] {
  if (body === '') return []
  try {
    const json = parseJson(body)
    if (!isJsonObject(json)) return []
    return Object.entries(json).map(([name, value]): Pair => [name, typeof value === 'string' ? value : printJson(value)])
  } catch {
    return []
  }
}

/** Whether a rule is about a call at this instant. */
export function isAbout(rule: FaultRule, seen: SeenCall, now: number): boolean {
  const { where, between = {} } = rule
  const { exchange } = statedKind(rule.kind)
  if (exchange !== 'both' && exchange !== seen.exchange) return false
  if (where.exchange !== undefined && where.exchange !== seen.exchange) return false
  if (now < (between.from ?? 0) || now >= (between.to ?? Number.POSITIVE_INFINITY)) return false
  if (where.account !== undefined && where.account !== seen.account) return false
  const { endpoint } = seen
  if (where.endpoints !== undefined && !(endpoint !== undefined && where.endpoints.some((wanted) => isMeant(wanted, endpoint))))
    return false
  return Object.entries(where.parameters ?? {}).every(([name, text]) =>
    seen.parameters.some(([other, sent]) => other === name && sent === text),
  )
}
