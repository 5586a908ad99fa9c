import type { Delivery, ExchangeReply } from './exchange-call.ts'
import { responseOf } from './responses.ts'

/**
 * A reply as the platform's `fetch` would give it: late, with a body that breaks off, or not at all, as its delivery says.
 * @throws `TypeError` with a cause whose `code` is ECONNRESET, or the signal's reason
 */
export async function delivered(reply: ExchangeReply, signal: AbortSignal): Promise<Response> {
  const { delivery } = reply
  if (delivery === undefined) return responseOf(reply)
  await begun(delivery, signal)
  switch (delivery.end.kind) {
    case 'whole':
      return responseOf(reply)
    case 'cut':
      return brokenOff(reply, delivery.end.bytes)
    case 'reset':
    case 'silence':
      throw connectionReset()
  }
}

async function begun(delivery: Delivery, signal: AbortSignal): Promise<void> {
  try {
    await delivery.begins(signal)
  } catch {
    // A client that gives up is told its own reason; when the venue closes, its connections end.
    throw signal.aborted ? signal.reason : connectionReset()
  }
}

function connectionReset(): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) })
}

function brokenOff(reply: ExchangeReply, bytes: number): Response {
  const whole = Buffer.from(reply.body, 'utf8')
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => {
      if (bytes > 0) stream.enqueue(new Uint8Array(whole.subarray(0, bytes)))
      if (bytes >= whole.length) stream.close()
    },
    // Only once what came was read: an error would take it away.
    pull: (stream) => {
      stream.error(new TypeError('terminated', { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) }))
    },
  })
  const { status, headers } = responseOf({ ...reply, body: '' })
  return new Response(body, { status, headers })
}
