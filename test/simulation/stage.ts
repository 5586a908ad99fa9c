import type { ManualClock } from '../../src/time/manual-clock.ts'
import type { EngineBehaviour } from '../../src/venue/engine/behaviour.ts'
import type { Engine } from '../../src/venue/engine/engine-interface.ts'
import type { Venue, VenueOptions } from '../../src/venue/index.ts'
import type { Cast } from './cast.ts'
import type { Draws } from './draws.ts'
import type { Ear } from './ear.ts'
import type { FaultyStorage } from './faulty-storage.ts'
import type { Shadow } from './shadow.ts'

/** A venue as it stood when it was kept. */
export interface Kept {
  readonly shadow: Shadow
  readonly digest: string
}

/** Everything one run holds in its hands. */
export interface Stage {
  readonly draws: Draws
  readonly real: ManualClock
  readonly cast: Cast
  readonly options: VenueOptions
  /** What the journal was begun with. */
  readonly startsAt: number
  readonly behaviour: Partial<EngineBehaviour>
  readonly snapshots: Map<string, Kept>
  /** What the venue told of its own faults. */
  readonly faultsTold: unknown[]
  venue: Venue
  storage: FaultyStorage
  shadow: Shadow
  readonly ear: Ear
  /** The folder the venue lives in; undefined in memory. */
  folder: string | undefined
  /** Folders to be removed in the end. */
  readonly folders: string[]
  readonly counts: Map<string, number>
  /** Writes what is done, as code where it is code. */
  note(line: string): void
}

export function engineOf(stage: Stage): Engine {
  return stage.venue.engine
}

export function count(stage: Stage, what: string): void {
  stage.counts.set(what, (stage.counts.get(what) ?? 0) + 1)
}
