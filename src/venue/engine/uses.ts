import { fail } from '../../errors/overdraft-error.ts'
import { boundaryAtOrBefore, everyDayAtMidnightUtc } from '../../time/boundary.ts'
import type { Account } from './account.ts'

/** What an account may do only so often. */
export interface Frequency {
  /** Plural, as it is told of. */
  readonly what: string
  readonly limit: number
  /** As it is told of. */
  readonly window: string
  /** The first instant that still counts at `now`. */
  readonly since: (now: number) => number
}

/** @example rolling('auto-collections', 500, 'a rolling hour', hourMs) */
export function rolling(what: string, limit: number, window: string, lengthMs: number): Frequency {
  return Object.freeze({ what, limit, window, since: (now: number) => now - lengthMs + 1 })
}

export function ofUtcDay(what: string, limit: number): Frequency {
  return Object.freeze({ what, limit, window: 'a UTC day', since: (now: number) => boundaryAtOrBefore(now, everyDayAtMidnightUtc) })
}

/** Returns what notes the use, once the command is carried out. A use that is refused does not count. @throws `venue.too-often` */
export function prepareUse(account: Account, { what, limit, window, since }: Frequency, now: number): () => void {
  const first = since(now)
  const counted = (account.uses.get(what) ?? []).filter((instant) => instant >= first)
  if (counted.length >= limit) fail('venue.too-often', { account: account.label, what, limit, window })
  return () => account.uses.set(what, [...counted, now])
}
