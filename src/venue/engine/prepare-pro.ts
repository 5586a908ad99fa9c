import { fail } from '../../errors/overdraft-error.ts'
import type { Account } from './account.ts'
import { positiveAmount, textOf } from './amount.ts'
import type { Command } from './command.ts'
import { type Effect, posting } from './effect.ts'
import { checkName, findAccountOf } from './find-account.ts'
import { transfer } from './ledger.ts'
import type { State } from './state.ts'

type ProCommand = Extract<Command, { kind: 'lend-bankruptcy' | 'repay-bankruptcy' | 'set-delta-mode' }>

/** What Portfolio Margin PRO has beside what every Binance account has (facts A6). */
export function preparePro(state: State, command: ProCommand): Effect {
  const account = findAccountOf(state, command.account, 'binance', command.kind)
  switch (command.kind) {
    case 'lend-bankruptcy': {
      checkName('asset', command.asset)
      const amount = positiveAmount(command.amount, 'binance')
      return posting(transfer(state.holding(account, command.asset), 'bankruptcy', 'um', amount), 'bankruptcy-loan')
    }
    case 'repay-bankruptcy':
      return repayBankruptcy(account, command.from ?? 'cross-free')
    case 'set-delta-mode':
      return {
        kind: 'change',
        change: () => {
          account.deltaMode = command.on
        },
      }
  }
}

/** The endpoint takes no amount: all that is owed, or nothing. */
function repayBankruptcy(account: Account, wallet: 'cross-free' | 'spot'): Effect {
  const owing = [...account.holdings.values()].filter(({ balances }) => balances.bankruptcy < 0n)
  if (owing.length === 0) fail('venue.bankruptcy-none', { account: account.label })
  for (const { asset, balances } of owing) {
    if (balances[wallet] >= -balances.bankruptcy) continue
    const texts = { amount: textOf(-balances.bankruptcy, 'binance'), available: textOf(balances[wallet], 'binance') }
    fail('venue.bankruptcy-uncovered', { account: account.label, asset, wallet, ...texts })
  }
  return posting(
    owing.flatMap((holding) => transfer(holding, wallet, 'bankruptcy', -holding.balances.bankruptcy)),
    'repay-bankruptcy',
  )
}
