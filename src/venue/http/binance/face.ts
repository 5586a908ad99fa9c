import { type BinanceError, binanceErrors, binanceServerFailures } from '../../../contracts/binance/errors.ts'
import { binanceWeightLimit } from '../../../contracts/binance/limits.ts'
import { isOverdraftError } from '../../../errors/overdraft-error.ts'
import type { FaceBehaviour } from '../../behaviour.ts'
import type { Engine } from '../../engine/engine-interface.ts'
import type { ExchangeCall, ExchangeFace, ExchangeReply } from '../exchange-call.ts'
import { binanceAnswers } from './answers/answers.ts'
import { judge } from './judgement.ts'
import { type Circumstances, errorReply, notFoundReply, successReply } from './replies.ts'
import { binanceRoutes, type Route } from './routes.ts'
import { WeightLedger, type WeightVerdict } from './weight-ledger.ts'

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

/** Answers `/papi/…` as Binance Portfolio Margin does. */
export function binanceFace(options: FaceOptions): ExchangeFace {
  const { engine, revision, behaviour, limitNow, realNow, onFault } = options
  const routes = binanceRoutes(binanceAnswers)
  const ledger = new WeightLedger({
    limit: binanceWeightLimit.limit,
    rejectionsBeforeBan: behaviour.binanceRejectionsBeforeBan,
    enforced: behaviour.limits === 'enforced',
  })

  const answerJudged = (call: ExchangeCall, route: Route, now: number): string | BinanceError => {
    const judgement = judge(call, route, { engine: engine(), behaviour, now })
    if (judgement.kind === 'refused') return judgement.error
    const { account, values } = judgement
    const answer = route.answer({ engine: engine(), account, values, now, behaviour, revision: revision() })
    return answer.kind === 'reply' ? answer.reply : answer.error
  }

  return (call, now) => {
    const route = routes.get(`${call.method} ${call.path}`)
    if (route === undefined) return notFoundReply(now)
    const startedAt = realNow()
    const { limit, refusal } = call.interference ?? {}
    const weight = refusal?.counts === false ? 0 : route.weight
    const verdict = limit === undefined ? ledger.spend(call.ip, weight, limitNow()) : ledger.turnAway(call.ip, weight, limitNow(), limit)
    const circumstances = (): Circumstances => ({ now, usedWeight: verdict.usedWeight, elapsedMs: Math.max(realNow() - startedAt, 0) })
    if (verdict.kind !== 'allowed') return limitedReply(call.ip, verdict, circumstances())
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

function limitedReply(ip: string, verdict: Exclude<WeightVerdict, { kind: 'allowed' }>, circumstances: Circumstances): ExchangeReply {
  const { retryAfterSeconds } = verdict
  const error =
    verdict.kind === 'banned' ? binanceErrors.banned(ip, verdict.bannedUntil) : binanceErrors.tooManyRequests(ip, binanceWeightLimit.limit)
  return errorReply(error, { ...circumstances, retryAfterSeconds })
}

/** The journal refuses a command before anything changes, so a disk that fails is a call that failed, not an unclear one. */
function serverFailure(error: unknown): BinanceError {
  return isOverdraftError(error) && error.exit === 'storage' ? binanceServerFailures.internal() : binanceErrors.unknown()
}
