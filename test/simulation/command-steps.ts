import { isOverdraftError } from '../../src/errors/overdraft-error.ts'
import type { Command } from '../../src/venue/engine/command.ts'
import type { Engine } from '../../src/venue/engine/engine-interface.ts'
import { binanceCommand, okxCommand } from './account-commands.ts'
import type { Cast } from './cast.ts'
import type { Draws } from './draws.ts'
import { marketCommand, oddCommand } from './market-commands.ts'
import { must } from './must.ts'
import { codeOf } from './script.ts'
import { count, engineOf, type Stage } from './stage.ts'

export function anyCommand(draws: Draws, engine: Engine, cast: Cast): Command {
  return draws.weighted<() => Command>([
    [42, () => binanceCommand(draws, engine, cast)],
    [36, () => okxCommand(draws, engine, cast)],
    [18, () => marketCommand(draws, engine)],
    [4, () => oddCommand(draws, engine, cast)],
  ])()
}

/** One command, at the present instant of the venue. What is refused changes nothing but the clock. */
export function commandStep(stage: Stage): void {
  const { draws } = stage
  const engine = engineOf(stage)
  const command = anyCommand(draws, engine, stage.cast)
  const at = stage.venue.clock.now()
  const id = draws.percent(10) ? `id-${draws.below(40)}` : undefined
  const isLookedAtClosely = draws.percent(2)
  stage.note(`engine.apply(${codeOf(command)}, { at: ${at}${id === undefined ? '' : `, id: '${id}'`} })`)
  const sequence = engine.sequence
  if (isLookedAtClosely) engine.advanceTo(at)
  const digest = isLookedAtClosely ? engine.digest() : undefined
  try {
    const entry = engine.apply(command, { at, ...(id === undefined ? {} : { id }) })
    count(stage, entry.sequence <= sequence ? 'commands repeated' : 'commands')
    if (entry.sequence <= sequence) checkUnchanged(engine, sequence, digest)
  } catch (error) {
    if (!isRefusal(error)) throw error
    stage.note('// refused')
    count(stage, 'commands refused')
    checkUnchanged(engine, sequence, digest)
  }
}

/** Several commands in one transaction, each a moment after the one before: all of them or none. */
export function batchStep(stage: Stage): void {
  const { draws, cast } = stage
  const engine = engineOf(stage)
  let at = stage.venue.clock.now()
  const batch = Array.from({ length: draws.between(2, 6) }, () => {
    at += draws.between(1, draws.percent(10) ? 4_000_000 : 1_000)
    const command = draws.percent(60) ? marketCommand(draws, engine) : anyCommand(draws, engine, cast)
    return { command, at }
  })
  stage.note(`engine.applyAll(${codeOf(batch)})`)
  const sequence = engine.sequence
  const digest = engine.digest()
  try {
    engine.applyAll(batch)
    count(stage, 'batches')
  } catch (error) {
    if (!isRefusal(error)) throw error
    stage.note('// refused')
    count(stage, 'batches refused')
    checkUnchanged(engine, sequence, digest)
  }
}

/** A refusal by the engine's rules; anything else is a fault of the venue. */
export function isRefusal(error: unknown): boolean {
  return (
    isOverdraftError(error) &&
    /^(venue|time)\./.test(error.code) &&
    error.code !== 'venue.unbalanced' &&
    error.code !== 'venue.journal-inconsistent'
  )
}

/** @throws Broken when anything but the passing of time is in the journal after that entry */
export function checkUnchanged(engine: Engine, sequence: number, digest: string | undefined): void {
  const later = [...engine.journal(sequence)].filter(({ command }) => command.kind !== 'clock-move')
  must(later.length === 0, () => `what was refused is not in the journal: ${codeOf(later)}`)
  must(digest === undefined || engine.digest() === digest, () => 'what was refused changes nothing')
}
