import type { Endpoint } from '../../../contracts/contract.ts'
import { okxEndpoints } from '../../../contracts/endpoints.ts'
import type { OkxError } from '../../../contracts/okx/errors.ts'
import { okxSuccessCode } from '../../../contracts/okx/limits.ts'
import { fail } from '../../../errors/overdraft-error.ts'
import type { Question } from '../question.ts'
import { replyPrinter } from '../reply-text.ts'
import type { OkxAnswer, OkxAnswers, OkxName } from './answer.ts'

/** One endpoint as the face asks for it: by method and path, its answer already printed in its envelope. */
export interface OkxRoute {
  readonly endpoint: Endpoint
  readonly answer: (question: Question<unknown>) => string | OkxError
}

/** Every contract with its answer, by `METHOD path`. */
export function okxRoutes(answers: OkxAnswers): ReadonlyMap<string, OkxRoute> {
  const routes = new Map<string, OkxRoute>()
  for (const name of Object.keys(okxEndpoints) as OkxName[]) {
    const endpoint: Endpoint = okxEndpoints[name]
    // The table of answers ties each to its own contract; here, where they are called by path, that tie is lost.
    const answer = answers[name] as ((question: Question<unknown>) => OkxAnswer<unknown>) | undefined
    if (answer === undefined) return fail('venue.answer-missing', { endpoint: name })
    const print = replyPrinter(endpoint.reply)
    routes.set(`${endpoint.method} ${endpoint.path}`, {
      endpoint,
      answer: (question) => {
        const given = answer(question)
        return given.kind === 'error' ? given.error : print({ code: okxSuccessCode, data: given.data, msg: '' })
      },
    })
  }
  return routes
}
