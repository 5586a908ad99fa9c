import type { MiddlewareHandler } from 'hono'
import { fail } from '../../../errors/overdraft-error.ts'

/**
 * Reads a body of up to `limitBytes` before a route sees the request, also one whose length is not told beforehand.
 * Hono's own limit copies the request for that, which the requests of a port do not allow.
 *
 * @throws `venue.body-too-large`
 */
export function wholeBody(limitBytes: number): MiddlewareHandler {
  return async ({ req }, next) => {
    const { raw } = req
    if (Number(raw.headers.get('content-length') ?? 0) > limitBytes) fail('venue.body-too-large', { limitBytes })
    const stream = raw.method === 'GET' || raw.method === 'HEAD' ? null : raw.body
    if (stream !== null) {
      const body = await bytesOf(stream, limitBytes)
      req.raw = new Request(raw.url, { method: raw.method, headers: raw.headers, body })
    }
    await next()
  }
}

async function bytesOf(stream: ReadableStream<Uint8Array>, limitBytes: number): Promise<ArrayBuffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.length
    if (bytes > limitBytes) fail('venue.body-too-large', { limitBytes })
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks)).buffer
}
