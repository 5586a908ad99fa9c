import { createRequire } from 'node:module'
import { DerivativesTradingPortfolioMargin } from '@binance/derivatives-trading-portfolio-margin'
import { MainClient, PortfolioClient } from 'binance'
import type { BinanceRestOptions } from 'binance-api-node'
import ccxt from 'ccxt'
import { RestClient } from 'okx-api'
import { expect } from 'vitest'
import type { KeyAccess } from '../../../src/venue/account-access.ts'
import type { ClientName } from './client-functions.ts'

const load = createRequire(import.meta.url)
// CommonJS with a default export, which runners hand over in two ways.
const { default: binanceApiNode } = load('binance-api-node') as { default: (options: BinanceRestOptions) => object }
// Its ES modules import directories, which Node refuses: only its CommonJS half can be loaded.
const { OkxRestClient } = load('okx-node') as {
  OkxRestClient: new (credentials: object, market: 'prod' | 'demo', options: { baseUrl: string }) => object
}

export type ClientKey = Pick<KeyAccess, 'apiKey' | 'secret' | 'signing' | 'passphrase'>

/** A function of a client, told the parameters by the names they have in the exchange's documents. */
export type ClientFunction = (parameters?: Readonly<Record<string, unknown>>) => Promise<unknown>

/** One of the npm clients, unmodified, pointed at a base URL through an option of its own. */
export interface ClientKind {
  readonly name: ClientName
  readonly exchange: 'binance' | 'okx'
  /** Every function it has, by its name. What they give is what the client hands over. */
  connect(url: string, key: ClientKey): ReadonlyMap<string, ClientFunction>
  /** Set where its JSON parser makes floats of ids beyond 2^53. */
  readonly losesLongNumbers?: true
  /** Of functions that hand over a part of the reply: the reply it was a part of. */
  readonly wholeOf?: Readonly<Record<string, (part: unknown) => unknown>>
  /** Functions that ask without a signature what needs one, and are refused. */
  readonly asksUnsigned?: readonly string[]
  /** Functions that ask hosts which none of its options changes, or that only measure the way to one. */
  readonly elsewhere?: RegExp
  /** What is found on the error it throws for a refusal of Binance, or of OKX. */
  surfaceOf(refusal: Refusal): object
}

export interface Refusal {
  readonly status: number
  readonly code: number | string
  readonly msg: string
}

/** Functions of okx-node that take their parameters one after the other. */
const orders: Readonly<Record<string, readonly string[]>> = {
  getBalance: ['ccy'],
  getInterestRate: ['ccy'],
  getMaxLoan: ['instId', 'mgnMode', 'mgnCcy'],
}

/** ccxt's class of error for the codes that are refused here. */
const ccxtErrorNames: Readonly<Record<string, string>> = {
  '-1022': 'AuthenticationError',
  '-2015': 'AuthenticationError',
  '50113': 'AuthenticationError',
  '51000': 'BadRequest',
}

/** Every function on the object and the classes it is made of, bound to it. */
function methodsOf(object: object, wanted: (name: string) => boolean = () => true): Map<string, ClientFunction> {
  const methods = new Map<string, ClientFunction>()
  for (let holder = object; holder !== Object.prototype && holder !== null; holder = Object.getPrototypeOf(holder)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
      if (typeof value !== 'function' || name === 'constructor' || !wanted(name) || methods.has(name)) continue
      methods.set(name, async (...parameters) => value.apply(object, parameters))
    }
  }
  return methods
}

function mapped(
  functions: ReadonlyMap<string, ClientFunction>,
  change: (call: ClientFunction, name: string) => ClientFunction,
): ReadonlyMap<string, ClientFunction> {
  return new Map([...functions].map(([name, call]) => [name, change(call, name)]))
}

function named(className: string, functions: ReadonlyMap<string, ClientFunction>): readonly (readonly [string, ClientFunction])[] {
  return [...functions].map(([name, call]) => [`${className}.${name}`, call])
}

function inOrder(call: ClientFunction, name: string): ClientFunction {
  const order = orders[name]
  if (order === undefined) return call
  return (parameters = {}) => (call as (...values: unknown[]) => Promise<unknown>)(...order.map((parameter) => parameters[parameter]))
}

const ccxtImplicitRe = /^(?:papi|sapi|public|private)(?:V\d)?(?:Get|Post|Put|Delete)[A-Z]/

function ccxtFunctions(exchange: InstanceType<typeof ccxt.Exchange>, url: string): ReadonlyMap<string, ClientFunction> {
  const api = exchange.urls['api'] as Record<string, string>
  for (const [name, address] of Object.entries(api)) api[name] = url + address.replace(/^https?:\/\/[^/]+/, '')
  // Without markets of its own ccxt would download them from elsewhere before the first call.
  exchange.setMarkets([])
  return methodsOf(exchange, (name) => ccxtImplicitRe.test(name))
}

export const clientKinds: readonly ClientKind[] = [
  {
    name: 'ccxt.binance',
    exchange: 'binance',
    connect: (url, { apiKey, secret }) => ccxtFunctions(new ccxt.binance({ apiKey, secret, enableRateLimit: false }), url),
    surfaceOf: ({ code, msg }) => ({ name: ccxtErrorNames[code] ?? 'ExchangeError', message: `binance ${JSON.stringify({ code, msg })}` }),
  },
  {
    name: '@binance/derivatives-trading-portfolio-margin',
    exchange: 'binance',
    connect: (url, { apiKey, secret, signing }) => {
      const credentials = signing === 'hmac' ? { apiSecret: secret } : { privateKey: secret }
      const configurationRestAPI = { apiKey, ...credentials, basePath: url, timeout: 30_000, retries: 0 }
      const { restAPI } = new DerivativesTradingPortfolioMargin({ configurationRestAPI })
      return mapped(methodsOf(restAPI), (call) => async (parameters) => ((await call(parameters)) as { data(): Promise<unknown> }).data())
    },
    surfaceOf: ({ status, code, msg }) => ({ name: status === 401 ? 'UnauthorizedError' : 'BadRequestError', code, message: msg }),
  },
  {
    name: 'binance',
    exchange: 'binance',
    connect: (url, { apiKey, secret }) => {
      const options = { api_key: apiKey, api_secret: secret, baseUrl: url }
      return new Map([
        ...named('PortfolioClient', methodsOf(new PortfolioClient(options))),
        ...named('MainClient', methodsOf(new MainClient(options))),
      ])
    },
    losesLongNumbers: true,
    // Its server time comes from the real exchange whatever `baseUrl` says, and so do the markets of Alpha.
    asksUnsigned: ['MainClient.getPortfolioMarginProTieredCollateralRate'],
    elsewhere: /\.(?:getServerTime|getAlpha\w+|fetchTimeOffset|syncTime|fetchLatencySummary)$/,
    surfaceOf: ({ code, msg }) => ({ code, message: msg }),
  },
  {
    name: 'binance-api-node',
    exchange: 'binance',
    connect: (url, { apiKey, secret, signing }) => {
      const credentials = signing === 'hmac' ? { apiSecret: secret } : { privateKey: secret }
      return methodsOf(
        binanceApiNode({ apiKey, ...credentials, httpBase: url, httpPortfolioMargin: url, httpFutures: url, httpDelivery: url }),
      )
    },
    wholeOf: { time: (serverTime) => ({ serverTime }) },
    surfaceOf: ({ code, msg }) => ({ code, message: msg }),
  },
  {
    name: 'ccxt.okx',
    exchange: 'okx',
    connect: (url, { apiKey, secret, passphrase = '' }) => {
      const exchange = new ccxt.okx({ apiKey, secret, password: passphrase, enableRateLimit: false })
      return mapped(ccxtFunctions(exchange, url), (call) => async (parameters) => ((await call(parameters)) as { data: unknown }).data)
    },
    surfaceOf: ({ code, msg }) => ({
      name: ccxtErrorNames[code] ?? 'ExchangeError',
      message: expect.stringContaining(`"msg":${JSON.stringify(msg)}`),
    }),
  },
  {
    name: 'okx-api',
    exchange: 'okx',
    connect: (url, { apiKey, secret, passphrase = '' }) =>
      methodsOf(new RestClient({ apiKey, apiSecret: secret, apiPass: passphrase, baseUrl: url })),
    elsewhere: /^fetchLatencySummary$/,
    wholeOf: { getServerTime: (ts) => [{ ts }] },
    surfaceOf: ({ code, msg }) => ({ code, msg }),
  },
  {
    name: 'okx-node',
    exchange: 'okx',
    connect: (url, { apiKey, secret, passphrase = '' }) =>
      mapped(methodsOf(new OkxRestClient({ apiKey, apiSecret: secret, apiPass: passphrase }, 'prod', { baseUrl: url })), inOrder),
    wholeOf: { getServerTime: (ts) => [{ ts }] },
    surfaceOf: ({ code, msg }) => ({ code, msg }),
  },
]
