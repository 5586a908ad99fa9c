import type { BinanceError } from '../../../contracts/binance/errors.ts'
import type { ReplyOf } from '../../../contracts/contract.ts'
import type { binanceEndpoints } from '../../../contracts/endpoints.ts'
import type { ValuesFor } from '../../../contracts/request.ts'
import type { FaceBehaviour } from '../../behaviour.ts'
import type { Engine } from '../../engine/engine-interface.ts'

export type BinanceEndpoints = typeof binanceEndpoints
export type BinanceName = keyof BinanceEndpoints

/** One call that passed every check, and what is needed to answer it. */
export interface Question<Values> {
  readonly engine: Engine
  /** The label of the account whose key signed; empty for calls that need no key. */
  readonly account: string
  readonly values: Values
  readonly now: number
  readonly behaviour: FaceBehaviour
  /** Grows with every change of the engine's state. */
  readonly revision: number
}

export type Answer<Reply> = { readonly kind: 'reply'; readonly reply: Reply } | { readonly kind: 'error'; readonly error: BinanceError }

/** How one endpoint is answered. */
export type AnswerOf<Name extends BinanceName> = (
  question: Question<ValuesFor<BinanceEndpoints[Name]>>,
) => Answer<ReplyOf<BinanceEndpoints[Name]>>

/** One for every contract: an endpoint without an answer does not compile. */
export type Answers = { readonly [Name in BinanceName]: AnswerOf<Name> }

export function reply<Reply>(value: Reply): Answer<Reply> {
  return { kind: 'reply', reply: value }
}

export function refuse(error: BinanceError): { readonly kind: 'error'; readonly error: BinanceError } {
  return { kind: 'error', error }
}
