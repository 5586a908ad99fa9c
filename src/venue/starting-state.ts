import { fail } from '../errors/overdraft-error.ts'
import type { Clock } from '../time/clock.ts'
import type { EngineBehaviour } from './engine/behaviour.ts'
import type { ClockMode } from './engine/command.ts'
import { createEngine } from './engine/engine.ts'
import type { EngineFiles } from './engine/engine-files.ts'
import type { Engine } from './engine/engine-interface.ts'
import type { Journal } from './engine/journal.ts'
import { beginOrigin } from './engine/origin.ts'
import { rememberFaults } from './faults/remembered-faults.ts'
import { scenarioFaults } from './scenarios/fault-rules.ts'
import {
  applyScenario,
  isShippedScenario,
  loadScenario,
  type Scenario,
  scenarioCommands,
  shippedScenario,
  shippedScenarios,
} from './scenarios/scenario.ts'
import { rememberAccess } from './venue-access.ts'
import { checkStartingMode, type StartingMode } from './venue-clock.ts'
import type { ScenarioChoice } from './venue-options.ts'

/** What a new journal begins with. */
export interface Beginning {
  readonly scenario: ScenarioChoice
  readonly mode: StartingMode
  readonly real: Clock
  readonly behaviour: Partial<EngineBehaviour>
}

/** The engine of a journal that was begun: it goes on where that ends. @throws `storage.*`, `venue.*` */
export function resume(files: EngineFiles, { behaviour }: Beginning): Engine {
  return createEngine({ startsAt: 0, ...files, behaviour })
}

/**
 * Fills a new journal: the scenario up to the instant at which the clock starts, then the clock. All of it is one
 * transaction, so that a venue killed meanwhile begins anew.
 *
 * @throws `scenario.*`, `venue.clock-*`
 */
export function begin(files: EngineFiles, { scenario, mode, real, behaviour }: Beginning): Engine {
  checkStartingMode(mode)
  const endsAt = mode.kind === 'real' ? real.now() : mode.at
  const chosen = scenarioOf(scenario)
  const unfolded = scenarioCommands(chosen, endsAt)
  rememberAccess(files.journal, unfolded.access)
  rememberFaults(files.journal, scenarioFaults(chosen, endsAt))
  beginOrigin(files.journal, unfolded.startsAt, behaviour)
  const engine = createEngine({ startsAt: unfolded.startsAt, ...files, behaviour })
  try {
    applyScenario(engine, unfolded, [{ command: { kind: 'set-clock', mode: clockMode(mode, real) }, at: endsAt }])
  } catch (error) {
    engine.close({ isDiscarded: true })
    throw error
  }
  return engine
}

/** Whether nothing was ever written to the journal. */
export function isNew(journal: Journal): boolean {
  for (const _ of journal.read()) return false
  return true
}

function scenarioOf(choice: ScenarioChoice): Scenario {
  if (typeof choice === 'string') {
    if (isShippedScenario(choice)) return shippedScenario(choice)
    // Only a caller without types comes here.
    return fail('scenario.unreadable', { file: choice, reason: `it is none of those that are shipped: ${shippedScenarios.join(', ')}` })
  }
  return 'path' in choice ? loadScenario(choice.path) : choice
}

function clockMode(mode: StartingMode, real: Clock): ClockMode {
  switch (mode.kind) {
    case 'real':
      return mode
    case 'frozen':
      return { kind: 'frozen', anchorMs: mode.at }
    case 'speed':
      return { kind: 'speed', anchorMs: mode.at, anchorRealMs: real.now(), factor: mode.factor }
  }
}
