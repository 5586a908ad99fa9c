import { fail } from '../../errors/overdraft-error.ts'
import { rulesVersion } from '../../rules/version.ts'
import { defaultBehaviour, type EngineBehaviour } from './behaviour.ts'
import { checkBehaviour } from './check-behaviour.ts'
import type { Journal } from './journal.ts'

/** What a journal was begun with; the same entries give the same state only under the same origin. */
export interface Origin {
  readonly rulesVersion: number
  readonly startsAt: number
  readonly behaviour: EngineBehaviour
}

const key = 'origin'

/** The origin of a journal that was begun, or the one asked for, which a new journal then keeps. @throws `venue.behaviour-differs`, `venue.rules-differ`, `venue.origin-unreadable` */
export function originOf(journal: Journal, startsAt: number, asked: Partial<EngineBehaviour>): Origin {
  const text = journal.meta(key)
  if (text === undefined) return beginOrigin(journal, startsAt, asked)
  const kept = readOrigin(text)
  if (kept.rulesVersion !== rulesVersion) fail('venue.rules-differ', { kept: kept.rulesVersion, known: rulesVersion })
  for (const [option, value] of Object.entries(asked)) {
    const before = JSON.stringify(kept.behaviour[option as keyof EngineBehaviour])
    if (value !== undefined && JSON.stringify(value) !== before)
      fail('venue.behaviour-differs', { option, kept: before, asked: JSON.stringify(value) })
  }
  return { rulesVersion, startsAt: kept.startsAt, behaviour: { ...defaultBehaviour, ...kept.behaviour } }
}

/** Gives a journal without entries its origin, whatever a beginning that was refused or killed left in it. @throws `venue.behaviour-malformed` */
export function beginOrigin(journal: Journal, startsAt: number, asked: Partial<EngineBehaviour>): Origin {
  // An option that is there without a value is one that was left out.
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
  checkBehaviour(given)
  const begun: Origin = { rulesVersion, startsAt, behaviour: { ...defaultBehaviour, ...given } }
  journal.setMeta(key, JSON.stringify(begun))
  return begun
}

function readOrigin(text: string): Origin {
  try {
    const { rulesVersion: version, startsAt, behaviour } = JSON.parse(text) as Origin
    if (Number.isSafeInteger(version) && Number.isSafeInteger(startsAt) && typeof behaviour === 'object') {
      return { rulesVersion: version, startsAt, behaviour }
    }
  } catch {
    // Said below, with the text.
  }
  return fail('venue.origin-unreadable', { text })
}
