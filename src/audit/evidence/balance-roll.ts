import type { BalanceSnapshot, Movement } from '../../book/record.ts'
import { nextBinanceCharge } from '../../rules/binance-charge-instant.ts'
import { minuteMs, secondMs } from '../../time/units.ts'
import { type Basis, OwedSpans, type Standing } from './owed-spans.ts'
import { unitsOf } from './units.ts'

/** A balance is as old as its reply took; what is not older than this before its reading is not believed to be in it. */
const replyAgeMaxMs = 10 * secondMs
/**
 * Cross margin has no history of coins that come and go. Where two balances and all that is recorded between them add up,
 * coins could still have come before a charge and gone after it, as those do who repay in time; not within this time of it.
 */
const unseenMaxMs = minuteMs

/** What the wallets of an asset held, or what they changed by. */
interface Wallets {
  readonly um: bigint
  readonly cm: bigint
  readonly cross: bigint
}

/** A charge that fell due since the last balance: what had changed until then, without and with what happened at its instant. */
interface Due {
  readonly at: number
  readonly before: Wallets
  after: Wallets
}

const nothing: Wallets = Object.freeze({ um: 0n, cm: 0n, cross: 0n })

/** What of a movement tells what it does to a wallet. */
type MovementOfAsset = Pick<Movement, 'at' | 'stream' | 'kind' | 'amount'>

/** Whether the histories of both futures wallets are proven after one instant and up to another. */
export type FuturesProven = (from: number, to: number) => boolean

/** Rolls one asset of a Binance account from balance to balance, and keeps what it stood at when charges fell due. */
export class BalanceRoll {
  readonly owed = new OwedSpans()
  readonly #futuresProven: FuturesProven
  #last: BalanceSnapshot | undefined
  #changed: Wallets = nothing
  #movedAt = 0
  #dues: Due[] = []
  #nextDue = Number.POSITIVE_INFINITY

  constructor(futuresProven: FuturesProven) {
    this.#futuresProven = futuresProven
  }

  /** Everything recorded of the asset, in the order of its instants. */
  move(movement: MovementOfAsset): void {
    if (this.#last === undefined || movement.at <= this.#last.takenAt) return
    this.#fallDue(movement.at)
    const { um, cm, cross } = this.#changed
    const by = effectOf(movement)
    this.#changed = { um: um + by.um, cm: cm + by.cm, cross: cross + by.cross }
    this.#movedAt = movement.at
    const due = this.#dues.at(-1)
    if (due?.at === movement.at) due.after = this.#changed
  }

  /** A balance of the asset; those of one instant come after the movements of that instant. */
  see(balance: BalanceSnapshot): void {
    this.#fallDue(balance.takenAt)
    const last = this.#last
    const fromOn = Math.max(balance.updatedAt, last?.takenAt ?? 0)
    const unchangedFrom = balance.updatedAt > 0 ? nextBinanceCharge(fromOn) : Number.POSITIVE_INFINITY
    if (last !== undefined) this.#believe(last, balance, unchangedFrom)
    this.#keepUnchanged(balance, unchangedFrom)
    this.#last = balance
    this.#changed = nothing
    this.#movedAt = 0
    this.#dues = []
    this.#nextDue = nextBinanceCharge(balance.takenAt)
  }

  /** Charges that fell due before an instant have not been changed by what happens at it. */
  #fallDue(instant: number): void {
    while (this.#nextDue <= instant) {
      this.#dues.push({ at: this.#nextDue, before: this.#changed, after: this.#changed })
      this.#nextDue = nextBinanceCharge(this.#nextDue)
    }
  }

  #keepUnchanged(balance: BalanceSnapshot, from: number): void {
    const until = balance.takenAt - replyAgeMaxMs
    if (from > until) return
    // The last charge due at or before `until`; charges are a day apart.
    let to = from
    for (let next = nextBinanceCharge(to); next <= until; next = nextBinanceCharge(next)) to = next
    const total = unitsOf(balance.total)
    const um = unitsOf(balance.um)
    this.#add({ from, to, by: 'unchanged', low: total, high: total, um: { low: um, high: um } }, balance)
  }

  #believe(last: BalanceSnapshot, next: BalanceSnapshot, unchangedFrom: number): void {
    const [before, after] = [walletsOf(last), walletsOf(next)]
    const { um, cm, cross } = this.#changed
    if (after.um - before.um !== um || after.cm - before.cm !== cm) return
    if (this.#dues.length === 0 || !this.#futuresProven(last.takenAt, next.takenAt)) return
    const addsUp = after.cross - before.cross === cross && Math.abs(next.updatedAt - this.#movedAt) <= 2 * secondMs
    for (const due of this.#dues) {
      if (due.at >= unchangedFrom || due.at > next.takenAt - replyAgeMaxMs) break
      const isNear = next.updatedAt - due.at <= unseenMaxMs || due.at - last.takenAt <= unseenMaxMs
      this.#add(standingOf(before, due, addsUp && isNear ? 'rolled' : 'futures-alone'), next)
    }
  }

  #add(standing: Omit<Standing, 'readBefore' | 'readAfter' | 'changedAt'>, next: BalanceSnapshot): void {
    this.owed.add({ ...standing, readBefore: this.#last?.takenAt, readAfter: next.takenAt, changedAt: next.updatedAt })
  }
}

function standingOf(start: Wallets, { at, before, after }: Due, by: Basis) {
  const futures = [before, after].map(({ um, cm }) => start.um + um + start.cm + cm) as [bigint, bigint]
  const totals = [before, after].map(({ cross }, place) => (futures[place] ?? 0n) + start.cross + cross) as [bigint, bigint]
  const [low, high] = ordered(by === 'rolled' ? totals : futures)
  const [umLow, umHigh] = ordered([start.um + before.um, start.um + after.um])
  return { from: at, to: at, by, low, high, um: { low: umLow, high: umHigh } }
}

function ordered([left, right]: readonly [bigint, bigint]): readonly [bigint, bigint] {
  return left <= right ? [left, right] : [right, left]
}

function walletsOf({ total, um, cm }: BalanceSnapshot): Wallets {
  const futures = { um: unitsOf(um), cm: unitsOf(cm) }
  return { ...futures, cross: unitsOf(total) - futures.um - futures.cm }
}

/** What comes into a futures wallet as a transfer leaves cross margin (facts A4.3). A repayment takes interest along. */
function effectOf({ stream, kind, amount }: MovementOfAsset): Wallets {
  const units = unitsOf(amount)
  if (stream === 'margin-loans' || stream === 'margin-repayments') return { ...nothing, cross: units }
  const wallet = stream === 'um-income' ? 'um' : stream === 'cm-income' ? 'cm' : undefined
  if (wallet === undefined) return nothing
  return { ...nothing, [wallet]: units, ...(kind === 'TRANSFER' ? { cross: -units } : {}) }
}
