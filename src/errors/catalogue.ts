import { contractErrors } from './catalogue/contracts.ts'
import { groundErrors } from './catalogue/ground.ts'
import { scenarioErrors } from './catalogue/scenario.ts'
import { storageErrors } from './catalogue/storage.ts'
import { vaultErrors } from './catalogue/vault.ts'
import { venueFaceErrors } from './catalogue/venue-faces.ts'

/** Every error Overdraft raises, by its stable code: one file per part of the house, gathered here. */
export const catalogue = {
  ...contractErrors,
  ...groundErrors,
  ...scenarioErrors,
  ...storageErrors,
  ...vaultErrors,
  ...venueFaceErrors,
}

export type ErrorCode = keyof typeof catalogue
