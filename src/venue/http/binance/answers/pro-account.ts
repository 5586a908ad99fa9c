import { add, multiply, subtract, sum } from '../../../../decimal/arithmetic.ts'
import { type Decimal, zero } from '../../../../decimal/decimal.ts'
import type { Product } from '../../../engine/command.ts'
import type { Engine } from '../../../engine/engine-interface.ts'
import { accountFigures, needed, owned } from '../account-figures.ts'
import { type AnswerOf, reply } from '../answer.ts'
import { forPro } from './pro-only.ts'

const typeOf: Readonly<Record<Product, string>> = { 'pm-pro': 'PM_1', pm: 'PM_2', 'pm-span': 'PM_3' }

/** `GET /sapi/v1/portfolio/account` (facts A6): what is available is equity less initial margin, as in its example. */
export const answerProAccount: AnswerOf<'proAccount'> = forPro(({ engine, account }) => {
  const status = engine.marginStatus(account)
  return reply({
    ...accountFigures(status),
    totalAvailableBalance: owned(subtract(status.equity, status.initialMargin)),
    accountType: accountType(engine, account),
  })
})

/** `GET /sapi/v2/portfolio/account` (facts A6): maintenance margin of the futures by underlying, the rest is the loans'. */
export const answerProSpanAccount: AnswerOf<'proSpanAccount'> = forPro(({ engine, account }) => {
  const status = engine.marginStatus(account)
  const units = riskUnits(engine, account)
  const futures = sum([...units.values()])
  return reply({
    ...accountFigures(status),
    riskUnitMMList: [...units].map(([asset, usd]) => ({ asset, uniMaintainUsd: needed(usd) })),
    marginMM: needed(subtract(status.maintenanceMargin, futures)),
    otherMM: needed(zero),
    accountType: accountType(engine, account),
  })
}, 'span-only')

function accountType(engine: Engine, account: string): string {
  return typeOf[engine.accountState(account).product ?? 'pm']
}

function riskUnits(engine: Engine, account: string): ReadonlyMap<string, Decimal> {
  const units = new Map<string, Decimal>()
  for (const { asset, maintenance } of engine.requirementsOf(account)) {
    const usd = multiply(maintenance, engine.priceOf(asset) ?? zero)
    units.set(asset, add(units.get(asset) ?? zero, usd))
  }
  return units
}
