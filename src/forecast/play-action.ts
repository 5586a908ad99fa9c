import { strip } from '../decimal/arithmetic.ts'
import { toText } from '../decimal/decimal.ts'
import { fail } from '../errors/overdraft-error.ts'
import { splitRepayment } from '../rules/debt-repayment.ts'
import { noBinanceHolding, noOkxHolding } from './no-holding.ts'
import { repaidFromMargin } from './play-auto-exchange.ts'
import { marginLoanCharge, owing } from './play-binance-charges.ts'
import type { PlayedEvent } from './play-event.ts'
import {
  amountOfUnits,
  type BinanceHolding,
  type BinancePlayState,
  ledgerUnits,
  type OkxHolding,
  type OkxPlayState,
  type PlayState,
  totalOf,
  withHolding,
} from './play-state.ts'
import type { WhatIfAction } from './what-if-action.ts'

interface Acted {
  readonly state: PlayState
  readonly events: readonly PlayedEvent[]
}

/** Does what the user would do. @throws `forecast.nothing-owed`, `forecast.not-there` */
export function applyAction(state: PlayState, action: WhatIfAction, at: number): Acted {
  return state.exchange === 'binance' ? actOnBinance(state, action, at) : actOnOkx(state, action, at)
}

function actOnBinance(before: BinancePlayState, action: WhatIfAction, at: number): Acted {
  const holding = before.holdings.get(action.asset) ?? noBinanceHolding(action.asset)
  const { after, amount, events = [] } = changedOnBinance(holding, action, at)
  const state = { ...before, holdings: withHolding(before.holdings, after), exhausted: new Set<string>() }
  return { state, events: [doneBy(action, amountOfUnits(amount, 'binance'), at), ...events] }
}

function changedOnBinance(
  holding: BinanceHolding,
  action: WhatIfAction,
  at: number,
): { readonly after: BinanceHolding; readonly amount: bigint; readonly events?: readonly PlayedEvent[] } {
  const asked = action.amount === 'all' ? undefined : ledgerUnits(action.amount, 'binance')
  switch (action.verb) {
    case 'deposit':
      return { after: { ...holding, free: holding.free + (asked ?? 0n) }, amount: asked ?? 0n }
    case 'withdraw': {
      const amount = takenOut(action, asked, holding.free, 'binance')
      return { after: { ...holding, free: holding.free - amount }, amount }
    }
    case 'borrow': {
      const amount = asked ?? 0n
      const charge = marginLoanCharge(holding, amount, at)
      const after = owing({ ...holding, free: holding.free + amount, borrowed: holding.borrowed + amount }, charge)
      return { after, amount, events: charge === undefined ? [] : [charge] }
    }
    case 'repay':
      return repaidOnBinance(holding, action, asked)
  }
}

/** First the negative balance, which coins in cross margin lower and the futures wallets then take; then unpaid interest, then the margin loan (facts A5). */
function repaidOnBinance(holding: BinanceHolding, action: WhatIfAction, asked: bigint | undefined) {
  const total = totalOf(holding)
  const negative = total < 0n ? -total : 0n
  const owed = negative + holding.interest + holding.borrowed
  if (owed === 0n && holding.um >= 0n && holding.cm >= 0n)
    return fail('forecast.nothing-owed', { account: action.account, asset: action.asset })
  const amount = smaller(asked ?? owed, owed)
  const toBalance = smaller(amount, negative)
  const covered = repaidFromMargin(holding, toBalance)
  const { interest, principal } = splitRepayment(amount - toBalance, holding.interest)
  return { after: { ...covered, interest: covered.interest - interest, borrowed: covered.borrowed - principal }, amount }
}

function actOnOkx(before: OkxPlayState, action: WhatIfAction, at: number): Acted {
  const holding = before.holdings.get(action.asset) ?? noOkxHolding(action.asset)
  const { after, amount } = changedOnOkx(holding, action)
  return { state: { ...before, holdings: withHolding(before.holdings, after) }, events: [doneBy(action, amountOfUnits(amount, 'okx'), at)] }
}

function changedOnOkx(holding: OkxHolding, action: WhatIfAction): { readonly after: OkxHolding; readonly amount: bigint } {
  const asked = action.amount === 'all' ? undefined : ledgerUnits(action.amount, 'okx')
  switch (action.verb) {
    case 'deposit': {
      // Coins that come in lower what cash is overdrawn, and leave what was borrowed by hand.
      const isTold = holding.isTold && (holding.cash >= 0n || holding.isCashTold)
      return { after: { ...holding, isTold, cash: holding.cash + (asked ?? 0n) }, amount: asked ?? 0n }
    }
    case 'withdraw': {
      const amount = takenOut(action, asked, holding.cash, 'okx')
      return { after: { ...holding, cash: holding.cash - amount }, amount }
    }
    case 'borrow':
      return {
        after: { ...holding, cash: holding.cash + (asked ?? 0n), spotBorrowed: holding.spotBorrowed - (asked ?? 0n) },
        amount: asked ?? 0n,
      }
    case 'repay':
      return repaidOnOkx(holding, action, asked)
  }
}

/** First cash up to zero, then what was borrowed by hand, then each position and unpaid interest; losses not realised are no loan. */
function repaidOnOkx(holding: OkxHolding, action: WhatIfAction, asked: bigint | undefined) {
  const overdrawn = holding.cash < 0n ? -holding.cash : 0n
  const positions = holding.positions.reduce((sum, { liability }) => sum + liability, 0n)
  const owed = overdrawn - holding.spotBorrowed + positions + holding.interest
  if (owed === 0n) return fail('forecast.nothing-owed', { account: action.account, asset: action.asset })
  const amount = smaller(asked ?? owed, owed)
  let left = amount
  const pay = (debt: bigint) => {
    const paid = smaller(left, debt)
    left -= paid
    return paid
  }
  const cash = holding.cash + pay(overdrawn)
  const spotBorrowed = holding.spotBorrowed + pay(-holding.spotBorrowed)
  const after = {
    ...holding,
    cash,
    spotBorrowed,
    positions: holding.positions.map((position) => Object.freeze({ ...position, liability: position.liability - pay(position.liability) })),
    interest: holding.interest - pay(holding.interest),
  }
  return { after, amount }
}

/** @throws `forecast.not-there` */
function takenOut({ account, asset }: WhatIfAction, asked: bigint | undefined, held: bigint, exchange: 'binance' | 'okx'): bigint {
  const there = held > 0n ? held : 0n
  const amount = asked ?? there
  if (amount === 0n || amount > there) {
    const shown = (units: bigint) => toText(strip(amountOfUnits(units, exchange)))
    return fail('forecast.not-there', { account, asset, amount: shown(amount), free: shown(there) })
  }
  return amount
}

function doneBy(action: WhatIfAction, amount: ReturnType<typeof amountOfUnits>, at: number): PlayedEvent {
  return Object.freeze({ kind: 'action', at, action, amount })
}

function smaller(left: bigint, right: bigint): bigint {
  return left < right ? left : right
}
