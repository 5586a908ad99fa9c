import { fail } from '../errors/overdraft-error.ts'
import type { Engine } from './engine/engine-interface.ts'
import type { EngineEvent } from './engine/record.ts'

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
    return eventStream((listener) => this.subscribe(listener), capacity, AbortSignal.any(signals))
  }

  close(): void {
    this.#leave()
    this.#listeners.clear()
    this.#closing.abort()
  }
}

type Subscribe = (listener: (event: VenueEvent) => void) => () => void

/** Listens at once, not only when the first event is asked for: nothing that happens in between is lost. */
function eventStream(subscribe: Subscribe, capacity: number, signal: AbortSignal): AsyncIterableIterator<VenueEvent> {
  const waiting: VenueEvent[] = []
  let isOver = signal.aborted
  let overflowed = false
  let wake = (): void => undefined
  const end = (): void => {
    isOver = true
    leave()
    wake()
  }
  const leave = subscribe((event) => {
    if (waiting.length < capacity) waiting.push(event)
    else {
      overflowed = true
      end()
    }
    wake()
  })
  if (isOver) leave()
  signal.addEventListener('abort', end, { once: true })
  const next = async (): Promise<IteratorResult<VenueEvent>> => {
    for (;;) {
      const event = waiting.shift()
      if (event !== undefined) return { done: false, value: event }
      if (overflowed) {
        overflowed = false
        fail('venue.events-overflow', { capacity })
      }
      if (isOver) return { done: true, value: undefined }
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return {
    next,
    return: async () => {
      waiting.length = 0
      signal.removeEventListener('abort', end)
      end()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
