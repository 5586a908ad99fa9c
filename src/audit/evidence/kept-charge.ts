import { zero } from '../../decimal/decimal.ts'
import { copyOf } from '../copied-charge.ts'
import type { Objection, SeenCharge } from '../evidence.ts'
import type { ChargeName, Finding, Step } from '../finding.ts'
import { findingId } from '../finding-id.ts'
import { contradicted, differenceOf } from '../finding-of.ts'

/** A charge that is looked at again later: the audit fills the one it shows again for the next row. */
export function kept(charge: SeenCharge): SeenCharge {
  return copyOf(charge)
}

/** What of a charge is needed where it stands beside the one that is looked at. */
export type ChargeBeside = Pick<SeenCharge, 'account' | 'series' | 'at' | 'rateMantissa' | 'rateScale'>

/** As `kept`, at a fraction of its price. */
export function keptBeside({ account, series, at, rateMantissa, rateScale }: SeenCharge): ChargeBeside {
  return { account, series, at, rateMantissa, rateScale }
}

/** A finding about a charge that only later rows decided. */
export function findingOf(charge: SeenCharge, objection: Objection): Finding {
  return contradicted(charge, objection, [])
}

/** A charge that should be there. */
export function missing(name: ChargeName, due: Objection['due'], sentence: string, steps: readonly Step[]): Finding {
  const verdict = 'missing'
  const difference = differenceOf(zero, due)
  return Object.freeze({ id: findingId(name, verdict), verdict, charge: name, charged: zero, due, difference, sentence, steps })
}
