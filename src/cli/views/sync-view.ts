import type { StreamOutcome, SyncOutcome } from '../../sync/sync-outcome.ts'
import type { Column } from '../output/sheet.ts'

interface Row {
  readonly outcome: SyncOutcome
  /** Absent where the account failed before any of its streams. */
  readonly stream: StreamOutcome | undefined
}

export function syncRows(outcomes: readonly SyncOutcome[]): readonly Row[] {
  return outcomes.flatMap((outcome): Row[] =>
    outcome.streams.length === 0 ? [{ outcome, stream: undefined }] : outcome.streams.map((stream) => ({ outcome, stream })),
  )
}

export const syncColumns: readonly Column<Row>[] = [
  { field: 'account', header: 'ACCOUNT', value: ({ outcome }) => outcome.account },
  { field: 'stream', header: 'HISTORY', value: ({ stream }) => stream?.stream ?? null },
  { field: 'added', header: 'NEW', align: 'right', value: ({ stream }) => stream?.added ?? null },
  { field: 'rows', header: 'READ', align: 'right', value: ({ stream }) => stream?.rows ?? null },
  { field: 'pages', header: 'REQUESTS', align: 'right', value: ({ stream }) => stream?.pages ?? null },
  {
    field: 'provenPercent',
    header: 'PROVEN',
    align: 'right',
    value: provenPercent,
    shown: (row) => (provenPercent(row) === null ? '-' : `${provenPercent(row)} %`),
  },
  { field: 'ended', header: '', value: ({ outcome, stream }) => (stream ?? outcome).ended, shown: shownEnd },
  { field: 'doneBy', value: ({ outcome }) => outcome.doneBy ?? null },
  { field: 'error', value: codeOf },
]

function shownEnd({ outcome, stream }: Row): string {
  const { doneBy } = outcome
  const { ended } = stream ?? outcome
  return doneBy === undefined ? ended : `${ended} by ${doneBy}`
}

/** What a history's own requests met, or else what ended the account. */
function codeOf({ outcome, stream }: Row): string | null {
  if (stream?.error !== undefined) return stream.error.code
  return (stream ?? outcome).ended === 'failed' ? (outcome.error?.code ?? null) : null
}

/** In tenths, never rounded up to 100; unknown where a sync ended before it asked for anything. */
function provenPercent({ stream }: Row): number | null {
  if (stream === undefined || (stream.ended !== 'done' && stream.pages === 0)) return null
  return Math.floor(stream.provenFraction * 1_000) / 10
}
