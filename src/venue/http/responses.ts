import type { OverdraftError } from '../../errors/overdraft-error.ts'
import type { ExchangeReply } from './exchange-call.ts'

/** An exchange's reply as a web response. */
export function responseOf({ status, headers, body }: ExchangeReply): Response {
  const pairs: [string, string][] = []
  for (let index = 0; index < headers.length; index += 2) pairs.push([headers[index] ?? '', headers[index + 1] ?? ''])
  return new Response(body, { status, headers: pairs })
}

/** An error of the venue itself: what was wrong with which value, and what to do. */
export function errorText(error: OverdraftError): string {
  return JSON.stringify({ code: error.code, message: error.message, remedy: error.remedy })
}

export function errorResponse(status: number, error: OverdraftError): Response {
  // The rest of a body that is too long is not read: nothing more can come over that connection.
  const ends = status === 413 ? { Connection: 'close' } : undefined
  return new Response(errorText(error), { status, headers: { 'Content-Type': 'application/json', ...ends } })
}

export function plainResponse(status: number, body: string): Response {
  return new Response(body, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}
