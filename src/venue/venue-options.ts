import type { Clock } from '../time/clock.ts'
import type { FaceBehaviour } from './behaviour.ts'
import type { EngineBehaviour } from './engine/behaviour.ts'
import type { FaultInput } from './faults/rule.ts'
import type { Scenario, ShippedScenario } from './scenarios/scenario.ts'
import type { StartingMode } from './venue-clock.ts'

/** Everything the venue does where the documents are silent, by name: see `FaceBehaviour` and `EngineBehaviour`. */
export type VenueBehaviour = FaceBehaviour & EngineBehaviour

/** One that is shipped (`default` has 400 days of history, `empty` accounts and keys alone), or a file of your own by its path. */
export type ScenarioChoice = ShippedScenario | Scenario | { readonly path: string }

export interface VenueOptions {
  /** Where real time comes from; default the machine's clock. */
  readonly clock?: Clock
  /** How the clock of a new venue starts; default real. The clock of an existing journal goes on as it was. */
  readonly mode?: StartingMode
  /** What a new venue begins with; default `default`. An existing journal wins over it. */
  readonly scenario?: ScenarioChoice
  /** The directory of the journal; left out, the venue is kept in memory. */
  readonly data?: string
  /** What opens the admin face; default random. */
  readonly adminToken?: string
  readonly behaviour?: Partial<VenueBehaviour>
  /** What goes wrong on purpose, from the beginning; docs/faults.md lists the kinds. Default nothing. */
  readonly faults?: readonly FaultInput[]
  /** Told of faults of the venue itself (its disk, its code), never of what callers do wrong. */
  readonly onFault?: (error: unknown) => void
}

/** What a fork may have of its own; everything else it takes from its origin. */
export type ForkOptions = Pick<VenueOptions, 'clock' | 'adminToken' | 'faults' | 'onFault'>
