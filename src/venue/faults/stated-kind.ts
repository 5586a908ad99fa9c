import type { Exchange } from '../../contracts/contract.ts'
import type { Settings } from './setting.ts'

/** One kind of fault: what it does to a call, and what of it can be set. */
export interface StatedKind {
  readonly exchange: Exchange | 'both'
  /**
   * `refused`: the call is never carried out. `lost`: it is carried out exactly once, but its sender does not learn it.
   * `altered`: it is answered as usual, but late, or as if something else were so.
   */
  readonly outcome: 'refused' | 'lost' | 'altered'
  /** Whether it decides what comes back: of several such faults on one call the first wins. */
  readonly exclusive: boolean
  /** How often it is given when the rule does not say; left out, always. */
  readonly count?: number
  readonly says: string
  readonly settings: Settings
}
