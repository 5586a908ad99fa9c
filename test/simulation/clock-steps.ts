import { dayMs, hourMs, minuteMs } from '../../src/time/units.ts'
import { isRefusal } from './command-steps.ts'
import { count, engineOf, type Stage } from './stage.ts'

/** The venue's time moves on, by whichever way there is. */
export async function clockStep(stage: Stage): Promise<void> {
  const { draws, venue } = stage
  const now = venue.clock.now()
  const target = targetAfter(stage, now)
  count(stage, 'moves of the clock')
  const move = draws.weighted<() => void | Promise<void>>([
    [10, () => moveVenueTo(stage, target)],
    [4, () => moveEngineTo(stage, target)],
    [4, () => moveInPieces(stage, target)],
    [4, () => passRealTime(stage, target - now)],
    [1, () => changeMode(stage, target)],
  ])
  await move()
}

/** Mostly minutes, sometimes days; often a boundary to the millisecond, or a millisecond beside it. */
function targetAfter({ draws }: Stage, now: number): number {
  const within = (ms: number) => now + 1 + draws.below(ms)
  const beside = (everyMs: number) => Math.max(now, everyMs * (Math.floor(now / everyMs) + 1) + draws.between(-1, 1))
  return draws.weighted<() => number>([
    [6, () => within(minuteMs)],
    [6, () => within(3 * hourMs)],
    [5, () => beside(hourMs)],
    [3, () => beside(dayMs)],
    [2, () => beside(10 * minuteMs)],
    [1, () => now],
    [2, () => within(2 * dayMs)],
    [1, () => within(draws.percent(10) ? 40 * dayMs : 6 * dayMs)],
  ])()
}

function moveVenueTo(stage: Stage, target: number): void {
  stage.note(`venue.clock.advanceTo(${target})`)
  stage.venue.clock.advanceTo(target)
}

function moveEngineTo(stage: Stage, target: number): void {
  stage.note(`engine.advanceTo(${target})`)
  engineOf(stage).advanceTo(target)
}

/** Looks at the engine between the pieces; now and then the way is left to whoever asks next. */
function moveInPieces(stage: Stage, target: number): void {
  const { draws, cast } = stage
  const engine = engineOf(stage)
  const pieces = draws.percent(70) ? Number.POSITIVE_INFINITY : draws.below(20)
  stage.note(`advance in ${pieces} pieces: engine.advancing(${target})`)
  let taken = 0
  for (const _ of engine.advancing(target)) {
    taken += 1
    engine.okxCharges({ account: cast.okx[0].account, limit: 3 })
    engine.binanceCharges({ account: cast.binance[0].account, limit: 3 })
    if (taken >= pieces) break
  }
}

async function passRealTime(stage: Stage, ms: number): Promise<void> {
  const mode = stage.venue.clock.mode()
  const realMs = mode.kind === 'speed' && mode.factor > 0 ? Math.ceil(ms / mode.factor) : ms
  stage.note(`await real.advanceBy(${realMs}); while (!venue.clock.catchUp());`)
  await stage.real.advanceBy(realMs)
  while (!stage.venue.clock.catchUp());
}

function changeMode(stage: Stage, target: number): void {
  const { clock } = stage.venue
  // Not faster: a venue that goes back to a running clock makes up for all the real time since.
  const factor = stage.draws.pick([1, 2, 3, 0.5, 0, -1, Number.NaN, 1_000_001])
  const [code, act] = stage.draws.pick<readonly [string, () => void]>([
    ['venue.clock.freeze()', () => clock.freeze()],
    [`venue.clock.freeze(${target})`, () => clock.freeze(target)],
    [`venue.clock.run({ factor: ${factor} })`, () => clock.run({ factor })],
    ['venue.clock.real()', () => clock.real()],
    ['venue.clock.advanceTo(1)', () => clock.advanceTo(1)],
  ])
  stage.note(code)
  try {
    act()
  } catch (error) {
    if (!isRefusal(error)) throw error
    stage.note('// refused')
  }
}
