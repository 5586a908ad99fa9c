import { entry, quoted } from '../entry.ts'

/** Errors of the rules by which a venue gives faults. */
export const venueFaultErrors = {
  'venue.fault-rule-malformed': entry<{ problems: readonly string[] }>({
    exit: 'usage',
    says: ({ problems }) => `the fault cannot be used: ${problems.join('; ')}`,
    remedy: 'Correct the fields named here; docs/faults.md lists every kind with its settings.',
  }),
  'venue.fault-rule-taken': entry<{ name: string }>({
    exit: 'usage',
    says: ({ name }) => `there is a fault called ${quoted(name)} already`,
    remedy: 'Give it another name, leave the name out, or clear the one there is.',
  }),
  'venue.fault-rule-unknown': entry<{ name: string; known: readonly string[] }>({
    exit: 'usage',
    says: ({ name }) => `there is no fault called ${quoted(name)}`,
    remedy: ({ known }) => (known.length === 0 ? 'The venue has no faults.' : `There are: ${known.slice(0, 20).join(', ')}.`),
  }),
  'venue.fault-rules-too-many': entry<{ limit: number }>({
    exit: 'usage',
    says: ({ limit }) => `a venue takes at most ${limit} faults`,
    remedy: 'Clear those that are no longer needed; one rule can be about many endpoints.',
  }),
}
