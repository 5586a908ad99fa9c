import type { Cost } from '../../../contracts/contract.ts'
import { type OkxError, okxErrors } from '../../../contracts/okx/errors.ts'
import { isOverdraftError } from '../../../errors/overdraft-error.ts'
import type { ApiKey } from '../../engine/command.ts'
import type { FaceOptions } from '../binance/face.ts'
import type { ExchangeCall, ExchangeFace } from '../exchange-call.ts'
import { okxAnswers } from './answers/answers.ts'
import { costOf } from './call-cost.ts'
import { CallLedger } from './call-ledger.ts'
import { identify } from './caller.ts'
import { isUnavailableInDemo } from './demo.ts'
import { okxParameters } from './parameters.ts'
import { okxErrorReply, okxNotFoundReply, okxReply } from './replies.ts'
import { type OkxRoute, okxRoutes } from './routes.ts'

/** Answers `/api/v5/…` as OKX does, checking in the order of facts B2: who calls, how often, with which parameters. */
export function okxFace(options: FaceOptions): ExchangeFace {
  const { engine, behaviour, limitNow, onFault } = options
  const routes = okxRoutes(okxAnswers)
  const paths = new Set([...routes.values()].map(({ endpoint }) => endpoint.path))
  const ledger = new CallLedger({ enforced: behaviour.limits === 'enforced' })

  const admitted = (cost: Cost, path: string, who: string): boolean =>
    cost.kind !== 'calls' || ledger.admit(`${who} ${path}`, cost, limitNow())

  const answerCall = (call: ExchangeCall, route: OkxRoute, now: number): string | OkxError => {
    const { endpoint } = route
    const present = engine()
    let account = ''
    let key: ApiKey | undefined
    let who = call.ip
    if (endpoint.security !== 'NONE') {
      const identified = identify(call, endpoint, present, now, behaviour)
      if (identified.kind === 'refused') return identified.error
      account = identified.caller.account.account
      key = identified.caller.key
      who = `user ${identified.caller.account.uid}`
    }
    if (!admitted(costOf(endpoint, behaviour), endpoint.path, who)) return okxErrors.tooManyRequests()
    if (isUnavailableInDemo(endpoint, behaviour)) return okxErrors.unavailableInDemo()
    const parameters = okxParameters(endpoint, call, behaviour)
    if (parameters.kind === 'refused') return parameters.error
    return route.answer({ engine: present, account, key, values: parameters.values, now, behaviour })
  }

  return (call, now) => {
    const route = routes.get(`${call.method} ${call.path}`)
    if (route === undefined) return paths.has(call.path) ? okxErrorReply(okxErrors.invalidMethod(), now) : okxNotFoundReply(now)
    try {
      const answer = answerCall(call, route, now)
      return typeof answer === 'string' ? okxReply(200, answer, now) : okxErrorReply(answer, now)
    } catch (error) {
      onFault(error)
      return okxErrorReply(isOverdraftError(error) && error.exit === 'storage' ? okxErrors.unavailable() : okxErrors.systemError(), now)
    }
  }
}
