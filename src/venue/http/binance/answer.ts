import type { BinanceError } from '../../../contracts/binance/errors.ts'
import type { PrintedReplyOf } from '../../../contracts/contract.ts'
import type { binanceEndpoints } from '../../../contracts/endpoints.ts'
import type { ValuesFor } from '../../../contracts/request.ts'
import type { ApiKey } from '../../engine/command.ts'
import type { ListenKeyDesk } from '../../streams/user-streams.ts'
import type { Question } from '../question.ts'

export type BinanceEndpoints = typeof binanceEndpoints
export type BinanceName = keyof BinanceEndpoints

export interface BinanceQuestion<Values> extends Question<Values> {
  /** Grows with every change of the engine's state. */
  readonly revision: number
  /** The key that the call came with; absent where none is asked for. */
  readonly key: ApiKey | undefined
  readonly listenKeys: ListenKeyDesk
}

export type Answer<Reply> = { readonly kind: 'reply'; readonly reply: Reply } | { readonly kind: 'error'; readonly error: BinanceError }

/** How one endpoint is answered. */
export type AnswerOf<Name extends BinanceName> = (
  question: BinanceQuestion<ValuesFor<BinanceEndpoints[Name]>>,
) => Answer<PrintedReplyOf<BinanceEndpoints[Name]>>

/** One for every contract: an endpoint without an answer does not compile. */
export type Answers = { readonly [Name in BinanceName]: AnswerOf<Name> }

export function reply<Reply>(value: Reply): Answer<Reply> {
  return { kind: 'reply', reply: value }
}

export function refuse(error: BinanceError): { readonly kind: 'error'; readonly error: BinanceError } {
  return { kind: 'error', error }
}
