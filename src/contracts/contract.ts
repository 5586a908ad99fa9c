import type { Lifetime } from './lifetime.ts'
import type { ArgumentsOf, ParameterTable } from './parameter.ts'
import type { PrintedOf, ValueOf, WireType } from './wire-type.ts'

export type Exchange = 'binance' | 'okx'

/**
 * What a call costs, from which pool. Binance counts weight per IP (on sapi for some endpoints per user, and on papi for
 * some against the orders of the account) over a minute; OKX counts calls per endpoint and user (private) or IP (public)
 * over a few seconds.
 */
export type Cost =
  | {
      readonly kind: 'weight'
      readonly pool: 'ip' | 'uid' | 'orders'
      readonly weight: number
      /** What it costs instead when this parameter is not sent. */
      readonly without?: { readonly parameter: string; readonly weight: number }
    }
  | { readonly kind: 'calls'; readonly pool: 'user' | 'ip'; readonly calls: number; readonly perMs: number }

/** What the exchange does with a history request whose start lies further back than the window allows. */
export type WhenTooOld = 'clamp-start' | 'reject'

/** The time-window rules of a history endpoint. Both bounds of a request are inclusive on Binance. */
export interface TimeWindow {
  /** The longest span one request may ask for. */
  readonly maxMs: number
  /** How the document words it: `30 days`, `3 months`. */
  readonly maxWording: string
  /** The span taken when a bound is left out; absent where both bounds are mandatory. */
  readonly defaultMs?: number
  /** When only the start is sent and lies further back than `maxMs`. */
  readonly whenTooOld: WhenTooOld
}

/** Cursor paging, as OKX does it: rows older than `after`, newer than `before`, by default strictly. */
export interface Cursor {
  readonly field: string
  /** Whether the rows at the cursor itself are left out. */
  readonly exclusive: boolean
  readonly limitMax: number
  /** How far back the exchange keeps rows; absent where the document does not say. */
  readonly retentionMs?: number
}

/** With `since` where its release is dated: before it the path was not known. */
export interface Endpoint<Table extends ParameterTable = ParameterTable, Reply extends WireType<unknown> = WireType<unknown>>
  extends Lifetime {
  readonly kind: 'endpoint'
  readonly exchange: Exchange
  /** Unique within its exchange, in kebab-case; the typed client's function has the same name in camelCase. */
  readonly name: string
  readonly title: string
  /** The address of the document that states it. */
  readonly document: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  /**
   * `NONE` needs no key; `USER_DATA` and `READ` a key that may read; `TRADE` one that may change the account.
   * `USER_STREAM` and `MARKET_DATA` take the key in its header without a signature.
   */
  readonly security: 'NONE' | 'USER_DATA' | 'READ' | 'TRADE' | 'USER_STREAM' | 'MARKET_DATA'
  /** Whether a call changes the account: only `src/repay/` may make it, and it is never sent twice. */
  readonly changesState: boolean
  readonly cost: Cost
  readonly parameters: Table
  readonly window?: TimeWindow
  readonly cursor?: Cursor
  readonly order?: 'newest-first' | 'oldest-first'
  readonly reply: Reply
  /** The document's notes, in our words, for the reference page. */
  readonly notes: readonly string[]
  /** The document's own examples as compact JSON, comments removed. */
  readonly examples: readonly string[]
}

/** States one endpoint. */
export function endpoint<Table extends ParameterTable, Reply extends WireType<unknown>>(
  stated: Omit<Endpoint<Table, Reply>, 'kind'>,
): Endpoint<Table, Reply> {
  for (const part of [stated.parameters, stated.cost, stated.window, stated.cursor, stated.notes, stated.examples]) Object.freeze(part)
  return Object.freeze({ kind: 'endpoint', ...stated })
}

/** Whether a call has to be signed, and says when: with a key alone, or with none, it is not. */
export function needsSignature({ security }: Pick<Endpoint, 'security'>): boolean {
  return security === 'USER_DATA' || security === 'READ' || security === 'TRADE'
}

export type ArgumentsFor<Stated> = Stated extends Endpoint<infer Table, infer _> ? ArgumentsOf<Table> : never
export type ReplyOf<Stated> = Stated extends Endpoint<infer _, infer Reply> ? ValueOf<Reply> : never
/** What whoever answers prints: as `ReplyOf`, with every field that the document shows. */
export type PrintedReplyOf<Stated> = Stated extends Endpoint<infer _, infer Reply> ? PrintedOf<Reply> : never
