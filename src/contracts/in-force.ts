import type { Endpoint } from './contract.ts'
import { type ChangeLogReading, isInForce } from './lifetime.ts'

interface Dated {
  /** The parameters that have not always been, or will not always be. */
  readonly names: readonly string[]
  /** The contract without some of them, by their names. */
  readonly without: Map<string, Endpoint>
}

const datedOf = new WeakMap<Endpoint, Dated>()

/**
 * A contract as it stands at an instant: without the parameters that are not known yet, or no more; `undefined` while
 * (or once) there is no such endpoint. The same contract comes back for the same answer, for tables are read by identity.
 *
 * @example endpointInForce(umIncome, parseInstant('2026-10-28'), 'by-date') // umIncome without `page`
 */
export function endpointInForce(endpoint: Endpoint, at: number, reading: ChangeLogReading): Endpoint | undefined {
  if (!isInForce(endpoint, at, reading)) return undefined
  const { names, without } = dated(endpoint)
  if (names.length === 0) return endpoint
  const gone = names.filter((name) => !isInForce(endpoint.parameters[name] ?? {}, at, reading))
  if (gone.length === 0) return endpoint
  const key = gone.join(' ')
  const known = without.get(key)
  if (known !== undefined) return known
  const parameters = Object.freeze(Object.fromEntries(Object.entries(endpoint.parameters).filter(([name]) => !gone.includes(name))))
  const left = Object.freeze({ ...endpoint, parameters })
  without.set(key, left)
  return left
}

function dated(endpoint: Endpoint): Dated {
  const known = datedOf.get(endpoint)
  if (known !== undefined) return known
  const names = Object.entries(endpoint.parameters).flatMap(([name, { since, until }]) =>
    since === undefined && until === undefined ? [] : [name],
  )
  const fresh: Dated = { names, without: new Map() }
  datedOf.set(endpoint, fresh)
  return fresh
}
