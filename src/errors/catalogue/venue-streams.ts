import { entry, quoted } from '../entry.ts'

/** Errors of the user data stream. */
export const venueStreamErrors = {
  'venue.listen-key-unknown': entry<{ listenKey: string }>({
    exit: 'refused',
    says: ({ listenKey }) => `there is no listen key ${quoted(listenKey)}, or it is not valid any more`,
    remedy: 'Ask for one with POST /papi/v1/listenKey; it is valid for 60 minutes by the clock of the venue, and PUT extends it.',
  }),
  'venue.stream-origin-refused': entry<{ origin: string }>({
    exit: 'refused',
    says: ({ origin }) => `a stream to the web page ${quoted(origin)} is refused`,
    remedy: 'Connect from a program, or from a page that the venue itself serves.',
  }),
  'venue.stream-path-unknown': entry<{ path: string }>({
    exit: 'usage',
    says: ({ path }) => `there is no stream at ${quoted(path)}`,
    remedy: 'Connect to /pm/ws/<listenKey> or /pm/stream?streams=<listenKey>; /pm-classic/… is that of PRO accounts.',
  }),
  'venue.streams-too-many': entry<{ limit: number }>({
    exit: 'refused',
    says: ({ limit }) => `${limit} streams are open, and no more can be`,
    remedy: 'Close some of them.',
  }),
}
