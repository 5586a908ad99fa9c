import type { RawData, WebSocket } from 'ws'
import { binanceErrors } from '../../../contracts/binance/errors.ts'
import { isOverdraftError } from '../../../errors/overdraft-error.ts'
import type { Json } from '../../../json/json.ts'
import { type Clock, steadyNow } from '../../../time/clock.ts'
import { dayMs, minuteMs, secondMs } from '../../../time/units.ts'
import type { StreamEnd } from '../../streams/user-streams.ts'
import type { Venue } from '../../venue.ts'
import { readStreamRequest, type StreamRequest, streamError, streamResult } from './stream-request.ts'
import type { StreamTarget } from './stream-target.ts'

/** Documented of all streams of Binance: a ping every 3 minutes, the end without a pong for 10, and after 24 hours. */
export const pingEveryMs = 3 * minuteMs
export const silentAtMostMs = 10 * minuteMs
export const connectionLifeMs = dayMs
/** Documented of the streams of futures, where those of Portfolio Margin are served. */
export const messagesPerSecond = 10
export const streamsPerConnection = 200
/** What may wait for a reader that is too slow. */
export const waitingBytesMax = 1_048_576

const closings: Readonly<Record<StreamEnd, readonly [code: number, reason: string]>> = {
  'key-expired': [1000, 'the listen key has expired'],
  'key-closed': [1000, 'the listen key was closed'],
  'venue-replaced': [1012, 'the venue was reset or restored'],
  'venue-closed': [1001, 'the venue has closed'],
}
const policyViolation = 1008

interface Options {
  readonly socket: WebSocket
  readonly venue: Venue
  readonly target: StreamTarget
  /** The clock of pings and of what a client sends: how a connection lives is no matter of the venue's time. */
  readonly clock: Clock
}

/** One open WebSocket, and the streams it is told. */
export class StreamConnection {
  readonly #socket: WebSocket
  readonly #venue: Venue
  readonly #target: StreamTarget
  readonly #clock: Clock
  readonly #over = new AbortController()
  /** What ends each stream, by its listen key. */
  readonly #leave = new Map<string, () => void>()
  #lastPong: number
  #second = { from: 0, messages: 0 }

  constructor({ socket, venue, target, clock }: Options) {
    this.#socket = socket
    this.#venue = venue
    this.#target = target
    this.#clock = clock
    this.#lastPong = steadyNow(clock)
    socket.on('message', (data) => this.#asked(data))
    socket.on('pong', () => {
      this.#lastPong = steadyNow(clock)
    })
    // What went wrong is told to the client by the close that follows.
    socket.on('error', () => undefined)
    socket.on('close', () => this.#closed())
    for (const listenKey of target.listenKeys) this.#open(listenKey)
    void this.#ping().catch(() => undefined)
    void this.#live().catch(() => undefined)
  }

  end(why: StreamEnd): void {
    this.#socket.close(...closings[why])
  }

  /** Ends without waiting for the other side. */
  terminate(): void {
    this.#socket.terminate()
  }

  /** @throws `venue.listen-key-unknown` */
  #open(listenKey: string): void {
    if (this.#leave.has(listenKey)) return
    const name = JSON.stringify(listenKey)
    const reader = {
      event: (text: string) => this.#send(this.#target.isCombined ? `{"stream":${name},"data":${text}}` : text),
      ended: (why: StreamEnd) => this.end(why),
    }
    this.#leave.set(listenKey, this.#venue.openUserStream(listenKey, reader, this.#target.scope))
  }

  #send(text: string): void {
    const { readyState, OPEN, bufferedAmount } = this.#socket
    if (readyState !== OPEN) return
    // What a slow reader does not take would wait here without an end; it would not take the reason either.
    if (bufferedAmount + text.length > waitingBytesMax) this.#socket.terminate()
    else this.#socket.send(text)
  }

  #asked(data: RawData): void {
    const now = steadyNow(this.#clock)
    if (now - this.#second.from >= secondMs) this.#second = { from: now, messages: 0 }
    this.#second.messages += 1
    if (this.#second.messages <= messagesPerSecond) this.#send(this.#answerTo(readStreamRequest(data.toString())))
    else this.#socket.close(policyViolation, 'Too many requests')
  }

  #answerTo(request: StreamRequest): string {
    switch (request.kind) {
      case 'malformed':
        return request.answer
      case 'LIST_SUBSCRIPTIONS':
        return streamResult([...this.#leave.keys()], request.id)
      case 'UNSUBSCRIBE':
        for (const stream of request.streams) this.#unsubscribe(stream)
        return streamResult(null, request.id)
      case 'SUBSCRIBE':
        return this.#subscribed(request.streams, request.id)
    }
  }

  #subscribed(streams: readonly string[], id: Json): string {
    if (new Set([...this.#leave.keys(), ...streams]).size > streamsPerConnection) {
      return streamError(2, `Invalid request: more than ${streamsPerConnection} streams`, id)
    }
    try {
      for (const stream of streams) this.#open(stream)
      return streamResult(null, id)
    } catch (error) {
      if (!isOverdraftError(error) || error.code !== 'venue.listen-key-unknown') throw error
      const { code, text } = binanceErrors.unknownListenKey()
      return streamError(code, text, id)
    }
  }

  #unsubscribe(stream: string): void {
    this.#leave.get(stream)?.()
    this.#leave.delete(stream)
  }

  async #ping(): Promise<void> {
    const { signal } = this.#over
    for (;;) {
      await this.#clock.wait(pingEveryMs, signal, { background: true })
      if (steadyNow(this.#clock) - this.#lastPong >= silentAtMostMs) this.#socket.terminate()
      else this.#socket.ping()
    }
  }

  /** By the venue's clock: like the life of a listen key it is something that its exchange does. */
  async #live(): Promise<void> {
    await this.#venue.clock.wait(connectionLifeMs, this.#over.signal, { background: true })
    this.#socket.close(1001, 'connections last 24 hours')
  }

  #closed(): void {
    this.#over.abort()
    for (const stream of [...this.#leave.keys()]) this.#unsubscribe(stream)
  }
}
