import { classifyBinanceFailure } from '../contracts/binance/limits.ts'
import { ping } from '../contracts/binance/ping.ts'
import { binanceHostOf, binancePoolOf, papiPool } from '../contracts/binance/pools.ts'
import { serverTime } from '../contracts/binance/server-time.ts'
import { binanceKeyHeader, binancePayload, signBinance } from '../contracts/binance/signing.ts'
import { type Endpoint, needsSignature, type ReplyOf } from '../contracts/contract.ts'
import { isJsonObject, type Json, JsonNumber, parseJson } from '../json/json.ts'
import { readHttpDate } from '../time/http-date.ts'
import { minuteMs, secondMs } from '../time/units.ts'
import type { Budget } from './budget/budget.ts'
import type { PoolBudgets } from './budget/pool-budgets.ts'
import type { WeightBudget } from './budget/weight-budget.ts'
import type { BinanceCredentials } from './credentials.ts'
import type { ComposedRequest, Dialect, Judgement, NamedRefusal } from './dialect.ts'
import { percentEncode, queryString } from './percent-encoding.ts'
import type { WireReply } from './transport/transport.ts'

const refusals: ReadonlyMap<string, NamedRefusal> = new Map([
  ['-1002', 'client.no-permission'],
  ['-1021', 'client.clock-off'],
  ['-1022', 'client.wrong-secret'],
  ['-2014', 'client.unknown-key'],
  ['-2015', 'client.unknown-key'],
])

const digitsRe = /^\d{1,9}$/

export interface BinanceDialectOptions {
  readonly credentials: BinanceCredentials
  /** The weight of papi. */
  readonly budget: WeightBudget
  /** The other pools that count by address: those of the api host. */
  readonly addressBudgets: PoolBudgets
  /** The pools that count by user. */
  readonly userBudgets: PoolBudgets
  readonly recvWindowMs: number | undefined
}

/** How Binance Portfolio Margin is spoken to. */
export function binanceDialect(options: BinanceDialectOptions): Dialect {
  return Object.freeze({ ...commonDialect(options), timeEndpoint: ping, statedTime, statedTimeInPassing: statedTime })
}

/** How Binance's api host is spoken to, /sapi and /api: like papi, but that it tells its time to the millisecond. */
export function binanceApiDialect(options: BinanceDialectOptions): Dialect {
  return Object.freeze({
    ...commonDialect(options),
    timeEndpoint: serverTime,
    statedTime: (_: WireReply, value: unknown) => {
      const { serverTime: from } = value as ReplyOf<typeof serverTime>
      return { from, to: from + 1 }
    },
    statedTimeInPassing: () => undefined,
  })
}

type CommonDialect = Omit<Dialect, 'timeEndpoint' | 'statedTime' | 'statedTimeInPassing'>

function commonDialect({ credentials, budget, addressBudgets, userBudgets, recvWindowMs }: BinanceDialectOptions): CommonDialect {
  const { apiKey, signing, secret } = credentials
  const window: [string, string][] = recvWindowMs === undefined ? [] : [['recvWindow', String(recvWindowMs)]]

  /** Everything travels in the query, also of a POST, whose body stays empty; the signature comes last (facts A1, A1.1). */
  const compose = (endpoint: Endpoint, parameters: readonly (readonly [string, string])[], signedAt: number): ComposedRequest => {
    const { method, path } = endpoint
    if (!needsSignature(endpoint)) {
      const query = queryString(parameters)
      const target = query === '' ? path : `${path}?${query}`
      if (endpoint.security === 'NONE') return { request: { method, target, headers: {}, body: undefined }, hidden: [] }
      return { request: { method, target, headers: { [binanceKeyHeader]: apiKey }, body: undefined }, hidden: [apiKey] }
    }
    const query = queryString([...parameters, ...window, ['timestamp', String(signedAt)]])
    const signature = signBinance(signing, secret.reveal(), binancePayload(query, ''))
    const target = `${path}?${query}&signature=${percentEncode(signature)}`
    return {
      request: { method, target, headers: { [binanceKeyHeader]: apiKey }, body: undefined },
      hidden: [signature, percentEncode(signature), secret.reveal(), apiKey],
    }
  }

  const budgetOf = (endpoint: Endpoint): Budget => {
    const pool = binancePoolOf(endpoint)
    if (pool === papiPool) return budget
    return (pool.per === 'ip' ? addressBudgets : userBudgets).of(pool)
  }

  return {
    exchange: 'binance',
    budgetOf,
    // A ban of papi is of the address, also when it was an order that met it.
    bannedBudgetOf: (endpoint) => (binanceHostOf(endpoint.path) === 'papi' ? budget : budgetOf(endpoint)),
    compose,
    judge,
    refusalOf: (code: string) => refusals.get(code),
    statedUsage,
  }
}

function judge(reply: WireReply): Judgement {
  const { status, text } = reply
  const json = jsonOf(text)
  const error = json === undefined ? undefined : errorIn(json, status)
  if (error !== undefined) {
    const failure = classifyBinanceFailure(status, Number(error.code), error.text)
    return { kind: 'failure', failure, ...error }
  }
  if (json !== undefined && status >= 200 && status < 300) return { kind: 'success', json }
  return { kind: 'unreadable', failure: classifyBinanceFailure(status, undefined, text.trim()) }
}

/** `{"code":…,"msg":…}`; with HTTP 200 only a negative code is an error, since `{"code":200,"msg":"success"}` exists. */
function errorIn(json: Json, status: number): { code: string; text: string } | undefined {
  if (!isJsonObject(json) || !(json['code'] instanceof JsonNumber)) return undefined
  const code = json['code'].text
  if (status < 300 && !code.startsWith('-')) return undefined
  return { code, text: typeof json['msg'] === 'string' ? json['msg'] : '' }
}

function jsonOf(text: string): Json | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

/** There is no time endpoint on papi: the `Date` header tells the second (facts A6 lists none). */
function statedTime(reply: WireReply): { from: number; to: number } | undefined {
  const from = readHttpDate(reply.header('date') ?? '')
  return from === undefined ? undefined : { from, to: from + secondMs }
}

function statedUsage(reply: WireReply, endpoint: Endpoint): { used: number; windowEndsInMs: number } | undefined {
  const used = reply.header(binancePoolOf(endpoint).header.toLowerCase()) ?? ''
  if (!digitsRe.test(used)) return undefined
  // The minute that was counted ends with the minute of the reply's own Date.
  const date = readHttpDate(reply.header('date') ?? '')
  return { used: Number(used), windowEndsInMs: date === undefined ? minuteMs : minuteMs - (date % minuteMs) }
}
