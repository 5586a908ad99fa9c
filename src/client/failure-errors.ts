import type { Endpoint } from '../contracts/contract.ts'
import { type OverdraftError, overdraftError } from '../errors/overdraft-error.ts'
import type { Attempt } from './attempt.ts'
import type { Dialect } from './dialect.ts'
import type { ServerTime } from './server-time.ts'

type Replied = Extract<Attempt, { kind: 'replied' }>
type Unanswered = Extract<Attempt, { kind: 'unanswered' }>

const longestText = 400

/** The exchange's own code and text as every refusal carries them. */
export function refusalValues(dialect: Dialect, endpoint: Endpoint, replied: Replied) {
  const { judgement, reply, clean } = replied
  const known = judgement.kind === 'failure'
  return {
    exchange: dialect.exchange,
    endpoint: endpoint.name,
    status: reply.status,
    exchangeCode: known && judgement.code !== '' ? judgement.code : 'no code',
    exchangeText: clean(known ? judgement.text : reply.text).slice(0, longestText),
  }
}

/** A refusal by the exchange, under the name it has with us. */
export function refusalError(dialect: Dialect, endpoint: Endpoint, replied: Replied, serverTime: ServerTime): OverdraftError {
  const values = refusalValues(dialect, endpoint, replied)
  const named = dialect.refusalOf(values.exchangeCode)
  if (named === 'client.clock-off') {
    return overdraftError(named, { ...values, offsetMs: serverTime.offsetMs, uncertaintyMs: serverTime.uncertaintyMs })
  }
  return overdraftError(named ?? 'client.refused', values)
}

/** An answer that is not one of an exchange, with the text that came. */
export function unreadableError(endpoint: Endpoint, { reply, clean }: Replied): OverdraftError {
  return overdraftError('client.unreadable-reply', {
    endpoint: endpoint.name,
    status: reply.status,
    contentType: reply.header('content-type') ?? '',
    text: clean(reply.text).slice(0, longestText),
  })
}

/** Overloaded, under maintenance, or failing inside, again and again. */
export function unavailableError(dialect: Dialect, endpoint: Endpoint, replied: Replied, attempts: number): OverdraftError {
  const { exchange, status, exchangeText: text } = refusalValues(dialect, endpoint, replied)
  return overdraftError('client.unavailable', { exchange, endpoint: endpoint.name, status, text, attempts })
}

/** No answer, to a call that changed nothing. */
export function unansweredError(origin: string, endpoint: Endpoint, attempt: Unanswered, timeoutMs: number): OverdraftError {
  if (attempt.timedOut) return overdraftError('client.no-answer', { origin, endpoint: endpoint.name, waitedMs: timeoutMs })
  return overdraftError('client.unreachable', { origin, reason: attempt.reason })
}

/** In words, for an outcome that is not known. */
export function describeReply(dialect: Dialect, endpoint: Endpoint, replied: Replied): string {
  const { exchange, exchangeCode, exchangeText, status } = refusalValues(dialect, endpoint, replied)
  return `${exchange} answered ${exchangeCode} "${exchangeText.slice(0, 120)}" (HTTP ${status})`
}
