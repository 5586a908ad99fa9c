import { fail } from '../errors/overdraft-error.ts'
import { parseInstant } from '../time/instant.ts'
import { faceChoices } from '../venue/face-options.ts'
import type { FaultInput } from '../venue/faults/rule.ts'
import { loadFaults } from '../venue/scenarios/fault-file.ts'
import { isShippedScenario } from '../venue/scenarios/scenario.ts'
import { fastestFactor, type StartingMode } from '../venue/venue-clock.ts'
import type { ScenarioChoice, VenueBehaviour } from '../venue/venue-options.ts'

/** @throws `cli.option-malformed` */
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1
  if (port < 0 || port > 65_535)
    fail('cli.option-malformed', { option: '--port', value: text, expected: 'a whole number from 0 to 65535 (0 is any free one)' })
  return port
}

/** @throws `cli.option-malformed` */
export function parseFactor(text: string): number {
  const factor = /^\d{1,7}(\.\d{1,6})?$/.test(text) ? Number(text) : 0
  if (factor <= 0 || factor > fastestFactor)
    fail('cli.option-malformed', { option: '--speed', value: text, expected: `a number above 0 and up to ${fastestFactor}, such as 60` })
  return factor
}

/** How the venue's clock starts: `real`, or from an instant on; stopped, running, or running fast. @throws `time.malformed`, `cli.option-malformed` */
export function startingMode(
  clock: string,
  { frozen, speed }: { readonly frozen?: true; readonly speed?: number },
  now: number,
): StartingMode {
  if (clock === 'real' && !frozen && speed === undefined) return { kind: 'real' }
  const at = clock === 'real' ? now : parseInstant(clock)
  if (at < 0) fail('cli.option-malformed', { option: '--clock', value: clock, expected: 'real, or an instant from 1970 on' })
  return frozen ? { kind: 'frozen', at } : { kind: 'speed', at, factor: speed ?? 1 }
}

/** A shipped scenario by its name, or the path of one. */
export function scenarioChoice(text: string): ScenarioChoice {
  return isShippedScenario(text) ? text : { path: text }
}

/** Rules from a file; their instants count from the one at which the clock was to start. @throws `scenario.unreadable`, `scenario.invalid` */
export function faultsOfFile(path: string, mode: StartingMode, now: number): readonly FaultInput[] {
  return loadFaults(path, { startsAt: mode.kind === 'real' ? now : mode.at, seed: 'overdraft' })
}

/** Options of the venue's behaviour by name, as they were written; the venue itself says whether they can be. */
export type BehaviourArguments = Partial<VenueBehaviour>

/** One more `name=value`: a word, or JSON where it is some. @throws `cli.option-malformed` */
export function addBehaviour(text: string, before: BehaviourArguments = {}): BehaviourArguments {
  const [, name, value] = /^(\w+)=(.+)$/.exec(text) ?? []
  if (name === undefined || value === undefined)
    return fail('cli.option-malformed', { option: '--behaviour', value: text, expected: 'name=value, such as okxLimitTooLarge=clamp' })
  // The words of one option are digits.
  return { ...before, [name]: Object.hasOwn(faceChoices, name) ? value : jsonOr(value) }
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
