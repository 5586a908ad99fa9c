import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { binanceEndpoints, okxEndpoints } from '../../../src/contracts/endpoints.ts'
import type { ClientKey, ClientKind } from './client-kinds.ts'

const key: ClientKey = { apiKey: 'K'.repeat(64), secret: 'S'.repeat(64), passphrase: 'passphrase', signing: 'hmac' }

/** `METHOD /path` of every endpoint the venue has, of one exchange. */
export function endpointsOf(exchange: 'binance' | 'okx'): readonly string[] {
  const endpoints = exchange === 'binance' ? binanceEndpoints : okxEndpoints
  return Object.values(endpoints).map(({ method, path }) => `${method} ${path}`)
}

/**
 * What each function of the client asks the exchange for, found out by calling all of them against a server that notes
 * it: the functions of each of the venue's endpoints, in alphabetical order.
 */
export async function reachedEndpoints(kind: ClientKind): Promise<Readonly<Record<string, readonly string[]>>> {
  const noted = new Map<string, Set<string>>(endpointsOf(kind.exchange).map((endpoint) => [endpoint, new Set()]))
  let calling = ''
  const server = createServer((request, response) => {
    noted.get(`${request.method} ${request.url?.replace(/\?.*/, '')}`)?.add(calling)
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(answers[kind.exchange]))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    for (const [name, call] of kind.connect(`http://127.0.0.1:${port}`, key)) {
      if (kind.elsewhere?.test(name)) continue
      calling = name
      // Most of them dislike the answer or the parameters; by then they have asked.
      await call(anything()).catch(() => undefined)
    }
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return Object.fromEntries([...noted].filter(([, names]) => names.size > 0).map(([endpoint, names]) => [endpoint, [...names].sort()]))
}

const answers = { binance: '{}', okx: '{"code":"0","data":[],"msg":""}' }

/** Parameters that hold whatever a function looks for in them. */
function anything(): Readonly<Record<string, unknown>> {
  const own = { toString: () => '1', useServerTime: false }
  return new Proxy(own, {
    get: (target, name) => (name in target ? Reflect.get(target, name) : typeof name === 'symbol' ? undefined : '1'),
  })
}
