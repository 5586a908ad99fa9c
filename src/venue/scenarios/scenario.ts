import { readScenario } from './read-scenario.ts'
import type { Scenario } from './scenario-data.ts'
import { readScenarioFile, type ShippedScenario, shippedPath } from './shipped-files.ts'

export { applyScenario } from './apply-scenario.ts'
export { scenarioCommands } from './scenario-commands.ts'
export type { Scenario } from './scenario-data.ts'
export { isShippedScenario, type ShippedScenario, shippedScenarios } from './shipped-files.ts'

/** Reads a scenario file in YAML or JSON. @throws `scenario.unreadable`, `scenario.invalid` with line, column and field */
export function loadScenario(path: string): Scenario {
  return readScenario(readScenarioFile(path), path)
}

/** Reads a scenario from text; `file` names it in errors, and key files are looked for beside it. @throws `scenario.invalid` */
export function parseScenario(text: string, file: string): Scenario {
  return readScenario(text, file)
}

/** A scenario that comes with the package. @throws `scenario.unreadable` */
export function shippedScenario(name: ShippedScenario): Scenario {
  return loadScenario(shippedPath(`${name}.yaml`))
}

/** Two Binance accounts and one OKX account with 400 days of history. */
export function defaultScenario(): Scenario {
  return shippedScenario('default')
}

/** One account on each exchange with keys and nothing else: for the test suites of bots. */
export function emptyScenario(): Scenario {
  return shippedScenario('empty')
}
