import { dayMs, minuteMs } from '../../../time/units.ts'

/** What the ledger says of one call. `usedWeight` is that of the running minute, this call included. */
export type WeightVerdict =
  | { readonly kind: 'allowed'; readonly usedWeight: number }
  | { readonly kind: 'limited'; readonly usedWeight: number; readonly retryAfterSeconds: number }
  | { readonly kind: 'banned'; readonly usedWeight: number; readonly retryAfterSeconds: number; readonly bannedUntil: number }

interface Caller {
  minute: number
  usedWeight: number
  rejections: number
  bannedUntil: number
  bans: number
}

interface Rules {
  readonly limit: number
  /** How many calls of one minute are answered with 429 before the next is a ban. */
  readonly rejectionsBeforeBan: number
  /** When false, weight is counted and nobody turned away. */
  readonly enforced: boolean
}

const firstBanMs = 2 * minuteMs
const longestBanMs = 3 * dayMs
const callersMax = 10_000

/**
 * Weight per address and full minute (facts A1.2). Rejected calls count too; who goes on while rejected is banned, for
 * two minutes at first and twice as long each time, up to three days. Who stays quiet for three days starts afresh.
 */
export class WeightLedger {
  readonly #rules: Rules
  readonly #callers = new Map<string, Caller>()

  constructor(rules: Rules) {
    this.#rules = rules
  }

  /** Counts one call of `weight` from `ip` at `now`; `limit` where it is not what it always is. */
  spend(ip: string, weight: number, now: number, limit = this.#rules.limit): WeightVerdict {
    const caller = this.#callerAt(ip, now)
    caller.usedWeight += weight
    const { usedWeight } = caller
    // Where limits are only counted, there is a ban only if a fault made one.
    if (now < caller.bannedUntil) return banned(caller, now)
    if (!this.#rules.enforced || usedWeight <= limit) return { kind: 'allowed', usedWeight }
    caller.rejections += 1
    return caller.rejections > this.#rules.rejectionsBeforeBan ? newlyBanned(caller, now) : limited(caller, now)
  }

  /** Counts one call, and turns it away whatever is left of the limit: once more rejected, or banned for longer than before. */
  turnAway(ip: string, weight: number, now: number, how: 'limited' | 'banned'): Exclude<WeightVerdict, { kind: 'allowed' }> {
    const caller = this.#callerAt(ip, now)
    caller.usedWeight += weight
    if (now < caller.bannedUntil) return banned(caller, now)
    caller.rejections += 1
    return how === 'banned' ? newlyBanned(caller, now) : limited(caller, now)
  }

  #callerAt(ip: string, now: number): Caller {
    const minute = Math.floor(now / minuteMs)
    const known = this.#callers.get(ip)
    if (known === undefined) {
      this.#makeRoom()
      const caller: Caller = { minute, usedWeight: 0, rejections: 0, bannedUntil: 0, bans: 0 }
      this.#callers.set(ip, caller)
      return caller
    }
    if (known.minute !== minute) {
      known.minute = minute
      known.usedWeight = 0
      known.rejections = 0
    }
    if (known.bans > 0 && now >= known.bannedUntil + longestBanMs) known.bans = 0
    return known
  }

  #makeRoom(): void {
    if (this.#callers.size < callersMax) return
    const oldest = this.#callers.keys().next().value
    if (oldest !== undefined) this.#callers.delete(oldest)
  }
}

function limited({ usedWeight, minute }: Caller, now: number): Exclude<WeightVerdict, { kind: 'allowed' }> {
  return { kind: 'limited', usedWeight, retryAfterSeconds: Math.ceil(((minute + 1) * minuteMs - now) / 1_000) }
}

function newlyBanned(caller: Caller, now: number): Exclude<WeightVerdict, { kind: 'allowed' }> {
  caller.bannedUntil = now + Math.min(firstBanMs * 2 ** caller.bans, longestBanMs)
  caller.bans += 1
  return banned(caller, now)
}

function banned(caller: Caller, now: number): Exclude<WeightVerdict, { kind: 'allowed' }> {
  const { usedWeight, bannedUntil } = caller
  return { kind: 'banned', usedWeight, bannedUntil, retryAfterSeconds: Math.ceil((bannedUntil - now) / 1_000) }
}
