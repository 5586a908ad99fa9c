import { Pool } from 'undici'
import { fail } from '../../errors/overdraft-error.ts'
import { type Transport, transportFailure, type WireReply, type WireRequest } from './transport.ts'

const connectionsMax = 32
/** A reply has no paging limit on some endpoints, but no honest one is larger. */
const replyBytesMax = 64 * 1024 * 1024

/** Carries requests over a pool of kept-alive connections, opened with the first request. */
export class PoolTransport implements Transport {
  readonly #origin: string
  readonly #timeoutMs: number
  #pool: Pool | undefined
  #closed = false

  constructor(origin: string, timeoutMs: number) {
    this.#origin = origin
    this.#timeoutMs = timeoutMs
  }

  async send({ method, target, headers, body }: WireRequest, signal: AbortSignal): Promise<WireReply> {
    if (this.#closed) return fail('client.closed', { origin: this.#origin })
    this.#pool ??= new Pool(this.#origin, {
      connections: connectionsMax,
      // Sooner than the call's own deadline, so that a connection never made is known as never sent.
      connect: { timeout: this.#timeoutMs / 2 },
      // Later than it: these only matter where the injected clock stands still.
      headersTimeout: 2 * this.#timeoutMs,
      bodyTimeout: 2 * this.#timeoutMs,
      maxResponseSize: replyBytesMax,
    })
    try {
      const reply = await this.#pool.request({ method, path: target, headers, body: body ?? null, signal })
      const text = await reply.body.text()
      return { status: reply.statusCode, header: (name) => oneOf(reply.headers[name]), text }
    } catch (error) {
      if (signal.aborted) throw signal.reason
      throw transportFailure(error)
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#pool?.close()
  }
}

function oneOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
