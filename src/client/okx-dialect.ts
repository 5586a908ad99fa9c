import type { Endpoint, ReplyOf } from '../contracts/contract.ts'
import { jsonBody } from '../contracts/json-body.ts'
import { classifyOkxFailure, okxSuccessCode } from '../contracts/okx/limits.ts'
import { publicTime } from '../contracts/okx/public-time.ts'
import { okxHeaders, okxPayload, okxTimestamp, signOkx } from '../contracts/okx/signing.ts'
import { isJsonObject, type Json, JsonNumber, parseJson } from '../json/json.ts'
import type { CallBudgets } from './budget/call-budgets.ts'
import type { OkxCredentials } from './credentials.ts'
import type { ComposedRequest, Dialect, Judgement, NamedRefusal } from './dialect.ts'
import { queryString } from './percent-encoding.ts'
import type { WireReply } from './transport/transport.ts'

const refusals: ReadonlyMap<string, NamedRefusal> = new Map([
  ['50030', 'client.no-permission'],
  ['50035', 'client.no-permission'],
  ['50101', 'client.wrong-environment'],
  ['50102', 'client.clock-off'],
  ['50105', 'client.wrong-passphrase'],
  ['50110', 'client.ip-not-allowed'],
  ['50111', 'client.unknown-key'],
  ['50113', 'client.wrong-secret'],
  ['50119', 'client.unknown-key'],
  ['50120', 'client.no-permission'],
])

export interface OkxDialectOptions {
  readonly credentials: OkxCredentials
  /** Of the user. */
  readonly budgets: CallBudgets
  /** Of the address, for what needs no key. */
  readonly addressBudgets: CallBudgets
}

/** How OKX is spoken to. */
export function okxDialect({ credentials, budgets, addressBudgets }: OkxDialectOptions): Dialect {
  const { apiKey, secret, passphrase } = credentials
  const simulated: Record<string, string> = credentials.simulated === true ? { [okxHeaders.simulated]: '1' } : {}

  const compose = (endpoint: Endpoint, parameters: readonly (readonly [string, string])[], signedAt: number): ComposedRequest => {
    const { method, path } = endpoint
    const query = method === 'GET' ? queryString(parameters) : ''
    const target = query === '' ? path : `${path}?${query}`
    const body = method === 'POST' ? jsonBody(endpoint, parameters) : undefined
    const headers: Record<string, string> = { 'Content-Type': 'application/json', ...simulated }
    if (endpoint.security === 'NONE') return { request: { method, target, headers, body }, hidden: [] }
    const timestamp = okxTimestamp(signedAt)
    const signature = signOkx(secret.reveal(), okxPayload(timestamp, method, target, body ?? ''))
    headers[okxHeaders.key] = apiKey
    headers[okxHeaders.sign] = signature
    headers[okxHeaders.timestamp] = timestamp
    headers[okxHeaders.passphrase] = passphrase.reveal()
    return { request: { method, target, headers, body }, hidden: [signature, secret.reveal(), passphrase.reveal(), apiKey] }
  }

  return Object.freeze({
    exchange: 'okx',
    budgetOf: (endpoint: Endpoint) => (endpoint.cost.pool === 'ip' ? addressBudgets : budgets).of(endpoint),
    compose,
    judge,
    refusalOf: (code: string) => refusals.get(code),
    timeEndpoint: publicTime,
    statedTime: (_: WireReply, value: unknown) => {
      const from = (value as ReplyOf<typeof publicTime>).data[0]?.ts
      return from === undefined ? undefined : { from, to: from + 1 }
    },
    // The Date header may be that of a cache in between.
    statedTimeInPassing: () => undefined,
    statedUsage: () => undefined,
  })
}

/** An answer is a success only by its code: OKX sends errors with HTTP 200 too (facts B6). */
function judge({ status, text }: WireReply): Judgement {
  const json = envelopeOf(text)
  if (json === undefined) return { kind: 'unreadable', failure: classifyOkxFailure(status) }
  const code = codeIn(json)
  if (code === okxSuccessCode && status < 300) return { kind: 'success', json }
  const message = isJsonObject(json) && typeof json['msg'] === 'string' ? json['msg'] : ''
  return { kind: 'failure', failure: classifyOkxFailure(status, code), code: code ?? '', text: message }
}

/** The envelope, or `undefined` for anything that has no code. */
function envelopeOf(text: string): Json | undefined {
  try {
    const json = parseJson(text)
    return codeIn(json) === undefined ? undefined : json
  } catch {
    return undefined
  }
}

/** A string; the 404 of an unknown path has a number (facts B2). */
function codeIn(json: Json): string | undefined {
  if (!isJsonObject(json)) return undefined
  const code = json['code']
  if (code instanceof JsonNumber) return code.text
  return typeof code === 'string' ? code : undefined
}
