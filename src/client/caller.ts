import { type ArgumentsFor, type Endpoint, needsSignature, type ReplyOf } from '../contracts/contract.ts'
import { printArguments } from '../contracts/request.ts'
import { fail, type OverdraftError, overdraftError } from '../errors/overdraft-error.ts'
import type { Clock } from '../time/clock.ts'
import { minuteMs, secondMs } from '../time/units.ts'
import { type Attempt, type AttemptContext, attemptCall, type PrintedParameters } from './attempt.ts'
import { banOf } from './ban.ts'
import type { CallOptions } from './call-options.ts'
import type { ClientListener } from './client-event.ts'
import { abortable } from './deadline.ts'
import type { Dialect } from './dialect.ts'
import { describeReply, refusalError, refusalValues, unansweredError, unavailableError, unreadableError } from './failure-errors.ts'
import { readReply } from './read-reply.ts'
import { attemptsMax, backoffMs, retryAfterMs } from './retry.ts'
import { ServerTime, type ServerTimeReading } from './server-time.ts'
import type { Transport } from './transport/transport.ts'

export interface CallerOptions {
  readonly dialect: Dialect
  readonly transport: Transport
  readonly origin: string
  readonly clock: Clock
  readonly random: () => number
  readonly mayChange: boolean
  readonly timeoutMs: number
  readonly tell: ClientListener
  /** Default: one of its own. */
  readonly serverTime?: ServerTime | undefined
}

type Replied = Extract<Attempt, { kind: 'replied' }>

/** Either the answer, or how long to wait before the call may be sent again and what to throw when it may not. */
type Verdict =
  | { readonly kind: 'answered'; readonly value: unknown; readonly replied: Replied }
  | { readonly kind: 'again'; readonly afterMs: number; readonly reason: string; readonly otherwise: OverdraftError }

/** Nobody waits longer than this for a limit that others use up. */
const limitWaitMaxMs = 5 * minuteMs
const freshForMs = 10 * secondMs
/** The exchange is asked for its time so often until its answers agree. */
const measuresMax = 5
/** Answers that a gateway gives before anything is carried out, whatever their body. */
const certainlyRefusedStatuses: ReadonlySet<number> = new Set([401, 403, 404, 405, 418, 429])

/** Calls endpoints of one exchange for one account: checked, budgeted, signed, judged, and sent again where that is harmless. */
export class Caller {
  readonly serverTime: ServerTime
  readonly #options: CallerOptions
  readonly #context: AttemptContext

  constructor(options: CallerOptions) {
    this.#options = options
    this.serverTime = options.serverTime ?? new ServerTime(options.clock)
    this.#context = { ...options, serverTime: this.serverTime }
  }

  /** Calls one endpoint by its contract. */
  async call<Stated extends Endpoint>(endpoint: Stated, args: ArgumentsFor<Stated>, options: CallOptions = {}): Promise<ReplyOf<Stated>> {
    // Denied unless the caller said otherwise: money never moves by accident.
    if (endpoint.changesState && !this.#options.mayChange) fail('client.not-allowed', { endpoint: endpoint.name })
    const parameters = printArguments(endpoint, args).filter(([name]) => name !== 'timestamp' && name !== 'recvWindow')
    const { value } = endpoint.changesState
      ? await this.#callOnce(endpoint, parameters, options)
      : await this.#callRepeatedly(endpoint, parameters, options)
    return value as ReplyOf<Stated>
  }

  /** Asks the exchange for its time. */
  measureServerTime(): Promise<ServerTimeReading> {
    return this.serverTime.measured(() => this.#measure())
  }

  async #measure(): Promise<ServerTimeReading> {
    for (let asks = 1; ; asks++) {
      const reading = await this.#measureOnce()
      if (this.serverTime.isAgreed) return reading
      if (asks < measuresMax) continue
      this.serverTime.giveUp()
      return reading
    }
  }

  async #measureOnce(): Promise<ServerTimeReading> {
    const { dialect, tell, clock } = this.#options
    const { value, replied } = await this.#callRepeatedly(dialect.timeEndpoint, [], { urgent: true })
    const { sentAt, receivedAt, reply } = replied
    // An exchange that does not tell its time is taken to have ours.
    const stated = dialect.statedTime(reply, value) ?? { from: clock.now() - (receivedAt - sentAt), to: clock.now() + 1 }
    const reading = this.serverTime.observe({ ...stated, sentAt, receivedAt })
    tell({ kind: 'clock-measured', at: clock.now(), ...reading })
    return reading
  }

  /** For what only reads: sent again after failures that pass, a bounded number of times. */
  async #callRepeatedly(endpoint: Endpoint, parameters: PrintedParameters, options: CallOptions) {
    let clockCorrected = false
    for (let attempt = 1; ; attempt++) {
      await this.#prepare(endpoint, options)
      const made = await attemptCall(this.#context, endpoint, parameters, attempt, options)
      if (made.kind === 'given-up') throw made.reason
      if (!clockCorrected && this.#refusedForClock(made)) {
        clockCorrected = true
        this.#tellRetry(endpoint, 'the exchange refused the time stamp', 0, attempt)
        continue
      }
      const verdict = made.kind === 'replied' ? this.#judge(endpoint, made, attempt) : this.#unanswered(endpoint, made, attempt)
      if (verdict.kind === 'answered') return verdict
      if (attempt >= attemptsMax || verdict.afterMs > limitWaitMaxMs) throw verdict.otherwise
      this.#tellRetry(endpoint, verdict.reason, verdict.afterMs, attempt)
      await this.#options.clock.wait(verdict.afterMs, options.signal)
    }
  }

  /** For what changes the account: sent at most once, whatever happens. */
  async #callOnce(endpoint: Endpoint, parameters: PrintedParameters, options: CallOptions) {
    await this.#prepare(endpoint, options)
    const made = await attemptCall(this.#context, endpoint, parameters, 1, options)
    const unknown = (reason: string, cause?: unknown) =>
      overdraftError('client.outcome-unknown', { endpoint: endpoint.name, reason }, cause)
    if (made.kind === 'given-up') throw unknown('it was given up before an answer came', made.reason)
    if (made.kind === 'unanswered') {
      throw made.sent ? unknown(made.reason) : unansweredError(this.#options.origin, endpoint, made, this.#options.timeoutMs)
    }
    this.#refusedForClock(made)
    const { judgement, reply } = made
    const gatewayRefused = judgement.kind === 'unreadable' && certainlyRefusedStatuses.has(reply.status)
    if (judgement.kind !== 'success' && judgement.failure === 'outcome-unknown' && !gatewayRefused) {
      throw unknown(describeReply(this.#options.dialect, endpoint, made))
    }
    if (judgement.kind === 'unreadable' && !gatewayRefused) throw unknown(unreadableError(endpoint, made).message)
    const verdict = this.#judgeSafely(endpoint, made, unknown)
    if (verdict.kind === 'again') throw verdict.otherwise
    return verdict
  }

  /** A success whose body is not as documented may still have been carried out. */
  #judgeSafely(endpoint: Endpoint, made: Replied, unknown: (reason: string, cause?: unknown) => OverdraftError): Verdict {
    try {
      return this.#judge(endpoint, made, 1)
    } catch (error) {
      if (made.judgement.kind !== 'success') throw error
      throw unknown(error instanceof Error ? error.message : String(error), error)
    }
  }

  /** The clock must be known before anything is signed. */
  async #prepare(endpoint: Endpoint, { signal }: CallOptions): Promise<void> {
    if (!needsSignature(endpoint)) return
    // What is sent only once must not be refused for a clock that moved meanwhile.
    if (endpoint.changesState ? this.serverTime.knownSince(freshForMs) : this.serverTime.known) return
    await abortable(this.measureServerTime(), signal)
  }

  #refusedForClock(made: Attempt): boolean {
    if (made.kind !== 'replied' || made.judgement.kind !== 'failure') return false
    if (this.#options.dialect.refusalOf(made.judgement.code) !== 'client.clock-off') return false
    this.serverTime.doubt()
    return true
  }

  #unanswered(endpoint: Endpoint, made: Extract<Attempt, { kind: 'unanswered' }>, attempt: number): Verdict {
    const { origin, timeoutMs, random } = this.#options
    const otherwise = unansweredError(origin, endpoint, made, timeoutMs)
    return { kind: 'again', afterMs: backoffMs(attempt, random), reason: made.reason, otherwise }
  }

  /** @throws what is final */
  #judge(endpoint: Endpoint, replied: Replied, attempt: number): Verdict {
    const { dialect, random } = this.#options
    const { judgement } = replied
    if (judgement.kind === 'success') return { kind: 'answered', value: readReply(endpoint, judgement.json, replied), replied }
    switch (judgement.failure) {
      case 'refused':
        throw judgement.kind === 'unreadable'
          ? unreadableError(endpoint, replied)
          : refusalError(dialect, endpoint, replied, this.serverTime)
      case 'limited':
        return this.#limited(endpoint, replied, attempt)
      case 'banned':
        throw this.#banned(endpoint, replied)
      case 'unavailable':
      case 'outcome-unknown':
        // An answer below 500 that is no exchange's will not become one by asking again.
        if (judgement.kind === 'unreadable' && replied.reply.status < 500) throw unreadableError(endpoint, replied)
        return {
          kind: 'again',
          afterMs: backoffMs(attempt, random),
          reason: describeReply(dialect, endpoint, replied),
          otherwise: unavailableError(dialect, endpoint, replied, attempt),
        }
    }
  }

  /** The whole budget waits, since everything else sent before would be refused as well. */
  #limited(endpoint: Endpoint, replied: Replied, attempt: number): Verdict {
    const { dialect, clock } = this.#options
    const values = refusalValues(dialect, endpoint, replied)
    const { cost } = endpoint
    const unstatedMs = cost.kind === 'calls' ? cost.perMs * attempt : minuteMs
    const afterMs = retryAfterMs(replied.reply.header('retry-after'), this.serverTime.now()) ?? unstatedMs
    const until = clock.now() + afterMs
    const otherwise = overdraftError('client.limited', { ...values, waitMs: afterMs })
    const budget = dialect.budgetOf(endpoint)
    if (afterMs > limitWaitMaxMs) budget.refuseUntil(until, otherwise)
    else budget.pauseUntil(until)
    return { kind: 'again', afterMs, reason: describeReply(dialect, endpoint, replied), otherwise }
  }

  #banned(endpoint: Endpoint, replied: Replied): OverdraftError {
    const { dialect, clock } = this.#options
    const { exchangeText } = refusalValues(dialect, endpoint, replied)
    const retryMs = retryAfterMs(replied.reply.header('retry-after'), this.serverTime.now())
    const { until, error } = banOf(dialect.exchange, exchangeText, retryMs, clock.now(), this.serverTime)
    const budget = dialect.bannedBudgetOf?.(endpoint) ?? dialect.budgetOf(endpoint)
    budget.refuseUntil(until, error)
    return error
  }

  #tellRetry(endpoint: Endpoint, reason: string, afterMs: number, attempt: number): void {
    const { tell, clock } = this.#options
    tell({ kind: 'retrying', endpoint: endpoint.name, at: clock.now(), reason, afterMs, attempt })
  }
}
