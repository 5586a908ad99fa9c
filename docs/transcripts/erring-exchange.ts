import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { add } from '../../src/decimal/arithmetic.ts'
import { decimal, toText } from '../../src/decimal/decimal.ts'
import type { Venue } from '../../src/venue/index.ts'
import type { StoryClock } from './story-clock.ts'

/** One charge that the exchange computes on another principal than there was; both of its histories tell it, and what is unpaid. */
export interface WrongCharge {
  readonly asset: string
  /** Epoch ms. */
  readonly at: number
  readonly principal: string
  readonly interest: string
  /** By so much. */
  readonly tooMuch: string
}

/** A venue on a port of its own that charges wrongly once: no venue errs by itself. */
export async function erringExchange(
  venue: Venue,
  clock: StoryClock,
  wrong: WrongCharge,
): Promise<{ readonly url: string; close(): void }> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const headers = Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []))
    const reply = await venue.fetch(
      new Request(`http://venue.test${request.url}`, { method: request.method ?? 'GET', headers: Object.fromEntries(headers) }),
    )
    const text = await reply.text()
    reply.headers.delete('content-length')
    response.writeHead(reply.status, Object.fromEntries(reply.headers))
    response.end(mistold(text, wrong, clock.now() >= wrong.at))
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close().closeAllConnections() }
}

/** Row by row as text, since ids are longer than numbers are exact. */
function mistold(text: string, { asset, at, principal, interest, tooMuch }: WrongCharge, hasCharged: boolean): string {
  return text.replaceAll(/\{[^{}]*\}/g, (row) => {
    if (!hasCharged || !row.includes(`"asset":"${asset}"`)) return row
    const owing = row.replace(
      /"crossMarginInterest":"([^"]*)"/,
      (_, unpaid: string) => `"crossMarginInterest":"${toText(add(decimal(unpaid), decimal(tooMuch)))}"`,
    )
    if (!row.includes(`"interestAccuredTime":${at}`)) return owing
    return owing.replace(/"principal":"[^"]*"/, `"principal":"${principal}"`).replace(/"interest":"[^"]*"/, `"interest":"${interest}"`)
  })
}
