import type { FaceBehaviour } from '../behaviour.ts'
import type { ApiKey } from '../engine/command.ts'
import type { Engine } from '../engine/engine-interface.ts'

/** One call that passed every check of its face, and what is needed to answer it. */
export interface Question<Values> {
  readonly engine: Engine
  /** The label of the account whose key signed; empty for calls that need no key. */
  readonly account: string
  /** The key that signed; OKX alone tells its owner of it. */
  readonly key?: ApiKey | undefined
  readonly values: Values
  readonly now: number
  readonly behaviour: FaceBehaviour
}
