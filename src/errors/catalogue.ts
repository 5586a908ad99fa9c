import { auditErrors } from './catalogue/audit.ts'
import { bookErrors } from './catalogue/book.ts'
import { certificateErrors } from './catalogue/certificate.ts'
import { cliErrors } from './catalogue/cli.ts'
import { clientErrors } from './catalogue/client.ts'
import { contractErrors } from './catalogue/contracts.ts'
import { forecastErrors } from './catalogue/forecast.ts'
import { groundErrors } from './catalogue/ground.ts'
import { importErrors } from './catalogue/imports.ts'
import { reportErrors } from './catalogue/report.ts'
import { scenarioErrors } from './catalogue/scenario.ts'
import { storageErrors } from './catalogue/storage.ts'
import { syncErrors } from './catalogue/sync.ts'
import { vaultErrors } from './catalogue/vault.ts'
import { venueEngineErrors } from './catalogue/venue-engine.ts'
import { venueFaceErrors } from './catalogue/venue-faces.ts'
import { venueFaultErrors } from './catalogue/venue-faults.ts'
import { venueMarginErrors } from './catalogue/venue-margin.ts'
import { venueProErrors } from './catalogue/venue-pro.ts'
import { venueSnapshotErrors } from './catalogue/venue-snapshots.ts'
import { venueStreamErrors } from './catalogue/venue-streams.ts'

/** Every error Overdraft raises, by its stable code: one file per part of the house, gathered here. */
export const catalogue = {
  ...auditErrors,
  ...bookErrors,
  ...certificateErrors,
  ...cliErrors,
  ...clientErrors,
  ...contractErrors,
  ...forecastErrors,
  ...groundErrors,
  ...importErrors,
  ...reportErrors,
  ...scenarioErrors,
  ...storageErrors,
  ...syncErrors,
  ...vaultErrors,
  ...venueFaceErrors,
  ...venueFaultErrors,
  ...venueEngineErrors,
  ...venueMarginErrors,
  ...venueProErrors,
  ...venueSnapshotErrors,
  ...venueStreamErrors,
}

export type ErrorCode = keyof typeof catalogue
