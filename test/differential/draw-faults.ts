import { dayMs, hourMs, minuteMs, secondMs } from '../../src/time/units.ts'
import { faultKindNames } from '../../src/venue/faults/kinds.ts'
import type { FaultInput } from '../../src/venue/index.ts'
import type { Draws } from '../simulation/draws.ts'

type Settings = Readonly<Record<string, unknown>>

/** Of each kind settings as they hurt a sync; kinds that are not listed need none. */
const settings: Readonly<Record<string, (draws: Draws) => Settings>> = {
  'rate-limited': (draws) => ({ seconds: draws.between(0, 70) }),
  'request-error': (draws) => ({ status: draws.pick([500, 502, 504]) }),
  'okx-rate-limited': (draws) => ({ form: draws.pick(['gateway', 'business']) }),
  'html-page': (draws) => ({ status: draws.pick([200, 403, 502]) }),
  slow: (draws) => ({ ms: draws.pick([5, 900, 9_000, 11_000, 40_000]) }),
  'clock-skew': (draws) => ({ ms: draws.pick([-1, 1]) * draws.pick([2 * secondMs, 40 * secondMs, 20 * minuteMs, 3 * hourMs]) }),
  'cut-off': (draws) => ({ bytes: draws.between(0, 2_000) }),
  'reply-lost': (draws) => ({ answer: draws.pick(['reset', 'silence', 'outcome-unknown', 'timeout', 'html-page', 'empty-reply']) }),
  'rows-late': (draws) => ({ ms: draws.pick([minuteMs, 9 * minuteMs, 40 * minuteMs, 5 * hourMs, 2 * dayMs]) }),
  'rows-missing': (draws) => ({ share: draws.pick([0.01, 0.1, 0.5, 1]) }),
  'rows-torn': (draws) => ({ newest: draws.between(1, 12) }),
  'rows-twice': (draws) => ({ share: draws.pick([0.05, 0.5, 1]) }),
  'total-off': (draws) => ({ by: draws.pick([-3, -1, 1, 4]) }),
}

/** After these nobody answers for up to three days. */
const banKinds: ReadonlySet<string> = new Set(['banned', 'rate-limited'])

/**
 * A few rules at once, most of them on some calls only, so that a sync comes through them somewhere.
 * @param isPatient whether the world may pass the days that bans last
 */
export function drawFaults(draws: Draws, isPatient: boolean): readonly FaultInput[] {
  return Array.from(
    {
      length: draws.weighted([
        [1, 0],
        [3, 1],
        [3, 2],
        [2, 4],
      ]),
    },
    () => {
      const drawn = faultKindNames[draws.below(faultKindNames.length)] ?? 'reset'
      const kind = banKinds.has(drawn) && !isPatient ? 'reset' : drawn
      const probability = draws.pick([0.05, 0.3, 0.8])
      const often = draws.percent(60) ? { count: draws.between(1, 5) } : {}
      const after = draws.percent(30) ? { after: draws.below(6) } : {}
      return {
        kind,
        probability,
        ...often,
        ...after,
        seed: String(draws.below(1_000_000)),
        ...settings[kind]?.(draws),
      } as unknown as FaultInput
    },
  )
}
