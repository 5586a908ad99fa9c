import type { ServerResponse } from 'node:http'
import type { Delivery, ExchangeReply } from './exchange-call.ts'

/** Sends a reply over a connection as its delivery says: late, in part, or not at all. `send` sends it whole. */
export async function deliver(outgoing: ServerResponse, reply: ExchangeReply, delivery: Delivery, send: () => void): Promise<void> {
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  try {
    await delivery.begins(gone.signal)
  } catch {
    // Its client has gone away, or the venue has closed.
    outgoing.destroy()
    return
  }
  switch (delivery.end.kind) {
    case 'whole':
      return send()
    case 'cut':
      return cutOff(outgoing, reply, delivery.end.bytes)
    case 'reset':
    case 'silence':
      outgoing.socket?.resetAndDestroy()
  }
}

function cutOff(outgoing: ServerResponse, { status, headers, body }: ExchangeReply, bytes: number): void {
  const whole = Buffer.from(body, 'utf8')
  outgoing.writeHead(status, headers as string[])
  if (bytes >= whole.length) return void outgoing.end(whole)
  const { socket } = outgoing
  // What was written must have left before the end, or the client would see neither.
  const end = (): void => socket?.destroySoon()
  outgoing.flushHeaders()
  if (bytes === 0) end()
  else outgoing.write(whole.subarray(0, bytes), end)
}
