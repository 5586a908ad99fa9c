import { listenerStream } from '../listener-stream.ts'
import type { EventStreamOptions } from '../venue-events.ts'
import type { StreamReader } from './user-streams.ts'

const capacityDefault = 10_000

/** A user data stream as a loop over the texts of its events. @throws `venue.events-overflow` from the loop when its reader is too slow */
export function eventTexts(
  open: (reader: StreamReader) => () => void,
  { signal, capacity = capacityDefault }: EventStreamOptions = {},
): AsyncIterableIterator<string> {
  const over = new AbortController()
  const signals = [over.signal, ...(signal === undefined ? [] : [signal])]
  return listenerStream<string>((event) => open({ event, ended: () => over.abort() }), capacity, AbortSignal.any(signals))
}
