import type { Exchange } from '../contracts/contract.ts'
import { fail } from '../errors/overdraft-error.ts'
import type { Clock } from '../time/clock.ts'
import { originOf } from './base-url.ts'
import { Caller } from './caller.ts'
import type { ClientListener } from './client-event.ts'
import type { Dialect } from './dialect.ts'
import type { OddTime, ServerTime, ServerTimeReading } from './server-time.ts'
import { type Fetch, fetchTransport } from './transport/fetch-transport.ts'
import { PoolTransport } from './transport/pool-transport.ts'

/** What clients of both exchanges are made from. */
export interface CommonClientOptions {
  /** Scheme, host and port of the exchange or venue; `http:` only on this machine. */
  readonly baseUrl: string
  readonly clock: Clock
  /** Default: a pool of kept-alive connections. A venue's own fetch works without a port. */
  readonly fetch?: Fetch | undefined
  /** In `[0, 1)`, for the spread of retries. Default `Math.random`. */
  readonly random?: (() => number) | undefined
  /** Whether calls that change the account are sent at all. Default false. */
  readonly mayChange?: boolean | undefined
  /** How long to wait for a reply. Default 10 s. */
  readonly timeoutMs?: number | undefined
  readonly onEvent?: ClientListener | undefined
  /** What is known of the exchange's clock. Share one between all clients of one base URL. Default: one of its own. */
  readonly serverTime?: ServerTime | undefined
}

/** What clients of both exchanges have beside their calls. */
export interface ClientCore<Of extends Exchange> {
  readonly exchange: Of
  readonly origin: string
  readonly clock: Clock
  /** The exchange's time by what is known of it, epoch ms; our own until it was measured. */
  serverNow(): number
  /** What single replies said of the exchange's time that all others contradict, oldest first. */
  oddTimes(): readonly OddTime[]
  /** Measures the exchange's time now; calls do it by themselves when they need it. */
  measureServerTime(): Promise<ServerTimeReading>
  /** Closes the connections once what is under way has ended. */
  close(): Promise<void>
}

const timeoutDefaultMs = 10_000

export function createCore<Of extends Exchange>(
  exchange: Of,
  dialect: Dialect,
  options: CommonClientOptions,
): { readonly core: ClientCore<Of>; readonly caller: Caller } {
  const { baseUrl, clock, fetch, random = Math.random, mayChange = false, timeoutMs = timeoutDefaultMs, onEvent, serverTime } = options
  const origin = originOf(baseUrl)
  const transport = fetch === undefined ? new PoolTransport(origin, timeoutMs) : closable(origin, fetch)
  const caller = new Caller({ dialect, transport, origin, clock, random, mayChange, timeoutMs, tell: quietly(onEvent), serverTime })
  const core: ClientCore<Of> = {
    exchange,
    origin,
    clock,
    serverNow: () => caller.serverTime.now(),
    oddTimes: () => caller.serverTime.oddTimes,
    measureServerTime: () => caller.measureServerTime(),
    close: () => transport.close(),
  }
  return { core, caller }
}

function closable(origin: string, fetch: Fetch) {
  const inner = fetchTransport(origin, fetch)
  let closed = false
  return {
    send: (...request: Parameters<typeof inner.send>) => (closed ? fail('client.closed', { origin }) : inner.send(...request)),
    close: async () => {
      closed = true
    },
  }
}

/** A listener that fails must not make a request look failed that was carried out. */
function quietly(listener: ClientListener | undefined): ClientListener {
  if (listener === undefined) return () => {}
  return (event) => {
    try {
      listener(event)
    } catch {
      // The listener's own affair.
    }
  }
}
