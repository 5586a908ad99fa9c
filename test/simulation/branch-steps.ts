import { hourMs } from '../../src/time/units.ts'
import type { Engine } from '../../src/venue/engine/engine-interface.ts'
import { checkStep } from './checks.ts'
import { anyCommand, isRefusal } from './command-steps.ts'
import { must } from './must.ts'
import { count, engineOf, type Stage } from './stage.ts'

const snapshotsMax = 3

/** A snapshot is taken, gone back to, or dropped. */
export function snapshotStep(stage: Stage, step: number): void {
  const { draws, venue, snapshots } = stage
  const known = draws.pick([...snapshots.keys()])
  if (known === undefined || (snapshots.size < snapshotsMax && draws.percent(50))) {
    takeSnapshot(stage, step)
    return
  }
  if (draws.percent(25)) {
    stage.note(`venue.dropSnapshot('${known}')`)
    venue.dropSnapshot(known)
    snapshots.delete(known)
    return
  }
  restore(stage, known)
}

function takeSnapshot(stage: Stage, step: number): void {
  const { draws, venue, snapshots } = stage
  const name = `snapshot-${draws.below(1_000_000)}`
  if (snapshots.has(name)) return
  stage.note(`venue.snapshot('${name}')`)
  venue.snapshot(name)
  checkStep(stage, step)
  snapshots.set(name, { shadow: structuredClone(stage.shadow), digest: engineOf(stage).digest() })
  count(stage, 'snapshots')
}

/** Back in the very state, whose books then go on from there. */
function restore(stage: Stage, name: string): void {
  const kept = stage.snapshots.get(name)
  if (kept === undefined) return
  stage.note(`venue.restore('${name}')`)
  stage.venue.restore(name)
  stage.shadow = structuredClone(kept.shadow)
  stage.ear.forget()
  const engine = engineOf(stage)
  const isAsKept = engine.sequence === kept.shadow.sequence
  must(!isAsKept || engine.digest() === kept.digest, () => `the venue restored to ${name} is what it was`)
  must(engine.sequence >= kept.shadow.sequence, () => `the journal of ${name} has all ${kept.shadow.sequence} entries: ${engine.sequence}`)
  count(stage, 'restores')
}

/** A fork plays on: what it does leaves its parent as it is, and told the same as the parent it stays the same. */
export function forkStep(stage: Stage): void {
  const { draws, cast } = stage
  const parent = engineOf(stage)
  const digest = parent.digest()
  const { sequence } = parent
  stage.note('const other = engine.fork(), twin = engine.fork()')
  const other = parent.fork()
  const twin = parent.fork()
  try {
    must(other.digest() === digest, () => 'a fork begins as its parent stands')
    for (let number = draws.between(1, 12); number > 0; number--) {
      try {
        other.apply(anyCommand(draws, other, cast), { at: other.now + draws.below(2 * hourMs) })
      } catch (error) {
        if (!isRefusal(error)) throw error
      }
    }
    must(parent.digest() === digest && parent.sequence === sequence, () => 'what a fork does leaves its parent untouched')
    repeat(other, twin, sequence)
    must(twin.digest() === other.digest(), () => 'two forks told the same are the same')
    count(stage, 'forks')
  } finally {
    other.close()
    twin.close()
  }
}

/** Tells an engine everything another was told after an entry. */
export function repeat(from: Engine, to: Engine, after: number): void {
  for (const { at, id, command } of from.journal(after)) {
    if (command.kind === 'clock-move') to.advanceTo(at)
    else to.apply(command, { at, ...(id === undefined ? {} : { id }) })
  }
  to.advanceTo(Math.max(to.now, from.now))
}
