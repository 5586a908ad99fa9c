import type { Engine } from './engine/engine-interface.ts'
import type { EngineEvent } from './engine/record.ts'
import { listenerStream } from './listener-stream.ts'

/** What a venue tells: what happens in its engine, and that the whole state became another. */
export type VenueEvent =
  | EngineEvent
  /** From here on everything is as it was at the beginning, or at the snapshot. */
  | { readonly kind: 'replaced'; readonly at: number; readonly by: 'reset' | 'restore' }

export interface EventStreamOptions {
  /** Ends the stream, as closing the venue does. */
  readonly signal?: AbortSignal
  /** How many events may wait for their reader; default 10,000. */
  readonly capacity?: number
}

const capacityDefault = 10_000

/** Those who listen to a venue, whichever engine it has at the time. */
export class VenueEvents {
  readonly #listeners = new Set<(event: VenueEvent) => void>()
  readonly #closing = new AbortController()
  readonly #onFault: (error: unknown) => void
  #leave: () => void = () => undefined

  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault
  }

  /** From now on it is this engine that is listened to. */
  follow(engine: Engine): void {
    this.#leave()
    this.#leave = engine.subscribe((event) => this.tell(event))
  }

  tell(event: VenueEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event)
      } catch (error) {
        // The venue goes on, and so do the other listeners.
        this.#onFault(error)
      }
    }
  }

  subscribe(listener: (event: VenueEvent) => void): () => void {
    const own = (event: VenueEvent): void => listener(event)
    this.#listeners.add(own)
    return () => {
      this.#listeners.delete(own)
    }
  }

  /** Every event from this call on. @throws `venue.events-overflow` from the loop when its reader is too slow */
  stream({ signal, capacity = capacityDefault }: EventStreamOptions = {}): AsyncIterableIterator<VenueEvent> {
    const signals = [this.#closing.signal, ...(signal === undefined ? [] : [signal])]
    return listenerStream<VenueEvent>((listener) => this.subscribe(listener), capacity, AbortSignal.any(signals))
  }

  close(): void {
    this.#leave()
    this.#listeners.clear()
    this.#closing.abort()
  }
}
