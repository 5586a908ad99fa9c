import type { Endpoint, Exchange } from '../../contracts/contract.ts'
import { binanceEndpoints, okxEndpoints } from '../../contracts/endpoints.ts'

const everyEndpoint: readonly Endpoint[] = [...Object.values(binanceEndpoints), ...Object.values(okxEndpoints)]
const byRoute = new Map(everyEndpoint.map((endpoint) => [routeOf(endpoint.exchange, endpoint.method, endpoint.path), endpoint]))

function routeOf(exchange: Exchange, method: string, path: string): string {
  return `${exchange} ${method} ${path}`
}

/** The contract a call is about, when there is one. */
export function endpointOf(exchange: Exchange, method: string, path: string): Endpoint | undefined {
  return byRoute.get(routeOf(exchange, method, path))
}

/** Whether a contract is meant by a name, a path, or the beginning of one that ends with `*`. */
export function isMeant(wanted: string, endpoint: Pick<Endpoint, 'name' | 'path'>): boolean {
  if (!wanted.startsWith('/')) return wanted === endpoint.name
  return wanted.endsWith('*') ? endpoint.path.startsWith(wanted.slice(0, -1)) : wanted === endpoint.path
}

const namesShown = 12

/** What is wrong with an endpoint in a rule, in words; `undefined` when a contract is meant by it. */
export function endpointProblem(wanted: string, exchange: Exchange | undefined): string | undefined {
  const meant = everyEndpoint.filter((endpoint) => isMeant(wanted, endpoint))
  const candidates = everyEndpoint.filter((endpoint) => exchange === undefined || endpoint.exchange === exchange)
  if (meant.some((endpoint) => candidates.includes(endpoint))) return undefined
  if (meant.length > 0) return `"${wanted}" is not an endpoint of ${exchange}`
  const names = nearest(
    wanted,
    candidates.map(({ name }) => name),
  )
  return `there is no endpoint "${wanted}"; there are ${names.join(', ')}, …: give a name, a path, or the beginning of a path and *`
}

/** Names that share the most words with what was written come first. */
function nearest(wanted: string, names: readonly string[]): readonly string[] {
  const words = wanted.toLowerCase().split(/[^a-z0-9]+/)
  const shared = (name: string): number => words.filter((word) => word !== '' && name.includes(word)).length
  return [...new Set(names)].sort((left, right) => shared(right) - shared(left)).slice(0, namesShown)
}
