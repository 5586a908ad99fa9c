import { entry, quoted } from '../entry.ts'

/** Errors of the venue as an instrument: its snapshots and those who listen to it. */
export const venueSnapshotErrors = {
  'venue.snapshot-unknown': entry<{ name: string; known: readonly string[] }>({
    exit: 'usage',
    says: ({ name }) => `the venue has no snapshot ${quoted(name)}`,
    remedy: ({ known }) => (known.length === 0 ? 'Take a snapshot first.' : `Name one it has: ${known.join(', ')}.`),
  }),
  'venue.snapshot-taken': entry<{ name: string }>({
    exit: 'usage',
    says: ({ name }) => `there is already a snapshot ${quoted(name)}`,
    remedy: 'Choose another name, or drop that snapshot first.',
  }),
  'venue.snapshot-name': entry<{ name: unknown }>({
    exit: 'usage',
    says: ({ name }) => `${quoted(name)} is not a name for a snapshot`,
    remedy: 'Use 1 to 64 letters, digits, hyphens, underscores and dots, beginning with a letter or a digit.',
  }),
  'venue.snapshots-too-many': entry<{ limit: number }>({
    exit: 'usage',
    says: ({ limit }) => `the venue has ${limit} snapshots already`,
    remedy: 'Drop one that is no longer needed.',
  }),
  'venue.events-overflow': entry<{ capacity: number }>({
    exit: 'usage',
    says: ({ capacity }) => `more than ${capacity} events of the venue waited for their reader, and further ones were lost`,
    remedy: 'Read faster, give a larger capacity, or subscribe with a function instead.',
  }),
  'venue.closed': entry<{ what: string }>({
    exit: 'usage',
    says: ({ what }) => `${what} is not possible: the venue is closed`,
    remedy: 'Ask it before closing it, or start another venue.',
  }),
}
