import { fail, isOverdraftError } from '../../errors/overdraft-error.ts'
import type { Engine } from '../engine/engine-interface.ts'
import type { UnfoldedScenario } from './scenario-commands.ts'
import type { TimedCommand } from './timed-command.ts'

/**
 * Feeds an unfolded scenario to the engine, and `after` behind it, in one transaction. What the engine refuses is named
 * by its line in the scenario file.
 *
 * @throws `scenario.refused` with nothing applied; whatever the engine throws for commands without a place
 */
export function applyScenario(engine: Pick<Engine, 'applyAll'>, { commands }: UnfoldedScenario, after: readonly TimedCommand[] = []): void {
  let last: TimedCommand | undefined
  function* oneByOne(): Generator<TimedCommand> {
    for (const next of [...commands, ...after]) {
      last = next
      yield next
    }
    last = undefined
  }
  try {
    engine.applyAll(oneByOne())
  } catch (error) {
    if (last?.place === undefined || !isOverdraftError(error)) throw error
    fail('scenario.refused', { ...last.place, reason: error.message, remedy: error.remedy }, error)
  }
}
