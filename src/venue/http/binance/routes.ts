import { type BinancePool, binancePoolOf, papiOrderPool, papiPool } from '../../../contracts/binance/pools.ts'
import type { Endpoint } from '../../../contracts/contract.ts'
import { binanceEndpoints } from '../../../contracts/endpoints.ts'
import { endpointInForce } from '../../../contracts/in-force.ts'
import { fail } from '../../../errors/overdraft-error.ts'
import type { FaceBehaviour } from '../../behaviour.ts'
import { replyPrinter } from '../reply-text.ts'
import { type Answer, type Answers, type BinanceName, type BinanceQuestion, reply } from './answer.ts'
import { remembering } from './remembered-replies.ts'

/** One endpoint as the face asks for it: by method and path, its answer already printed. */
export interface Route {
  readonly endpoint: Endpoint
  /** Where a call is counted; where it costs an order it is looked whether its address is banned, too. */
  readonly pools: readonly BinancePool[]
  readonly answer: (question: BinanceQuestion<unknown>) => Answer<string>
}

/** Endpoints whose reply follows from the state and the parameters alone, not from the time of asking. */
const remembersReplies: ReadonlySet<BinanceName> = new Set(['balance'])

/** Every contract with its answer, by `METHOD path`. */
export function binanceRoutes(answers: Answers): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>()
  for (const name of Object.keys(binanceEndpoints) as BinanceName[]) {
    const endpoint: Endpoint = binanceEndpoints[name]
    // The table of answers ties each to its own contract; here, where they are called by path, that tie is lost.
    const answer = answers[name] as ((question: BinanceQuestion<unknown>) => Answer<unknown>) | undefined
    if (answer === undefined) return fail('venue.answer-missing', { endpoint: name })
    const print = replyPrinter(endpoint.reply)
    const printed = (question: BinanceQuestion<unknown>): Answer<string> => {
      const given = answer(question)
      return given.kind === 'error' ? given : reply(print(given.reply))
    }
    routes.set(`${endpoint.method} ${endpoint.path}`, {
      endpoint,
      pools: poolsOf(endpoint),
      answer: remembersReplies.has(name) ? remembering(printed) : printed,
    })
  }
  return routes
}

/** The route as it stands at an instant: `undefined` while its endpoint was not released, without the parameters of other times. */
export function routeInForce(route: Route, now: number, { binanceChangeLog }: FaceBehaviour): Route | undefined {
  const endpoint = endpointInForce(route.endpoint, now, binanceChangeLog)
  if (endpoint === undefined) return undefined
  return endpoint === route.endpoint ? route : { ...route, endpoint }
}

function poolsOf(endpoint: Endpoint): readonly BinancePool[] {
  const pool = binancePoolOf(endpoint)
  return pool === papiOrderPool ? [papiPool, papiOrderPool] : [pool]
}
