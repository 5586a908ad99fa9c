import { fail } from '../errors/overdraft-error.ts'

/** A named instant of a venue, to which it can go back. */
export interface Snapshot {
  readonly name: string
  /** The venue's instant when it was taken. */
  readonly at: number
  readonly journalLength: number
}

/** How many one venue may have: each holds a whole journal. */
export const snapshotsMax = 1_000

const nameRe = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** @throws `venue.snapshot-name`, `venue.snapshot-taken`, `venue.snapshots-too-many` */
export function checkNewSnapshot(name: string, known: readonly Snapshot[]): void {
  if (typeof name !== 'string' || !nameRe.test(name)) fail('venue.snapshot-name', { name })
  // Not told apart by every file system.
  if (known.some((snapshot) => snapshot.name.toLowerCase() === name.toLowerCase())) fail('venue.snapshot-taken', { name })
  if (known.length >= snapshotsMax) fail('venue.snapshots-too-many', { limit: snapshotsMax })
}

/** @throws `venue.snapshot-unknown` */
export function knownSnapshot(name: string, known: readonly Snapshot[]): Snapshot {
  return (
    known.find((snapshot) => snapshot.name === name) ??
    fail('venue.snapshot-unknown', { name, known: known.map((snapshot) => snapshot.name) })
  )
}
