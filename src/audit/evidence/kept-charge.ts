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
