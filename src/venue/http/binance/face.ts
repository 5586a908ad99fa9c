import { type BinanceError, binanceErrors, binanceServerFailures } from '../../../contracts/binance/errors.ts'
import { type BinancePool, binanceHostOf, binanceWeightOf, papiOrderPool, papiPool, spotPool } from '../../../contracts/binance/pools.ts'
import { isOverdraftError } from '../../../errors/overdraft-error.ts'
import type { FaceBehaviour } from '../../behaviour.ts'
import type { Engine } from '../../engine/engine-interface.ts'
import type { ListenKeyDesk } from '../../streams/user-streams.ts'
import type { ExchangeCall, ExchangeFace, ExchangeReply } from '../exchange-call.ts'
import { parameterPairs } from '../parameter-pairs.ts'
import { binanceAnswers } from './answers/answers.ts'
import { callerOf } from './caller.ts'
import { judge } from './judgement.ts'
import { type Counted, PoolLedgers, type PoolsVerdict } from './pool-ledgers.ts'
import { type Circumstances, errorReply, notFoundReply, successReply } from './replies.ts'
import { binanceRoutes, type Route, routeInForce } from './routes.ts'

export interface FaceOptions {
  readonly engine: () => Engine
  /** Grows with every change of the engine's state. */
  readonly revision: () => number
  readonly behaviour: FaceBehaviour
  /** The time the rate limits run on. */
  readonly limitNow: () => number
  /** The real clock, for how long an answer took. */
  readonly realNow: () => number
  /** Told of what should not happen: a fault of the venue itself, or of its disk. */
  readonly onFault: (error: unknown) => void
}

interface BinanceFaceOptions extends FaceOptions {
  readonly listenKeys: ListenKeyDesk
}

/** Answers `/papi/…` as Binance Portfolio Margin does, `/sapi/…` and `/api/v3/…` as its api host. */
export function binanceFace(options: BinanceFaceOptions): ExchangeFace {
  const { engine, revision, listenKeys, behaviour, limitNow, realNow, onFault } = options
  const routes = binanceRoutes(binanceAnswers)
  const ledgers = new PoolLedgers({
    rejectionsBeforeBan: behaviour.binanceRejectionsBeforeBan,
    enforced: behaviour.limits === 'enforced',
  })

  const answerJudged = (call: ExchangeCall, route: Route, now: number): string | BinanceError => {
    const judgement = judge(call, route, { engine: engine(), behaviour, now })
    if (judgement.kind === 'refused') return judgement.error
    const { caller, values } = judgement
    const account = caller?.account ?? ''
    // Written out: spreading one object into another here cost half of a request.
    const answer = route.answer({
      engine: engine(),
      account,
      key: caller?.key,
      values,
      now,
      behaviour,
      revision: revision(),
      listenKeys,
    })
    return answer.kind === 'reply' ? answer.reply : answer.error
  }

  /** By whom the call is counted; the user of a key that nobody has is not known. */
  const countedFor = ({ pools }: Route, { ip, header }: ExchangeCall): Counted => {
    if (pools.every(({ per }) => per === 'ip')) return { ip, user: undefined }
    return { ip, user: callerOf(engine(), header('x-mbx-apikey') ?? '')?.account }
  }

  return (call, now) => {
    const stated = routes.get(`${call.method} ${call.path}`)
    const route = stated && routeInForce(stated, now, behaviour)
    if (route === undefined) return notFoundReply(call, now, behaviour)
    const startedAt = realNow()
    const { limit, refusal } = call.interference ?? {}
    const costs = refusal?.counts === false ? nothing : costsOf(route, call)
    const { counted, turnedAway } = ledgers.spend(route.pools, costs, countedFor(route, call), limitNow(), limit)
    const host = binanceHostOf(call.path)
    const circumstances = (): Circumstances => ({ now, host, counted, elapsedMs: Math.max(realNow() - startedAt, 0) })
    if (turnedAway !== undefined) return limitedReply(call.ip, turnedAway, circumstances())
    if (refusal !== undefined) return errorReply(refusal.error, circumstances())
    try {
      const answer = answerJudged(call, route, now)
      return typeof answer === 'string' ? successReply(answer, circumstances()) : errorReply(answer, circumstances())
    } catch (error) {
      onFault(error)
      return errorReply(serverFailure(error), circumstances())
    }
  }
}

/** What the call costs each pool of its route: an order costs its address no weight. */
function costsOf({ endpoint, pools }: Route, { query }: ExchangeCall): readonly number[] {
  const weight = binanceWeightOf(endpoint.cost, (parameter) => parameterPairs(query).some(([name]) => name === parameter))
  return pools.length === 1 ? [weight] : [0, weight]
}

const nothing: readonly number[] = [0, 0]

function limitedReply(
  ip: string,
  { pool, limit, verdict }: NonNullable<PoolsVerdict['turnedAway']>,
  circumstances: Circumstances,
): ExchangeReply {
  const { retryAfterSeconds } = verdict
  const error = verdict.kind === 'banned' ? binanceErrors.banned(ip, verdict.bannedUntil) : limitedError(ip, pool, limit)
  return errorReply(error, { ...circumstances, retryAfterSeconds })
}

function limitedError(ip: string, pool: BinancePool, limit: number): BinanceError {
  switch (pool) {
    case papiPool:
      return binanceErrors.tooManyRequests(ip, limit)
    case papiOrderPool:
      return binanceErrors.tooManyOrders(limit)
    case spotPool:
      return binanceErrors.spotLimited(limit)
    default:
      return binanceErrors.sapiLimited()
  }
}

/** The journal refuses a command before anything changes, so a disk that fails is a call that failed, not an unclear one. */
function serverFailure(error: unknown): BinanceError {
  return isOverdraftError(error) && error.exit === 'storage' ? binanceServerFailures.internal() : binanceErrors.unknown()
}
