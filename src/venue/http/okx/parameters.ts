import type { Endpoint } from '../../../contracts/contract.ts'
import { readJsonBody } from '../../../contracts/json-body.ts'
import { type OkxError, okxErrors } from '../../../contracts/okx/errors.ts'
import { readParameters } from '../../../contracts/request.ts'
import type { FaceBehaviour } from '../../behaviour.ts'
import type { ExchangeCall } from '../exchange-call.ts'
import { firstOfEach, type Pair, parameterPairs } from '../parameter-pairs.ts'

export type OkxParameters = { readonly kind: 'values'; readonly values: unknown } | { readonly kind: 'refused'; readonly error: OkxError }

type Sent = { readonly kind: 'pairs'; readonly pairs: readonly Pair[] } | { readonly kind: 'refused'; readonly error: OkxError }

const jsonTypeRe = /^application\/json\s*(?:;|$)/i

/**
 * The parameters of a call: of a GET in its query, of a POST in its JSON body (facts B1). What the document does not list
 * is not looked at, and what is sent empty counts as not sent: clients do both. Missing ones are 50014, all other
 * mistakes 51000 (facts B2, part C).
 */
export function okxParameters(endpoint: Endpoint, call: ExchangeCall, behaviour: FaceBehaviour): OkxParameters {
  const sent: Sent = endpoint.method === 'GET' ? { kind: 'pairs', pairs: parameterPairs(call.query) } : inBody(endpoint, call, behaviour)
  if (sent.kind === 'refused') return sent
  const known = sent.pairs.filter(([name, text]) => text !== '' && Object.hasOwn(endpoint.parameters, name))
  const single = behaviour.okxDuplicateParameter === 'first' ? firstOfEach(known) : known
  const pairs = behaviour.okxLimitTooLarge === 'clamp' ? single.map((pair) => clampedLimit(endpoint, pair)) : single
  const read = readParameters(endpoint, pairs)
  if (read.kind === 'read') return { kind: 'values', values: read.values }
  return refused(read.kind === 'missing' ? okxErrors.parameterEmpty(read.parameter) : okxErrors.parameterError(read.parameter))
}

function inBody(endpoint: Endpoint, { header, body }: ExchangeCall, behaviour: FaceBehaviour): Sent {
  if (!jsonTypeRe.test(header('content-type') ?? '')) return refused(okxErrors.badContentType())
  if (body === '') return refused(okxErrors.emptyBody())
  const read = readJsonBody(endpoint, body, behaviour.okxBodyTypes)
  switch (read.kind) {
    case 'pairs':
      return read
    case 'not-json':
      return refused(okxErrors.jsonSyntax())
    case 'wrong-type':
      return refused(okxErrors.parameterError(read.parameter))
  }
}

function refused(error: OkxError): { readonly kind: 'refused'; readonly error: OkxError } {
  return { kind: 'refused', error }
}

function clampedLimit(endpoint: Endpoint, pair: Pair): Pair {
  const limitMax = endpoint.cursor?.limitMax
  return limitMax !== undefined && pair[0] === 'limit' && Number(pair[1]) > limitMax ? ['limit', limitMax.toString()] : pair
}
