import type { Endpoint } from '../contracts/contract.ts'
import { isOverdraftError } from '../errors/overdraft-error.ts'
import { type Json, parseJson } from '../json/json.ts'
import type { Attempt } from './attempt.ts'
import { unreadableError } from './failure-errors.ts'

/** The reply by its contract. @throws `contract.wrong-shape`, `client.unreadable-reply`, showing what came without secrets */
export function readReply(endpoint: Endpoint, json: Json, replied: Extract<Attempt, { kind: 'replied' }>): unknown {
  try {
    return endpoint.reply.parse(json, '')
  } catch (error) {
    if (!isOverdraftError(error)) throw error
  }
  // The error shows what came, which may echo the signed URL: it is made of the reply without secrets instead.
  const { reply, clean } = replied
  try {
    endpoint.reply.parse(parseJson(clean(reply.text)), '')
  } catch (error) {
    if (isOverdraftError(error, 'contract.wrong-shape')) throw error
  }
  throw unreadableError(endpoint, replied)
}
