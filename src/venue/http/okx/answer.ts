import type { ReplyOf } from '../../../contracts/contract.ts'
import type { okxEndpoints } from '../../../contracts/endpoints.ts'
import type { OkxError } from '../../../contracts/okx/errors.ts'
import type { ValuesFor } from '../../../contracts/request.ts'
import type { FaceBehaviour } from '../../behaviour.ts'
import type { Engine } from '../../engine/engine-interface.ts'

export type OkxEndpoints = typeof okxEndpoints
export type OkxName = keyof OkxEndpoints

/** One call that passed every check, and what is needed to answer it. */
export interface OkxQuestion<Values> {
  readonly engine: Engine
  /** The label of the account whose key signed; empty for calls that need no key. */
  readonly account: string
  readonly values: Values
  readonly now: number
  readonly behaviour: FaceBehaviour
}

export type OkxAnswer<Data> = { readonly kind: 'data'; readonly data: Data } | { readonly kind: 'error'; readonly error: OkxError }

/** How one endpoint is answered: with the `data` of its envelope. */
export type OkxAnswerOf<Name extends OkxName> = (
  question: OkxQuestion<ValuesFor<OkxEndpoints[Name]>>,
) => OkxAnswer<ReplyOf<OkxEndpoints[Name]>['data']>

/** One for every contract: an endpoint without an answer does not compile. */
export type OkxAnswers = { readonly [Name in OkxName]: OkxAnswerOf<Name> }
