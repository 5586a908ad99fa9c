import type { EngineEvent } from './record.ts'

type Listener = (event: EngineEvent) => void

/**
 * What happened, told in order once the command or the move of the clock that it belongs to is done: a listener may then
 * ask the engine anything and even command it. While nobody listens nothing is kept.
 */
export class EventQueue {
  readonly #listeners = new Set<Listener>()
  #waiting: EngineEvent[] = []
  #isTelling = false

  subscribe(listener: Listener): () => void {
    // An object of its own, so that one function subscribed twice is told twice and ended one by one.
    const own: Listener = (event) => listener(event)
    this.#listeners.add(own)
    return () => {
      this.#listeners.delete(own)
    }
  }

  get isHeard(): boolean {
    return this.#listeners.size > 0
  }

  add(event: EngineEvent): void {
    if (this.isHeard) this.#waiting.push(event)
  }

  /** Forgets what was not told yet: it was undone. */
  drop(): void {
    this.#waiting = []
  }

  /** Tells what waits. What a listener brings about is told after it, by the outermost call. */
  tell(): void {
    if (this.#isTelling || this.#waiting.length === 0) return
    this.#isTelling = true
    try {
      for (let batch = this.#take(); batch.length > 0; batch = this.#take()) {
        for (const event of batch) for (const listener of [...this.#listeners]) tellOne(listener, event)
      }
    } finally {
      this.#isTelling = false
    }
  }

  #take(): EngineEvent[] {
    const batch = this.#waiting
    this.#waiting = []
    return batch
  }
}

/** A listener that throws is a fault of its own: the command was carried out, and the other listeners are told. */
function tellOne(listener: Listener, event: EngineEvent): void {
  try {
    listener(event)
  } catch (error) {
    process.nextTick(() => {
      throw error
    })
  }
}
