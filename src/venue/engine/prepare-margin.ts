import { compare } from '../../decimal/arithmetic.ts'
import { decimalOf, toText } from '../../decimal/decimal.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { repaySwitchLimitFrom } from '../../rules/auto-repay.ts'
import { marketValue, unsignedAmount } from './amount.ts'
import { prepareBnbTransfer, prepareCollection } from './collection.ts'
import type { Command } from './command.ts'
import { prepareDebtRepayment } from './debt-repayment.ts'
import type { Effect } from './effect.ts'
import { checkLevel, checkName, findAccount, findAccountOf } from './find-account.ts'
import type { State } from './state.ts'
import { ofUtcDay, prepareUse } from './uses.ts'

type MarginCommand = Extract<
  Command,
  {
    kind:
      | 'set-repay-switch'
      | 'collect'
      | 'transfer-bnb'
      | 'repay-debt'
      | 'set-requirements'
      | 'set-vip'
      | 'set-loan-terms'
      | 'set-lending-pool'
  }
>
type Of<Kind extends MarginCommand['kind']> = Extract<MarginCommand, { kind: Kind }>

const one = decimalOf(1n)
/** The change log of the exchange, 2024-11-01 (facts A6). */
const switchChanges = ofUtcDay('changes of the Auto Repay switch', 20)

/** What a Binance margin account is told besides movements and loans, and what a loan is granted on. */
export function prepareMargin(state: State, command: MarginCommand): Effect {
  switch (command.kind) {
    case 'set-repay-switch':
      return setRepaySwitch(state, command)
    case 'collect':
      return prepareCollection(state, command)
    case 'transfer-bnb':
      return prepareBnbTransfer(state, command)
    case 'repay-debt':
      return prepareDebtRepayment(state, command)
    case 'set-requirements':
      return setRequirements(state, command)
    case 'set-vip':
      return setVip(state, command)
    case 'set-loan-terms':
      return setLoanTerms(state, command)
    case 'set-lending-pool':
      return setLendingPool(state, command)
  }
}

/** A call that changes nothing counts as well: the limit is one of calls. */
function setRepaySwitch(state: State, command: Of<'set-repay-switch'>): Effect {
  const account = findAccountOf(state, command.account, 'binance', command.kind)
  const noteUse = state.now < repaySwitchLimitFrom ? undefined : prepareUse(account, switchChanges, state.now)
  return {
    kind: 'change',
    account,
    change: () => {
      account.repaySwitch = command.on
      noteUse?.()
    },
  }
}

function setRequirements(state: State, command: Of<'set-requirements'>): Effect {
  const account = findAccountOf(state, command.account, 'binance', command.kind)
  checkName('asset', command.asset)
  const requirement = Object.freeze({
    initial: unsignedAmount(command.initial, 'binance', 'initial margin'),
    maintenance: unsignedAmount(command.maintenance, 'binance', 'maintenance margin'),
    openLoss: unsignedAmount(command.openLoss, 'binance', 'open loss'),
  })
  const key = `${command.wallet} ${command.asset}`
  const requiresNothing = Object.values(requirement).every((amount) => amount === 0n)
  return {
    kind: 'change',
    account,
    change: () => {
      if (requiresNothing) account.requirements.delete(key)
      else account.requirements.set(key, requirement)
    },
  }
}

function setVip(state: State, command: Of<'set-vip'>): Effect {
  const account = findAccount(state, command.account)
  checkLevel(command.vip)
  return {
    kind: 'change',
    account,
    change: () => {
      account.vip = command.vip
    },
  }
}

function setLoanTerms({ market }: State, command: Of<'set-loan-terms'>): Effect {
  const { exchange, asset, vip } = command
  checkName('asset', asset)
  if (vip !== undefined) checkLevel(vip)
  const maintenanceRate = marketValue(command.maintenanceRate, 'maintenance rate')
  if (compare(maintenanceRate, one) > 0)
    fail('venue.amount-too-large', { field: 'maintenance rate', amount: toText(command.maintenanceRate), limit: '1' })
  const terms = Object.freeze({ maintenanceRate, maximum: unsignedAmount(command.maximum, exchange, 'maximum') })
  return { kind: 'market', moves: 'loans', change: () => market.setLoanTerms(exchange, asset, vip, terms) }
}

function setLendingPool({ market }: State, { exchange, asset, amount }: Of<'set-lending-pool'>): Effect {
  checkName('asset', asset)
  const pool = unsignedAmount(amount, exchange, 'lending pool')
  return { kind: 'market', moves: 'loans', change: () => market.setLendingPool(exchange, asset, pool) }
}
