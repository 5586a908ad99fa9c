import { connect } from 'node:net'
import { systemClock } from '../src/time/system-clock.ts'
import { type BenchCall, type BenchKeys, signedCall } from './http-calls.ts'

/** What the parent process asks for. */
export interface LoadOrder {
  readonly port: number
  readonly call: BenchCall
  readonly keys: BenchKeys
  readonly milliseconds: number
}

export interface LoadOutcome {
  readonly answered: number
  /** The head of the first answer that was not a success; empty when there was none. */
  readonly failure: string
}

const connections = 16
const headEnd = '\r\n\r\n'
const lengthRe = /\r\ncontent-length: (\d+)/i

/**
 * Keeps a server busy over plain sockets, one request at a time on each: an HTTP client would need more processor time
 * than the server does, and the server would wait for it.
 */
async function load({ port, call, keys, milliseconds }: LoadOrder): Promise<LoadOutcome> {
  const endsAt = systemClock.now() + milliseconds
  let sent = 0
  let answered = 0
  let failure = ''
  const connection = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1').setNoDelay(true)
      let head = ''
      let missing = 0
      const ask = (): void => {
        const now = systemClock.now()
        if (now >= endsAt || failure !== '') socket.end(() => resolve())
        else socket.write(requestText(port, signedCall(call, keys, now, sent++)), 'latin1')
      }
      socket.on('connect', ask)
      socket.on('error', reject)
      socket.on('data', (bytes) => {
        if (missing > 0) missing -= bytes.length
        else {
          head += bytes.toString('latin1')
          const end = head.indexOf(headEnd)
          if (end === -1) return
          if (!head.startsWith('HTTP/1.1 200')) failure = head
          missing = end + headEnd.length + Number(lengthRe.exec(head)?.[1]) - head.length
          head = ''
        }
        if (missing > 0) return
        answered++
        ask()
      })
    })
  await Promise.all(Array.from({ length: connections }, connection))
  return { answered, failure }
}

function requestText(port: number, { target, headers }: ReturnType<typeof signedCall>): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${lines}${'\r\n'}`
}

process.on('message', async (order: LoadOrder) => {
  process.send?.(await load(order))
})
