import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { binanceErrorBody, binanceErrors } from '../../../contracts/binance/errors.ts'
import { isOverdraftError, type OverdraftError, overdraftError } from '../../../errors/overdraft-error.ts'
import type { Clock } from '../../../time/clock.ts'
import type { Venue } from '../../venue.ts'
import { splitTarget } from '../call-of-request.ts'
import { isLoopbackHost, isOwnOrigin } from '../host-check.ts'
import { refuseSocket } from '../own-replies.ts'
import { errorText } from '../responses.ts'
import { StreamConnection, streamsPerConnection } from './stream-connection.ts'
import { type StreamTarget, streamTarget } from './stream-target.ts'

/** How many connections one port serves. */
export const connectionsMax = 1_000
/** What a client may send at once: the names of its streams. */
const messageBytesMax = 16_384

/** The user data streams of a venue over WebSocket, on the port of its faces. */
export class StreamServer {
  readonly #venue: Venue
  readonly #clock: Clock
  readonly #sockets = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload: messageBytesMax })
  readonly #connections = new Set<StreamConnection>()

  constructor(venue: Venue, clock: Clock) {
    this.#venue = venue
    this.#clock = clock
  }

  /** Makes a connection of a request that asks for one, or refuses it. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const target = streamTarget(request.url ?? '/')
    const refusal = this.#refusal(request, target)
    if (target === undefined || refusal !== undefined) {
      const { status = 404, body = '' } = refusal ?? {}
      refuseSocket(socket, status, body, this.#venue.clock.now())
      return
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new StreamConnection({ socket: webSocket, venue: this.#venue, target, clock: this.#clock })
      this.#connections.add(connection)
      webSocket.once('close', () => this.#connections.delete(connection))
    })
  }

  /** Ends every connection. */
  close(): void {
    for (const connection of this.#connections) {
      connection.end('venue-closed')
      connection.terminate()
    }
    this.#sockets.close()
  }

  #refusal({ headers, url = '/' }: IncomingMessage, target: StreamTarget | undefined): Refusal | undefined {
    const { host = '', origin } = headers
    if (!isLoopbackHost(host)) return own(403, overdraftError('venue.host-refused', { host }))
    if (origin !== undefined && !isOwnOrigin(origin, host)) return own(403, overdraftError('venue.stream-origin-refused', { origin }))
    if (target === undefined) return own(404, overdraftError('venue.stream-path-unknown', { path: splitTarget(url).path }))
    if (this.#connections.size >= connectionsMax) return own(503, overdraftError('venue.streams-too-many', { limit: connectionsMax }))
    if (target.listenKeys.length > streamsPerConnection) {
      return own(400, overdraftError('venue.streams-too-many', { limit: streamsPerConnection }))
    }
    return this.#unopened(target.listenKeys)
  }

  /** Looked at before the connection is made, so that it can be refused. */
  #unopened(listenKeys: readonly string[]): Refusal | undefined {
    try {
      for (const listenKey of listenKeys) this.#venue.openUserStream(listenKey, nobody)()
      return undefined
    } catch (error) {
      if (!isOverdraftError(error)) throw error
      return error.code === 'venue.listen-key-unknown'
        ? { status: 400, body: binanceErrorBody(binanceErrors.unknownListenKey()) }
        : own(503, error)
    }
  }
}

interface Refusal {
  readonly status: number
  readonly body: string
}

function own(status: number, error: OverdraftError): Refusal {
  return { status, body: errorText(error) }
}

const nobody = { event: () => undefined, ended: () => undefined }
