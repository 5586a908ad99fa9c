import type { Endpoint, Exchange } from '../contracts/contract.ts'
import type { FailureKind } from '../contracts/failure.ts'
import type { Json } from '../json/json.ts'
import type { Budget } from './budget/budget.ts'
import type { WireReply, WireRequest } from './transport/transport.ts'

/** A request ready to travel, and every text in it that no error or event may show. */
export interface ComposedRequest {
  readonly request: WireRequest
  readonly hidden: readonly string[]
}

/** What a reply means, before its contract reads it. */
export type Judgement =
  | { readonly kind: 'success'; readonly json: Json }
  | {
      readonly kind: 'failure'
      readonly failure: FailureKind
      /** The exchange's own code and text. */
      readonly code: string
      readonly text: string
    }
  /** Not an answer of an exchange: HTML, nothing, or cut off. */
  | { readonly kind: 'unreadable'; readonly failure: FailureKind }

/** The part of a refusal that has a name of its own in our catalogue. */
export type NamedRefusal =
  | 'client.wrong-secret'
  | 'client.wrong-passphrase'
  | 'client.unknown-key'
  | 'client.ip-not-allowed'
  | 'client.no-permission'
  | 'client.wrong-environment'
  | 'client.clock-off'

/** What differs between the exchanges when one endpoint is called. */
export interface Dialect {
  readonly exchange: Exchange
  budgetOf(endpoint: Endpoint): Budget
  /** What a ban stops, where that is another than the call's own budget. */
  bannedBudgetOf?(endpoint: Endpoint): Budget
  /** @param signedAt the exchange's time to sign with, epoch ms */
  compose(endpoint: Endpoint, parameters: readonly (readonly [string, string])[], signedAt: number): ComposedRequest
  judge(reply: WireReply): Judgement
  refusalOf(code: string): NamedRefusal | undefined
  /** The call whose reply tells the exchange's time. */
  readonly timeEndpoint: Endpoint
  /** What the time call's reply says: the exchange's time was in `[from, to)`. */
  statedTime(reply: WireReply, value: unknown): { readonly from: number; readonly to: number } | undefined
  /** What any reply says of the time, where that may be believed. */
  statedTimeInPassing(reply: WireReply): { readonly from: number; readonly to: number } | undefined
  /** What the reply says was used of the endpoint's pool, and when the window that was counted ends. */
  statedUsage(reply: WireReply, endpoint: Endpoint): { readonly used: number; readonly windowEndsInMs: number } | undefined
}
