import { type Decimal, zero } from '../../../../decimal/decimal.ts'
import { atPrintedScale, binanceFixedRule } from '../../../../decimal/printing.ts'
import type { Engine } from '../../../engine/engine-interface.ts'
import { type AnswerOf, reply } from '../answer.ts'

/** `GET /papi/v1/um/account` (facts A6). The venue has no positions: what they would require was set for their asset. */
export const answerUmAccount: AnswerOf<'umAccount'> = ({ engine, account }) =>
  reply({ assets: futuresAssets(engine, account, 'um'), positions: [] })

/** `GET /papi/v2/um/account` (facts A6). */
export const answerUmAccountV2: AnswerOf<'umAccountV2'> = ({ engine, account }) =>
  reply({ assets: futuresAssets(engine, account, 'um'), positions: [] })

/** `GET /papi/v1/cm/account` (facts A6). */
export const answerCmAccount: AnswerOf<'cmAccount'> = ({ engine, account }) =>
  reply({ assets: futuresAssets(engine, account, 'cm'), positions: [] })

/**
 * Every asset the account has touched, as in its balance, then those that only a requirement names. The engine does not
 * part what is required initially: all of it is shown as the positions'.
 */
function futuresAssets(engine: Engine, account: string, wallet: 'um' | 'cm') {
  const balances = new Map(engine.binanceBalances(account).map((balance) => [balance.asset, balance]))
  const required = new Map(
    engine
      .requirementsOf(account)
      .flatMap((requirement) => (requirement.wallet === wallet ? [[requirement.asset, requirement] as const] : [])),
  )
  return [...new Set([...balances.keys(), ...required.keys()])].map((asset) => {
    const balance = balances.get(asset)
    const requirement = required.get(asset)
    const initial = printed(requirement?.initial)
    return {
      asset,
      crossWalletBalance: printed(balance?.[wallet]),
      crossUnPnl: printed(wallet === 'um' ? balance?.umUnrealised : balance?.cmUnrealised),
      maintMargin: printed(requirement?.maintenance),
      initialMargin: initial,
      positionInitialMargin: initial,
      openOrderInitialMargin: printed(zero),
      updateTime: balance?.updatedAt ?? 0,
    }
  })
}

function printed(amount: Decimal = zero): Decimal {
  return atPrintedScale(amount, binanceFixedRule)
}
