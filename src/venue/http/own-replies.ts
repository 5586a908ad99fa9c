import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type OverdraftError, overdraftError } from '../../errors/overdraft-error.ts'
import { httpDate } from '../../time/http-date.ts'
import { errorText } from './responses.ts'

/** A refusal that the port makes itself, before any face is asked; `now` is the venue's instant. */
export function refuse(outgoing: ServerResponse, status: number, error: OverdraftError, now: number): void {
  const body = errorText(error)
  outgoing.writeHead(status, headersOf(body, now))
  outgoing.end(body)
}

const reasons: Readonly<Record<string, readonly [statusLine: string, reason: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'its headers and its path are too long'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'it did not come to an end in time'],
}

/** Answers bytes that could not be read as a request, and ends the connection. */
export function refuseBytes(fault: NodeJS.ErrnoException, socket: Duplex, now: number): void {
  // Whoever has gone away already is not answered.
  if (fault.code === 'ECONNRESET' || !socket.writable) return void socket.destroy(fault)
  const [statusLine, reason] = reasons[fault.code ?? ''] ?? ['400 Bad Request', fault.message]
  endWith(socket, statusLine, errorText(overdraftError('venue.request-malformed', { reason }, fault)), now)
}

/** Answers a request that wanted to make a stream of its connection, and ends the connection. */
export function refuseSocket(socket: Duplex, status: number, body: string, now: number): void {
  // Whoever goes away meanwhile is not answered.
  socket.on('error', () => socket.destroy())
  endWith(socket, `${status} ${STATUS_CODES[status] ?? ''}`, body, now)
}

function endWith(socket: Duplex, statusLine: string, body: string, now: number): void {
  const headers = Object.entries(headersOf(body, now)).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${statusLine}\r\n${headers.join('')}\r\n${body}`)
}

function headersOf(body: string, now: number): Record<string, string> {
  return {
    Date: httpDate(now),
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body).toString(),
    Connection: 'close',
  }
}
