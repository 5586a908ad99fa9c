import {
  type BinanceEventName,
  type BinanceEventPayload,
  parseBinanceEvent,
  printBinanceEvent,
} from '../../contracts/binance/stream-events.ts'
import { fail } from '../../errors/overdraft-error.ts'
import type { FaceBehaviour } from '../behaviour.ts'
import type { Engine } from '../engine/engine-interface.ts'
import type { VenueClock } from '../venue-clock.ts'
import type { VenueEvent } from '../venue-events.ts'
import { AccountFeed } from './account-feed.ts'
import { type ListenKey, ListenKeys } from './listen-keys.ts'

/** The listen key of an account, as the calls about it see it. */
export interface ListenKeyDesk {
  /** The active key, or a new one. */
  start(account: string, now: number): string
  /** Whether there is a key to extend. */
  keepAlive(account: string, now: number): boolean
  /** Whether there was a key to close. */
  close(account: string, now: number): boolean
}

/** Why a stream ended. */
export type StreamEnd = 'key-expired' | 'key-closed' | 'venue-replaced' | 'venue-closed'

/** Somebody to whom a stream is told. */
export interface StreamReader {
  /** One event as compact JSON. */
  event(text: string): void
  /** Nothing more comes. */
  ended(why: StreamEnd): void
}

/** Which of the two streams of an account: `pm` tells everything, `pm-classic` is that of PRO. */
export type StreamScope = 'pm' | 'pm-classic'

interface Options {
  readonly engine: () => Engine
  readonly clock: VenueClock
  readonly behaviour: FaceBehaviour
  readonly subscribe: (listener: (event: VenueEvent) => void) => unknown
  readonly onFault: (error: unknown) => void
}

interface OpenStream {
  readonly key: string
  readonly feed: AccountFeed
  readonly readers: Map<StreamReader, StreamScope>
}

const always: ReadonlySet<BinanceEventName> = new Set(['riskLevelChange', 'listenKeyExpired'])

/**
 * The user data streams of a venue. Nothing is kept for those who do not listen: a stream begins with what happens after
 * it was opened. A listen key expires by the venue's clock, before anything that happens at that instant or later is told.
 */
export class UserStreams implements ListenKeyDesk {
  readonly #options: Options
  readonly #keys = new ListenKeys()
  readonly #open = new Map<string, OpenStream>()
  /** Those who are told nothing any more, or never were, but whose connection stays. */
  readonly #silenced = new Set<StreamReader>()
  #watch: AbortController | undefined

  constructor(options: Options) {
    this.#options = options
    options.subscribe((event) => this.#hear(event))
  }

  start(account: string, now: number): string {
    this.#expire(now)
    return this.#keys.start(account, now).text
  }

  keepAlive(account: string, now: number): boolean {
    this.#expire(now)
    return this.#keys.keepAlive(account, now) !== undefined
  }

  close(account: string, now: number): boolean {
    this.#expire(now)
    const closed = this.#keys.close(account, now)
    if (closed !== undefined) this.#end(closed.account, 'key-closed')
    return closed !== undefined
  }

  /** Tells the reader what happens from now on; the function returned ends it. @throws `venue.listen-key-unknown` */
  open(listenKey: string, reader: StreamReader, scope: StreamScope = 'pm'): () => void {
    this.#expire(this.#options.clock.now())
    const key = this.#keys.find(listenKey)
    if (key === undefined) {
      if (this.#options.behaviour.binanceUnknownListenKey === 'refuse') fail('venue.listen-key-unknown', { listenKey })
      this.#silenced.add(reader)
    } else {
      this.#streamOf(key).readers.set(reader, scope)
      this.#watchExpiry()
    }
    return () => this.#leave(key?.account, reader)
  }

  /**
   * Tells the readers of an account an event that somebody made up.
   *
   * @returns how many were told
   * @throws `venue.account-unknown`, `venue.wrong-exchange`, `contract.event-unknown`, `contract.wrong-shape`, `json.malformed`
   */
  emit(account: string, event: string | object): number {
    const { exchange } = this.#options.engine().accountState(account)
    if (exchange !== 'binance') fail('venue.wrong-exchange', { account, exchange, command: 'an event of the user data stream' })
    const payload = parseBinanceEvent(typeof event === 'string' ? event : JSON.stringify(event))
    this.#expire(this.#options.clock.now())
    const stream = this.#open.get(account)
    return stream === undefined ? 0 : this.#tell(stream, payload)
  }

  /** Every stream ends and every key is forgotten. */
  clear(why: StreamEnd): void {
    this.#keys.clear()
    for (const account of [...this.#open.keys()]) this.#end(account, why)
    for (const reader of [...this.#silenced]) this.#tellEnd(reader, why)
    this.#silenced.clear()
    this.#watch?.abort()
  }

  #hear(event: VenueEvent): void {
    if (event.kind === 'replaced') this.clear('venue-replaced')
    if (event.kind === 'replaced' || this.#open.size === 0) return
    this.#expire(instantOf(event))
    for (const stream of this.#open.values()) for (const payload of stream.feed.eventsOf(event)) this.#tell(stream, payload)
  }

  #streamOf({ text, account }: ListenKey): OpenStream {
    const known = this.#open.get(account)
    if (known !== undefined) return known
    const { engine, behaviour } = this.#options
    const stream = { key: text, feed: new AccountFeed({ engine: engine(), account, behaviour }), readers: new Map() }
    this.#open.set(account, stream)
    return stream
  }

  #tell({ readers }: OpenStream, payload: BinanceEventPayload): number {
    const text = printBinanceEvent(payload)
    const everywhere = always.has(payload.e) || this.#options.behaviour.binanceProStream === 'every-event'
    const told = [...readers].filter(([, scope]) => scope === 'pm' || everywhere)
    for (const [reader] of told) this.#guarded(() => reader.event(text))
    return told.length
  }

  #expire(now: number): void {
    const { binanceExpiredListenKey, binanceListenKeyExpired } = this.#options.behaviour
    for (const { account, text, expiresAt } of this.#keys.takeExpired(now)) {
      const stream = this.#open.get(account)
      if (stream === undefined) continue
      const listenKey = binanceListenKeyExpired === 'with-key' ? { listenKey: text } : {}
      this.#tell(stream, { e: 'listenKeyExpired', E: expiresAt, ...listenKey })
      if (binanceExpiredListenKey === 'close') this.#end(account, 'key-expired')
      else {
        this.#open.delete(account)
        for (const reader of stream.readers.keys()) this.#silenced.add(reader)
      }
    }
  }

  #end(account: string, why: StreamEnd): void {
    const stream = this.#open.get(account)
    if (stream === undefined) return
    this.#open.delete(account)
    for (const reader of stream.readers.keys()) this.#tellEnd(reader, why)
  }

  #tellEnd(reader: StreamReader, why: StreamEnd): void {
    this.#guarded(() => reader.ended(why))
  }

  #leave(account: string | undefined, reader: StreamReader): void {
    this.#silenced.delete(reader)
    const stream = account === undefined ? undefined : this.#open.get(account)
    if (account === undefined || stream?.readers.delete(reader) !== true || stream.readers.size > 0) return
    this.#open.delete(account)
    if (this.#open.size === 0) this.#watch?.abort()
  }

  /** A reader that throws is a fault of its own: the others are told. */
  #guarded(tell: () => void): void {
    try {
      tell()
    } catch (error) {
      this.#options.onFault(error)
    }
  }

  /** Looks for keys that expire while nothing else happens, as long as anybody listens. */
  #watchExpiry(): void {
    if (this.#watch !== undefined) return
    const watch = new AbortController()
    this.#watch = watch
    this.#untilNobodyListens(watch.signal)
      .catch((error: unknown) => {
        // What could not be written down is tried again by whoever asks next.
        if (!watch.signal.aborted) this.#options.onFault(error)
      })
      .finally(() => {
        this.#watch = undefined
        if (this.#open.size > 0 && watch.signal.aborted) this.#watchExpiry()
      })
  }

  async #untilNobodyListens(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options
    while (!signal.aborted && this.#open.size > 0) {
      await clock.wait(this.#keys.nextExpiry() - clock.now(), signal, { background: true })
      this.#expire(clock.now())
    }
  }
}

function instantOf(event: VenueEvent): number {
  switch (event.kind) {
    case 'movement':
      return event.movement.at
    case 'exchange-run':
      return event.run.to
    default:
      return event.at
  }
}
