import type { Endpoint } from '../contracts/contract.ts'
import type { Stream, StreamKind } from './stream.ts'

/**
 * What an answer is about. An answer is complete only if each history that it rests on is proven at every instant it rests
 * on. `charges`: interest, status and their exports; `statement`: whatever changes a debt.
 */
export type Answer = 'charges' | 'auto-exchanges' | 'movements' | 'statement' | 'audit'

/** How far back an endpoint answers, ms before now. Sources may conflict. */
export interface Retention {
  /** The shortest that any source states: an empty reply proves nothing that is older. */
  readonly shortestMs: number
  /** The longest that any source states: a sync asks back to here, and takes what is shown. */
  readonly longestMs: number
}

/** A documented way to rows that the endpoint no longer shows. */
export interface OtherWay {
  /** Rows from here on, epoch ms; absent where it reaches back a fixed span. */
  readonly since?: number
  /** Rows of this much of the past, ms. */
  readonly reachMs?: number
  /** What to do, for people. */
  readonly says: string
}

/** One kind of history of an exchange: how it is asked for, when it may be believed, and what rests on it. */
export interface HistoryEntry {
  readonly kind: StreamKind
  /** Whether each asset is asked for on its own. */
  readonly isOfAsset: boolean
  /** What is asked; its cost and the instant from which on it is known are the contract's. */
  readonly endpoint: Endpoint
  /** The longest span one request may ask for; absent where a page alone bounds it. */
  readonly windowMs?: number
  /** The most rows one reply brings; absent where there is no such bound. */
  readonly pageRows?: number
  /** Rows may still appear this long after their instant: nothing newer counts as proven (decision 4). */
  readonly settleMs: number
  /** This much of the newest past is read again by every sync, proven or not. */
  readonly overlapMs: number
  /** Absent where no source states a limit. */
  readonly retention?: Retention
  /** Where the wanted history begins when nothing else is said, epoch ms; absent where `retention` says it. */
  readonly begins?: number
  /** The same, reckoned back from when the account was added. */
  readonly beginsBeforeAddedMs?: number
  readonly answers: readonly Answer[]
  readonly otherWay?: OtherWay
}

/** A history of an account: an entry of the table, and the name of its rows and proofs. */
export interface History extends HistoryEntry {
  readonly stream: Stream
}
