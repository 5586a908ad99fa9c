import type { FaultInput } from '../faults/rule.ts'
import { scenarioFaults } from './fault-rules.ts'
import { faultsReader } from './read-faults.ts'
import { record, required } from './readers.ts'
import { Reading } from './reading.ts'
import { readScenarioFile } from './shipped-files.ts'

export interface FaultFileOptions {
  /** The accounts that a rule may name; left out, any. */
  readonly labels?: Iterable<string>
  /** What `+90m` counts from, and `end` is; epoch ms UTC. */
  readonly startsAt: number
  /** Of the rules that have none of their own. */
  readonly seed: string
}

/**
 * Reads a file of nothing but `faults`, as a scenario has them (docs/faults.md), in YAML or JSON.
 * @throws `scenario.unreadable`, `scenario.invalid` with line, column and field
 */
export function loadFaults(path: string, { labels, startsAt, seed }: FaultFileOptions): readonly FaultInput[] {
  const reading = new Reading(path)
  const known = labels === undefined ? undefined : new Set(labels)
  const read = record({ faults: required(faultsReader(known)) })(reading.root(readScenarioFile(path)))
  reading.failOnFaults()
  if (read === undefined) throw new Error('a file of faults that was not read has no fault')
  return scenarioFaults({ name: path, seed, faults: read.value.faults }, startsAt)
}
