import type { Endpoint } from '../../../contracts/contract.ts'
import { binanceEndpoints } from '../../../contracts/endpoints.ts'
import { fail } from '../../../errors/overdraft-error.ts'
import { type Json, printJson } from '../../../json/json.ts'
import type { Answer, Answers, BinanceName, Question } from './answer.ts'

/** One endpoint as the face asks for it: by method and path, its answer already printed. */
export interface Route {
  readonly endpoint: Endpoint
  readonly weight: number
  readonly answer: (question: Question<unknown>) => Answer<string>
}

/** Every contract with its answer, by `METHOD path`. */
export function binanceRoutes(answers: Answers): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>()
  for (const name of Object.keys(binanceEndpoints) as BinanceName[]) {
    const endpoint: Endpoint = binanceEndpoints[name]
    // The table of answers ties each to its own contract; here, where they are called by path, that tie is lost.
    const answer = answers[name] as ((question: Question<unknown>) => Answer<unknown>) | undefined
    if (answer === undefined) return fail('venue.answer-missing', { endpoint: name })
    routes.set(`${endpoint.method} ${endpoint.path}`, {
      endpoint,
      weight: endpoint.cost.kind === 'weight' ? endpoint.cost.weight : 1,
      answer: (question) => printed(endpoint, answer(question)),
    })
  }
  return routes
}

function printed(endpoint: Endpoint, answer: Answer<unknown>): Answer<string> {
  if (answer.kind === 'error') return answer
  const json: Json = endpoint.reply.print(answer.reply)
  return { kind: 'reply', reply: printJson(json) }
}
