import type { Journal } from '../engine/journal.ts'
import type { FaultInput } from './rule.ts'

const metaKey = 'faults'

/** Keeps the faults of a scenario with the journal that it began, so that a venue started again has them too. */
export function rememberFaults(journal: Journal, faults: readonly FaultInput[]): void {
  if (faults.length > 0) journal.setMeta(metaKey, JSON.stringify(faults))
}

export function rememberedFaults(journal: Journal): readonly FaultInput[] {
  const text = journal.meta(metaKey)
  return text === undefined ? [] : (JSON.parse(text) as FaultInput[])
}
