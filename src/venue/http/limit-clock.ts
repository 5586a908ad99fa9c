import type { Clock } from '../../time/clock.ts'
import type { FaceBehaviour } from '../behaviour.ts'
import type { VenueClock } from '../venue-clock.ts'

/**
 * The time the rate limits run on: the venue's, and while that is frozen (if the behaviour says so) the venue's plus
 * the real time since. Otherwise nobody who once met a limit of a frozen venue could ever call it again.
 */
export function limitClock(clock: VenueClock, real: Clock, behaviour: FaceBehaviour): () => number {
  if (behaviour.limitsWhileFrozen === 'stand-still') return () => clock.now()
  let frozenSinceReal: number | undefined
  return () => {
    if (clock.mode().kind !== 'frozen') {
      frozenSinceReal = undefined
      return clock.now()
    }
    frozenSinceReal ??= real.now()
    return clock.now() + Math.max(real.now() - frozenSinceReal, 0)
  }
}
