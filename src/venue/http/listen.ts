import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { fail, type OverdraftError, overdraftError } from '../../errors/overdraft-error.ts'
import { systemClock } from '../../time/system-clock.ts'
import type { Venue } from '../venue.ts'
import { bodyLimitBytes, splitTarget } from './call-of-request.ts'
import { deliver } from './deliver.ts'
import type { ExchangeReply } from './exchange-call.ts'
import { isLoopbackHost } from './host-check.ts'
import type { Listening, ListenOptions } from './listening.ts'
import { refuse, refuseBytes, refuseSocket } from './own-replies.ts'
import { errorText } from './responses.ts'
import { StreamServer } from './stream/stream-server.ts'

const loopbackNames: readonly string[] = ['127.0.0.1', '::1', 'localhost']
const exchangeTargetRe = /^\/(?:papi|sapi|api)\//

/**
 * Serves a venue on a port of this machine, its user data streams too. Exchange calls are passed on as their bytes came.
 *
 * @throws `venue.port-in-use`, `venue.port-refused`, `venue.host-not-loopback`
 */
export async function listenVenue(venue: Venue, options: ListenOptions): Promise<Listening> {
  const { port, host = '127.0.0.1', clock = systemClock } = options
  if (!loopbackNames.includes(host)) fail('venue.host-not-loopback', { host })
  // A missing Host header is refused by the handler, which says so.
  const answerRequest = handlerFor(venue)
  const server = createServer({ requireHostHeader: false }, answerRequest)
  const streams = new StreamServer(venue, clock)
  server.on('upgrade', (incoming, socket, head) => {
    if (incoming.headers.upgrade?.toLowerCase() === 'websocket') streams.upgrade(incoming, socket, head)
    else answerUnchanged(incoming, socket, answerRequest, venue)
  })
  server.on('clientError', (fault, socket) => refuseBytes(fault, socket, venue.clock.now()))
  await listening(server, port, host)
  const { address, port: taken } = server.address() as AddressInfo
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${taken}`,
    close: () => {
      streams.close()
      return closed(server)
    },
  }
}

type Handler = (incoming: IncomingMessage, outgoing: ServerResponse) => void

/** A request that offers to go on in another protocol (HTTP/2) is answered in this one, as the offer allows. */
function answerUnchanged(incoming: IncomingMessage, socket: Duplex, answerRequest: Handler, venue: Venue): void {
  if (incoming.method !== 'GET') {
    const reason = 'it asks for another protocol than HTTP/1.1'
    refuseSocket(socket, 400, errorText(overdraftError('venue.request-malformed', { reason })), venue.clock.now())
    return
  }
  const outgoing = new ServerResponse(incoming)
  outgoing.assignSocket(socket as Socket)
  outgoing.shouldKeepAlive = false
  outgoing.once('finish', () => socket.end())
  answerRequest(incoming, outgoing)
}

function handlerFor(venue: Venue): Handler {
  // The other faces are web handlers. The global Request and Response stay as they are: this is somebody else's process.
  const webListener = getRequestListener(
    (request, { incoming }) => venue.fetch(request, { ip: addressOf(incoming.socket as Socket), target: incoming.url ?? '/' }),
    { overrideGlobalObjects: false },
  )
  return (incoming, outgoing) => {
    const refuseWith = (status: number, error: OverdraftError): void => refuse(outgoing, status, error, venue.clock.now())
    const { url = '' } = incoming
    const { host = '' } = incoming.headers
    if (!isLoopbackHost(host)) return refuseWith(403, overdraftError('venue.host-refused', { host }))
    if (!url.startsWith('/'))
      return refuseWith(400, overdraftError('venue.request-malformed', { reason: `its target "${url}" is not a path` }))
    if (!exchangeTargetRe.test(url)) return void webListener(incoming, outgoing)
    if (incoming.method === 'GET') return answer(venue, incoming, outgoing, '')
    readBody(incoming, (body) => {
      if (body !== undefined) return answer(venue, incoming, outgoing, body)
      refuseWith(413, overdraftError('venue.body-too-large', { limitBytes: bodyLimitBytes }))
    })
  }
}

function answer(venue: Venue, incoming: IncomingMessage, outgoing: ServerResponse, body: string): void {
  const { headers, method = 'GET', url = '/' } = incoming
  const { path, query } = splitTarget(url)
  const header = (name: string): string | undefined => {
    const value = headers[name]
    return typeof value === 'string' ? value : undefined
  }
  const reply = venue.answer({ method, path, query, body, ip: addressOf(incoming.socket), header })
  if (reply === undefined) outgoing.writeHead(404).end()
  else if (reply.delivery === undefined) send(outgoing, reply)
  else void deliver(outgoing, reply, reply.delivery, () => send(outgoing, reply))
}

function send(outgoing: ServerResponse, { status, headers, body }: ExchangeReply): void {
  outgoing.writeHead(status, headers as string[])
  // The bytes are the same, and no room for characters of three bytes is made first.
  if (isPlainAscii(body)) outgoing.end(body, 'latin1')
  else outgoing.end(body)
}

function isPlainAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length
}

/** The body as text, or `undefined` when it is too long. */
function readBody(incoming: IncomingMessage, done: (body: string | undefined) => void): void {
  const chunks: Buffer[] = []
  let bytes = 0
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= bodyLimitBytes) chunks.push(chunk)
  })
  incoming.on('end', () => done(bytes > bodyLimitBytes ? undefined : Buffer.concat(chunks).toString('utf8')))
}

const mappedPrefix = '::ffff:'

function addressOf({ remoteAddress = '127.0.0.1' }: Socket): string {
  return remoteAddress.startsWith(mappedPrefix) ? remoteAddress.slice(mappedPrefix.length) : remoteAddress
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') reject(overdraftError('venue.port-in-use', { port, host }, error))
      else reject(overdraftError('venue.port-refused', { port, host, reason: error.message }, error))
    }
    server.once('error', refused)
    try {
      server.listen({ port, host }, () => {
        server.off('error', refused)
        resolve()
      })
    } catch (error) {
      refused(error as NodeJS.ErrnoException)
    }
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
