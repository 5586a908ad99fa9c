import { binanceWeightOf } from '../contracts/binance/pools.ts'
import type { Endpoint } from '../contracts/contract.ts'
import { type Clock, steadyNow } from '../time/clock.ts'
import type { Lease } from './budget/lease.ts'
import type { CallOptions } from './call-options.ts'
import type { ClientListener } from './client-event.ts'
import { DeadlinePassed, withDeadline } from './deadline.ts'
import type { Dialect, Judgement } from './dialect.ts'
import { queryString } from './percent-encoding.ts'
import { scrub } from './scrub.ts'
import type { ServerTime } from './server-time.ts'
import { type Transport, TransportFailure, type WireReply } from './transport/transport.ts'

/** Parameters as text, in the contract's order. */
export type PrintedParameters = readonly (readonly [name: string, text: string])[]

/** What sending one request needs. */
export interface AttemptContext {
  readonly dialect: Dialect
  readonly transport: Transport
  readonly clock: Clock
  readonly serverTime: ServerTime
  readonly timeoutMs: number
  readonly tell: ClientListener
}

export type Attempt =
  | {
      readonly kind: 'replied'
      readonly reply: WireReply
      readonly judgement: Judgement
      /** The reply's text, and the exchange's own message, without secrets. */
      readonly clean: (text: string) => string
      /** By our clock's even time. */
      readonly sentAt: number
      readonly receivedAt: number
    }
  /** `sent` is false only where certainly nothing reached the exchange. */
  | { readonly kind: 'unanswered'; readonly sent: boolean; readonly timedOut: boolean; readonly reason: string }
  /** The caller's signal aborted; before sending it throws instead. */
  | { readonly kind: 'given-up'; readonly reason: unknown }

/** Cut only once it holds no secret any more: half a signature would not be found. */
const longestReason = 240

/** The request as events and the book show it: endpoint and parameters, without time stamp and signature. */
export function describeRequest(endpoint: Endpoint, parameters: PrintedParameters): string {
  const query = queryString(parameters)
  return `${endpoint.method} ${endpoint.path}${query === '' ? '' : `?${query}`}`
}

/** Sends one request once: waits for the budget, signs with the exchange's time, and judges what came back. */
export async function attemptCall(
  context: AttemptContext,
  endpoint: Endpoint,
  parameters: PrintedParameters,
  attempt: number,
  options: CallOptions,
): Promise<Attempt> {
  const { dialect, clock, tell } = context
  const lease = await dialect.budgetOf(endpoint).acquire(costOf(endpoint, parameters), options)
  const { name } = endpoint
  if (lease.waitedMs > 0) {
    tell({ kind: 'waited-for-budget', endpoint: name, at: clock.now(), waitedMs: lease.waitedMs, cost: lease.cost })
  }
  try {
    return await sendOnce(context, endpoint, parameters, attempt, options, lease)
  } finally {
    // Reached without an end only when composing the request threw.
    lease.end('never-sent')
  }
}

async function sendOnce(
  context: AttemptContext,
  endpoint: Endpoint,
  parameters: PrintedParameters,
  attempt: number,
  { signal }: CallOptions,
  lease: Lease,
): Promise<Attempt> {
  const { dialect, transport, clock, serverTime, timeoutMs, tell } = context
  const { request, hidden } = dialect.compose(endpoint, parameters, serverTime.signingNow())
  const sentAt = steadyNow(clock)
  tell({ kind: 'request-sent', endpoint: endpoint.name, at: clock.now(), request: describeRequest(endpoint, parameters), attempt })
  try {
    const reply = await withDeadline(clock, timeoutMs, signal, (aborting) => transport.send(request, aborting))
    const receivedAt = steadyNow(clock)
    const judgement = dialect.judge(reply)
    learnFrom(context, endpoint, reply, judgement, lease, sentAt, receivedAt)
    lease.end('answered')
    return { kind: 'replied', reply, judgement, clean: (text) => scrub(text, hidden), sentAt, receivedAt }
  } catch (error) {
    if (error instanceof TransportFailure) {
      lease.end(error.sent ? 'unanswered' : 'never-sent')
      return { kind: 'unanswered', sent: error.sent, timedOut: false, reason: scrub(error.message, hidden).slice(0, longestReason) }
    }
    lease.end('unanswered')
    if (error instanceof DeadlinePassed) {
      return { kind: 'unanswered', sent: true, timedOut: true, reason: `there was no answer within ${timeoutMs} ms` }
    }
    if (signal?.aborted) return { kind: 'given-up', reason: signal.reason }
    throw error
  }
}

function learnFrom(
  { dialect, clock, serverTime, tell }: AttemptContext,
  endpoint: Endpoint,
  reply: WireReply,
  judgement: Judgement,
  lease: Lease,
  sentAt: number,
  receivedAt: number,
): void {
  const usage = dialect.statedUsage(reply, endpoint)
  if (usage !== undefined) dialect.budgetOf(endpoint).observeUsed(lease, usage.used, usage.windowEndsInMs)
  // A page of a proxy in between says nothing of the exchange's clock, and who asks for the time takes it from the reply: no
  // reply counts twice.
  const isNoWitness = judgement.kind === 'unreadable' || endpoint.name === dialect.timeEndpoint.name
  const time = isNoWitness ? undefined : dialect.statedTimeInPassing(reply)
  if (time !== undefined) serverTime.observe({ ...time, sentAt, receivedAt })
  tell({
    kind: 'reply-received',
    endpoint: endpoint.name,
    at: clock.now(),
    status: reply.status,
    tookMs: receivedAt - sentAt,
    ...(usage === undefined ? {} : { usedWeight: usage.used }),
  })
}

function costOf({ cost }: Endpoint, parameters: PrintedParameters): number {
  return cost.kind === 'calls' ? 1 : binanceWeightOf(cost, (parameter) => parameters.some(([name]) => name === parameter))
}
