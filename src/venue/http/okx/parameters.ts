import type { Endpoint } from '../../../contracts/contract.ts'
import { type OkxError, okxErrors } from '../../../contracts/okx/errors.ts'
import { readParameters } from '../../../contracts/request.ts'
import type { FaceBehaviour } from '../../behaviour.ts'
import { firstOfEach, type Pair, parameterPairs } from '../parameter-pairs.ts'

export type OkxParameters = { readonly kind: 'values'; readonly values: unknown } | { readonly kind: 'refused'; readonly error: OkxError }

/**
 * The parameters of a call. What the document does not list is not looked at, and what is sent empty counts as not
 * sent: clients do both. Missing ones are 50014, all other mistakes 51000 (facts B2, part C).
 */
export function okxParameters(endpoint: Endpoint, query: string, behaviour: FaceBehaviour): OkxParameters {
  const known = parameterPairs(query).filter(([name, text]) => text !== '' && Object.hasOwn(endpoint.parameters, name))
  const single = behaviour.okxDuplicateParameter === 'first' ? firstOfEach(known) : known
  const pairs = behaviour.okxLimitTooLarge === 'clamp' ? single.map((pair) => clampedLimit(endpoint, pair)) : single
  const read = readParameters(endpoint, pairs)
  if (read.kind === 'read') return { kind: 'values', values: read.values }
  const error = read.kind === 'missing' ? okxErrors.parameterEmpty(read.parameter) : okxErrors.parameterError(read.parameter)
  return { kind: 'refused', error }
}

function clampedLimit(endpoint: Endpoint, pair: Pair): Pair {
  const limitMax = endpoint.cursor?.limitMax
  return limitMax !== undefined && pair[0] === 'limit' && Number(pair[1]) > limitMax ? ['limit', limitMax.toString()] : pair
}
