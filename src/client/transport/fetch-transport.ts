import { type Transport, transportFailure, type WireReply, type WireRequest } from './transport.ts'

/** A fetch function: the platform's own, or a venue's, in-process. */
export type Fetch = (request: Request) => Promise<Response>

/** Carries requests through a fetch function the caller gave. */
export function fetchTransport(origin: string, fetch: Fetch): Transport {
  return Object.freeze({
    send: async ({ method, target, headers, body }: WireRequest, signal: AbortSignal): Promise<WireReply> => {
      try {
        // A redirect is never followed: it would carry the signature elsewhere.
        const request = new Request(origin + target, {
          method,
          headers,
          signal,
          redirect: 'manual',
          ...(body === undefined ? {} : { body }),
        })
        const response = await fetch(request)
        const text = await response.text()
        return { status: response.status, header: (name) => response.headers.get(name) ?? undefined, text }
      } catch (error) {
        if (signal.aborted) throw signal.reason
        throw transportFailure(error)
      }
    },
    close: async () => {},
  })
}
