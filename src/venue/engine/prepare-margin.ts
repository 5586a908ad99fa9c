import { fail } from '../../errors/overdraft-error.ts'
import type { Command } from './command.ts'
import type { Effect } from './effect.ts'
import type { State } from './state.ts'

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

export function prepareMargin(_state: State, command: MarginCommand): Effect {
  return fail('venue.command-unknown', { kind: command.kind })
}
