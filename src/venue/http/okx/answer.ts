import type { PrintedReplyOf } from '../../../contracts/contract.ts'
import type { okxEndpoints } from '../../../contracts/endpoints.ts'
import type { OkxError } from '../../../contracts/okx/errors.ts'
import type { ValuesFor } from '../../../contracts/request.ts'
import type { Question } from '../question.ts'

export type OkxEndpoints = typeof okxEndpoints
export type OkxName = keyof OkxEndpoints

export type OkxAnswer<Data> = { readonly kind: 'data'; readonly data: Data } | { readonly kind: 'error'; readonly error: OkxError }

/** How one endpoint is answered: with the `data` of its envelope. */
export type OkxAnswerOf<Name extends OkxName> = (
  question: Question<ValuesFor<OkxEndpoints[Name]>>,
) => OkxAnswer<PrintedReplyOf<OkxEndpoints[Name]>['data']>

/** One for every contract: an endpoint without an answer does not compile. */
export type OkxAnswers = { readonly [Name in OkxName]: OkxAnswerOf<Name> }
