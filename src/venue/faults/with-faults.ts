import { binanceErrors, binanceServerFailures } from '../../contracts/binance/errors.ts'
import { retryAfterHeader } from '../../contracts/binance/limits.ts'
import type { Exchange } from '../../contracts/contract.ts'
import { okxErrors } from '../../contracts/okx/errors.ts'
import type { Clock } from '../../time/clock.ts'
import { httpDate } from '../../time/http-date.ts'
import type { Engine } from '../engine/engine-interface.ts'
import type { Delivery, ExchangeCall, ExchangeFace, ExchangeReply, Interference } from '../http/exchange-call.ts'
import { okxErrorReply } from '../http/okx/replies.ts'
import type { EngineLens } from './engine-lens.ts'
import type { Fault, FaultDesk } from './fault-desk.ts'
import { statedKind } from './kinds.ts'
import { binanceRefusal, okxRefusal } from './refusals.ts'
import { editedReply } from './reply-edits.ts'
import { gatewayReply, htmlPage, withHeader } from './reply-headers.ts'
import type { FaultRule, RuleOf } from './rule.ts'
import { type SeenCall, seenCall } from './seen-call.ts'
import { viewOf } from './view-of.ts'

export interface FaultyFaceOptions {
  readonly exchange: Exchange
  readonly face: ExchangeFace
  readonly desk: FaultDesk
  readonly lens: EngineLens
  readonly engine: () => Engine
  /** What slow replies take their time from. */
  readonly real: Clock
}

/** A face whose calls meet the faults of the desk; without any it is the face itself. */
export function withFaults(options: FaultyFaceOptions): ExchangeFace {
  const { exchange, face, desk, engine } = options
  return (call, now) => {
    if (desk.isIdle) return face(call, now)
    const seen = seenCall(exchange, call, engine())
    const faults = desk.fallOn(seen, now)
    return faults.length === 0 ? face(call, now) : new FaultyCall(options, call, now, seen, faults).reply()
  }
}

const whole = Object.freeze({ kind: 'whole' })
type Ending = Delivery['end']

/** One call on which faults fall. */
class FaultyCall {
  readonly #options: FaultyFaceOptions
  readonly #call: ExchangeCall
  readonly #now: number
  readonly #seen: SeenCall
  readonly #faults: readonly Fault[]
  readonly #skewMs: number

  constructor(options: FaultyFaceOptions, call: ExchangeCall, now: number, seen: SeenCall, faults: readonly Fault[]) {
    this.#options = options
    this.#call = call
    this.#now = now
    this.#seen = seen
    this.#faults = faults
    this.#skewMs = faults.reduce((sum, { rule }) => (rule.kind === 'clock-skew' ? sum + rule.ms : sum), 0)
  }

  reply(): ExchangeReply {
    const deciding = this.#faults.find(({ rule }) => statedKind(rule.kind).exclusive)
    const { reply, end } = deciding === undefined ? { reply: this.#carriedOut(), end: whole } : this.#decided(deciding)
    const delayMs = this.#faults.reduce((sum, { rule }) => (rule.kind === 'slow' ? sum + rule.ms : sum), 0)
    if (delayMs === 0 && end.kind === 'whole') return reply
    return { ...reply, delivery: this.#delivery(end, delayMs) }
  }

  /** What the face answers to the call, seen as the faults want it seen. */
  #carriedOut(): ExchangeReply {
    const { lens, face } = this.#options
    const view = viewOf(this.#faults, this.#seen.endpoint, this.#now)
    const answered = view === undefined ? this.#ask(face) : lens.during(view, () => this.#ask(face))
    const reply = editedReply(answered, this.#seen.endpoint, this.#faults)
    return this.#skewMs === 0 ? reply : withHeader(reply, 'Date', httpDate(this.#now + this.#skewMs))
  }

  #ask(face: ExchangeFace): ExchangeReply {
    if (this.#skewMs === 0) return face(this.#call, this.#now)
    // Who asks for the time without a key is told that of the clock that is off; nothing can be changed so.
    if (this.#seen.endpoint?.security === 'NONE') return face(this.#call, this.#now + this.#skewMs)
    return this.#interfered({ clockSkewMs: this.#skewMs })
  }

  #interfered(interference: Interference): ExchangeReply {
    return this.#options.face({ ...this.#call, interference }, this.#now)
  }

  /** The reply of the fault that decides what comes back, and how it travels. */
  #decided({ rule }: Fault): { readonly reply: ExchangeReply; readonly end: Ending } {
    switch (rule.kind) {
      case 'rate-limited':
        return arriving(this.#limited(rule))
      case 'banned': {
        const reply = this.#interfered({ limit: 'banned' })
        return arriving(rule.retryAfter ? reply : withHeader(reply, retryAfterHeader, undefined))
      }
      case 'firewall':
        return arriving(this.#page(403))
      case 'html-page':
        return arriving(this.#page(rule.status))
      case 'empty-reply':
        return arriving(gatewayReply(202, undefined, '', this.#now))
      case 'cut-off':
        return { reply: this.#carriedOut(), end: { kind: 'cut', bytes: rule.bytes } }
      case 'reset':
        return this.#nothing({ kind: 'reset' })
      case 'silence':
        return this.#nothing({ kind: 'silence' })
      case 'reply-lost':
        return this.#lost(rule)
      default:
        return arriving(this.#refused(rule))
    }
  }

  #limited({ retryAfter, seconds }: RuleOf<'rate-limited'>): ExchangeReply {
    const reply = this.#interfered({ limit: 'limited' })
    // Who is banned already is told for how long.
    if (reply.status !== 429) return reply
    if (!retryAfter) return withHeader(reply, retryAfterHeader, undefined)
    return seconds === undefined ? reply : withHeader(reply, retryAfterHeader, seconds.toString())
  }

  #refused(rule: FaultRule): ExchangeReply {
    const refusal = binanceRefusal(rule, this.#now)
    if (refusal !== undefined) return this.#interfered({ refusal })
    const error = okxRefusal(rule)
    if (error === undefined) throw new TypeError(`the fault ${rule.kind} does not say what is answered`)
    return okxErrorReply(error, this.#now)
  }

  /** Carried out, once; what comes instead of its reply is no second call. */
  #lost({ answer }: RuleOf<'reply-lost'>): { readonly reply: ExchangeReply; readonly end: Ending } {
    const reply = this.#carriedOut()
    switch (answer) {
      case 'reset':
      case 'silence':
        return { reply, end: { kind: answer } }
      case 'html-page':
        return arriving(this.#page(502))
      case 'empty-reply':
        return arriving(gatewayReply(202, undefined, '', this.#now))
      case 'outcome-unknown':
      case 'timeout':
        return arriving(this.#unclear(answer))
    }
  }

  #unclear(answer: 'outcome-unknown' | 'timeout'): ExchangeReply {
    if (this.#options.exchange === 'okx') {
      return okxErrorReply(answer === 'timeout' ? okxErrors.timeout() : okxErrors.systemError(), this.#now)
    }
    const error = answer === 'timeout' ? binanceErrors.timeout() : binanceServerFailures.unknownOutcome()
    return this.#interfered({ refusal: { error, counts: false } })
  }

  #page(status: number): ExchangeReply {
    return gatewayReply(status, 'text/html', htmlPage(titles[status] ?? status.toString()), this.#now)
  }

  /** Of what never comes nothing is said. */
  #nothing(end: Ending): { readonly reply: ExchangeReply; readonly end: Ending } {
    return { reply: gatewayReply(502, undefined, '', this.#now), end }
  }

  #delivery(end: Ending, delayMs: number): Delivery {
    const { real, desk } = this.#options
    const begins = async (signal?: AbortSignal): Promise<void> => {
      const either = signal === undefined ? desk.ending : AbortSignal.any([signal, desk.ending])
      either.throwIfAborted()
      if (delayMs > 0) await real.wait(delayMs, either)
      if (end.kind === 'silence') await aborted(either)
    }
    return { end, begins }
  }
}

const titles: Readonly<Record<number, string>> = {
  200: 'Please wait',
  403: '403 Forbidden',
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
}

function arriving(reply: ExchangeReply): { readonly reply: ExchangeReply; readonly end: Ending } {
  return { reply, end: whole }
}

/** Never resolves; rejects with the signal's reason. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
