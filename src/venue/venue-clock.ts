import { fail } from '../errors/overdraft-error.ts'
import { everyDayAtMidnightUtc, everyHour, nextBoundary } from '../time/boundary.ts'
import { type Clock, steadyNow, type WaitOptions } from '../time/clock.ts'
import { isoInstant } from '../time/instant.ts'
import { dayMs, hourMs } from '../time/units.ts'
import type { ClockMode } from './engine/command.ts'
import type { Engine } from './engine/engine-interface.ts'
import { Wakeups } from './wakeups.ts'

/** How the venue's clock starts in a new venue. */
export type StartingMode =
  | { readonly kind: 'real' }
  | { readonly kind: 'frozen'; readonly at: number }
  | { readonly kind: 'speed'; readonly at: number; readonly factor: number }

/** The farthest one command may move the clock: every boundary on the way fires before it returns. */
export const farthestMoveMs = 3_660 * dayMs
/** Beyond this an instant has more than four digits of a year and no longer prints as ISO 8601. */
export const latestInstant = 253_402_300_799_999
export const fastestFactor = 1_000_000
/** How long one slice of catching up may keep others waiting. */
const sliceMs = 4
/** How long a step may take in all: who changes something waits for the end of the step under way. */
const stepTookMs = 50

/** @throws `venue.clock-instant`, `venue.clock-factor` for a mode no clock can start in */
export function checkStartingMode(mode: StartingMode): void {
  if (mode.kind === 'real') return
  checkInstant(mode.at)
  if (mode.kind === 'speed') checkFactor(mode.factor)
}

function checkInstant(instant: number): void {
  if (!Number.isSafeInteger(instant) || instant < 0 || instant > latestInstant) fail('venue.clock-instant', { instant })
}

function checkFactor(factor: number): void {
  if (!Number.isFinite(factor) || factor <= 0 || factor > fastestFactor) fail('venue.clock-factor', { factor, fastest: fastestFactor })
}

/** The instant a mode shows when the real clock shows `realNow`. */
export function instantOf(mode: ClockMode, realNow: number): number {
  switch (mode.kind) {
    case 'real':
      return realNow
    case 'frozen':
      return mode.anchorMs
    case 'speed':
      return mode.anchorMs + Math.floor(Math.max(realNow - mode.anchorRealMs, 0) * mode.factor)
  }
}

/** How many of the venue's milliseconds pass in one real millisecond. */
function factorOf(mode: ClockMode): number {
  return mode.kind === 'frozen' ? 0 : mode.kind === 'speed' ? mode.factor : 1
}

/** Twice as far while that takes well below its time: few entries in the journal for a long way, and no step of seconds. */
function nextStep(stepMs: number, tookMs: number): number {
  if (tookMs >= stepTookMs) return Math.max(Math.floor(stepMs / 2), hourMs)
  return tookMs < stepTookMs / 2 ? stepMs * 2 : stepMs
}

/** A step of catching up that has begun: histories are answered between its pieces, as of before the boundary it crosses. */
interface Step {
  readonly engine: Engine
  readonly pieces: Generator<void>
  tookMs: number
}

const followsReal: ClockMode = Object.freeze({ kind: 'real' })

interface Options {
  readonly real: Clock
  /** The present engine, which keeps the mode: a reset replaces it. */
  readonly engine: () => Engine
}

/**
 * The venue's time, drawn from a real clock: real, frozen, or running fast. It never goes backwards. Every change of
 * mode is a journaled command of the engine, so that a venue started again goes on where its clock says it is; a
 * running clock has run on meanwhile, as an exchange does that nobody looks at.
 */
export class VenueClock implements Clock {
  readonly #real: Clock
  readonly #engine: () => Engine
  readonly #wakeups = new Wakeups()
  /** How far the next step of catching up goes beyond what is due. */
  #stepMs = hourMs
  #step: Step | undefined

  constructor(options: Options) {
    this.#real = options.real
    this.#engine = options.engine
  }

  /**
   * The present instant: never before what the engine has already seen, and never past a boundary that has not fired.
   * While much is due the clock lags behind the real one, and shows how far the venue has come.
   */
  now(): number {
    const engine = this.#engine()
    const target = instantOf(this.mode(), this.#real.now())
    return target <= engine.now ? engine.now : Math.max(Math.min(target, engine.nextDue() - 1), engine.now)
  }

  /**
   * Fires what a running clock has crossed, for about `sliceMs` of real time at most, so that nobody is kept waiting by
   * a boundary with many charges, or by a venue that was stopped for long. What is left is due at the next call.
   *
   * @returns whether nothing is left
   */
  catchUp(): boolean {
    const began = steadyNow(this.#real)
    for (;;) {
      const step = this.#stepUnderWay() ?? this.#nextStep()
      if (step === undefined) {
        this.#stepMs = hourMs
        return true
      }
      const pieceBegan = steadyNow(this.#real)
      const isDone = step.pieces.next().done === true
      const pieceEnded = steadyNow(this.#real)
      step.tookMs += pieceEnded - pieceBegan
      if (isDone) {
        this.#step = undefined
        this.#stepMs = nextStep(this.#stepMs, step.tookMs)
      }
      if (pieceEnded - began >= sliceMs) return this.#step === undefined && this.#target() <= step.engine.now
    }
  }

  /** Ends the step of catching up that has begun, before something is changed at the instant that the clock shows then. */
  finish(): void {
    const step = this.#stepUnderWay()
    this.#step = undefined
    if (step !== undefined) for (const _ of step.pieces);
  }

  /** Of an engine that was replaced meanwhile nothing is under way any more. */
  #stepUnderWay(): Step | undefined {
    return this.#step?.engine === this.#engine() ? this.#step : undefined
  }

  #nextStep(): Step | undefined {
    const engine = this.#engine()
    const target = this.#target()
    if (target <= engine.now) return undefined
    const due = engine.nextDue()
    const until = due > target ? target : Math.min(target, due + this.#stepMs)
    this.#step = { engine, pieces: engine.advancing(until), tookMs: 0 }
    return this.#step
  }

  #target(): number {
    return instantOf(this.mode(), this.#real.now())
  }

  /** Real ms until something is due; infinite when nothing is, or the clock is frozen. */
  realMsUntilDue(): number {
    const mode = this.mode()
    const due = this.#engine().nextDue()
    if (mode.kind === 'frozen' || due === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY
    const dueReal = mode.kind === 'real' ? due : mode.anchorRealMs + (due - mode.anchorMs) / mode.factor
    return Math.max(Math.ceil(dueReal - this.#real.now()), 0)
  }

  mode(): ClockMode {
    return this.#engine().clockMode ?? followsReal
  }

  /** Stops the clock where it stands, or at a later instant. @throws `time.clock-backwards` */
  freeze(at?: number, id?: string): void {
    this.finish()
    const now = this.now()
    this.#freeze(at ?? now, now, id)
  }

  #freeze(at: number, now: number, id: string | undefined): void {
    requireReachable(at, now)
    this.#set({ kind: 'frozen', anchorMs: at }, at, id)
  }

  /** Moves on by `ms`; every boundary on the way fires, in order. A frozen clock stays frozen, a running one runs on. */
  advanceBy(ms: number, id?: string): void {
    if (!Number.isSafeInteger(ms) || ms < 0) fail('venue.clock-step', { ms })
    this.finish()
    const now = this.now()
    this.#moveTo(now + ms, now, id)
  }

  /** Moves on to the next full hour, or the next 00:00 UTC: what is due then has been charged when it returns. */
  advanceToNext(boundary: 'hour' | 'day', id?: string): void {
    this.finish()
    const now = this.now()
    this.#moveTo(nextBoundary(now, boundary === 'hour' ? everyHour : everyDayAtMidnightUtc), now, id)
  }

  /** Moves on to `instant`. @throws `time.clock-backwards`, `venue.clock-too-far` */
  advanceTo(instant: number, id?: string): void {
    this.finish()
    this.#moveTo(instant, this.now(), id)
  }

  /** Runs `factor` times as fast as the real clock, from the present or a later instant on. @throws `venue.clock-factor` */
  run(options: { readonly factor: number; readonly at?: number }, id?: string): void {
    const { factor } = options
    checkFactor(factor)
    this.finish()
    const now = this.now()
    const at = options.at ?? now
    requireReachable(at, now)
    this.#set({ kind: 'speed', anchorMs: at, anchorRealMs: this.#real.now(), factor }, at, id)
  }

  /** Follows the real clock again. @throws `time.clock-backwards` when the venue is ahead of it */
  real(id?: string): void {
    this.finish()
    const now = this.now()
    const target = this.#real.now()
    requireReachable(target, now)
    this.#set({ kind: 'real' }, target, id)
  }

  /** Resolves once the venue's clock has moved on by `ms`, however it moves. */
  async wait(ms: number, signal?: AbortSignal, options?: WaitOptions): Promise<void> {
    const due = this.now() + Math.max(ms, 0)
    do {
      await this.#waitOnce(due, signal, options)
      this.catchUp()
    } while (this.now() < due)
  }

  /** Those who wait look at the clock again: after the engine was replaced, its mode may be another. */
  wake(): void {
    this.#wakeups.wakeAll()
  }

  #moveTo(target: number, now: number, id: string | undefined): void {
    requireReachable(target, now)
    const mode = this.mode()
    const moved: ClockMode =
      mode.kind === 'frozen'
        ? { kind: 'frozen', anchorMs: target }
        : { kind: 'speed', anchorMs: target, anchorRealMs: this.#real.now(), factor: factorOf(mode) }
    this.#set(moved, target, id)
  }

  #set(mode: ClockMode, at: number, id: string | undefined): void {
    this.#engine().apply({ kind: 'set-clock', mode }, { at, ...(id === undefined ? {} : { id }) })
    this.#wakeups.wakeAll()
  }

  async #waitOnce(due: number, signal: AbortSignal | undefined, options: WaitOptions | undefined): Promise<void> {
    signal?.throwIfAborted()
    const left = due - this.now()
    if (left <= 0) return
    const factor = factorOf(this.mode())
    const woken = new AbortController()
    const abort = () => woken.abort()
    signal?.addEventListener('abort', abort, { once: true })
    const forget = this.#wakeups.add(abort)
    try {
      const realMs = factor === 0 ? Number.POSITIVE_INFINITY : Math.max(Math.ceil(left / factor), 1)
      await untilAborted(realMs === Number.POSITIVE_INFINITY ? undefined : this.#real.wait(realMs, woken.signal, options), woken.signal)
    } finally {
      forget()
      signal?.removeEventListener('abort', abort)
    }
    signal?.throwIfAborted()
  }
}

/** @param now read once beside the target: a running clock moves on between two looks at it */
function requireReachable(target: number, now: number): void {
  checkInstant(target)
  if (target < now) fail('time.clock-backwards', { now, target })
  if (target - now > farthestMoveMs)
    fail('venue.clock-too-far', { now: isoInstant(now), target: isoInstant(target), days: farthestMoveMs / dayMs })
}

/** Resolves when the wait is over or the signal fires, whichever comes first. */
function untilAborted(waiting: Promise<void> | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
    waiting?.then(resolve, () => resolve())
  })
}
