import type { Verdict } from '../../src/audit/verdict.ts'

/** Where an error stands, as a finding names it. */
export interface Place {
  readonly asset: string
  readonly instId: string
  readonly at: number
  /** Only of a row of margin interest history. */
  readonly txId?: string | undefined
}

/** An error planted among the rows of an account. */
export interface Planted {
  readonly place: Place
  /** Verdicts that say what was done. */
  readonly fits: readonly Verdict[]
}

/** An error that nothing in the book can show; it is counted, and not planted. */
export interface Undetectable {
  readonly undetectable: string
}

/** `undefined`: there was no place left for one of this kind. */
export type Attempt = Planted | Undetectable | undefined

export const doubted = ['within-rounding', 'hidden-digits', 'unexplained'] as const satisfies readonly Verdict[]
