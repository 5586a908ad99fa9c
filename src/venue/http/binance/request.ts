import { type SplitSignature, splitSignature } from '../../../contracts/binance/signing.ts'
import type { FaceBehaviour } from '../../behaviour.ts'
import type { ExchangeCall } from '../exchange-call.ts'
import { firstOfEach, type Pair, parameterPairs } from '../parameter-pairs.ts'

/** A request's parameters, and the texts they were signed as. */
export interface SentParameters {
  readonly split: SplitSignature
  /** Without the signature. */
  readonly pairs: readonly Pair[]
}

/**
 * Reads query and body. A GET has parameters in its query only; elsewhere the same name in both counts once, as the
 * query has it (facts A1). The same name twice within one of them stays twice, for the check to see.
 */
export function sentParameters(call: ExchangeCall, behaviour: FaceBehaviour): SentParameters {
  const split = splitSignature(call.query, call.method === 'GET' ? '' : call.body)
  const fromQuery = parameterPairs(split.query)
  const fromBody = parameterPairs(split.body)
  const pairs = fromBody.length === 0 ? fromQuery : [...fromQuery, ...fromBody.filter(([name]) => !has(fromQuery, name))]
  return { split, pairs: behaviour.binanceDuplicateParameter === 'first' ? firstOfEach(pairs) : pairs }
}

function has(pairs: readonly Pair[], name: string): boolean {
  return pairs.some(([other]) => other === name)
}
