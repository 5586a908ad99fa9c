import { fail } from '../../errors/overdraft-error.ts'
import type { Command } from './command.ts'
import type { Effect } from './effect.ts'
import { followedByAutoRepay } from './okx-auto-repay.ts'
import { prepareAccount } from './prepare-account.ts'
import { prepareLoan } from './prepare-loan.ts'
import { prepareMargin } from './prepare-margin.ts'
import { prepareMarket } from './prepare-market.ts'
import { prepareMovement } from './prepare-movement.ts'
import { prepareOkx } from './prepare-okx.ts'
import { preparePro } from './prepare-pro.ts'
import type { State } from './state.ts'

/**
 * Judges a command against the state and returns what it would do, changing nothing yet.
 * @throws `venue.*` when it cannot be carried out
 */
export function prepare(state: State, command: Command): Effect {
  switch (command.kind) {
    case 'open-account':
    case 'add-key':
    case 'remove-key':
    case 'set-clock':
      return prepareAccount(state, command)
    case 'deposit':
    case 'withdraw':
    case 'book':
    case 'set-unrealised':
    case 'lock':
    case 'unlock':
    case 'repay-futures':
      return followedByAutoRepay(prepareMovement(state, command))
    case 'borrow':
    case 'repay-loan':
    case 'borrow-isolated':
    case 'repay-isolated':
      return prepareLoan(state, command)
    case 'set-price':
    case 'set-rate':
    case 'set-thresholds':
    case 'set-collateral-rate':
    case 'set-free-quota':
      return prepareMarket(state, command)
    case 'set-repay-switch':
    case 'collect':
    case 'transfer-bnb':
    case 'repay-debt':
    case 'set-requirements':
    case 'set-vip':
    case 'set-loan-terms':
    case 'set-lending-pool':
      return prepareMargin(state, command)
    case 'lend-bankruptcy':
    case 'repay-bankruptcy':
    case 'set-delta-mode':
      return preparePro(state, command)
    case 'borrow-spot':
    case 'repay-spot':
    case 'set-auto-repay':
    case 'set-auto-borrow':
    case 'borrow-vip':
    case 'repay-vip':
      return prepareOkx(state, command)
    default:
      return unknownCommand(command)
  }
}

function unknownCommand(command: never): never {
  return fail('venue.command-unknown', { kind: (command as { kind?: unknown }).kind })
}
