import { fail } from '../../errors/overdraft-error.ts'
import type { Command } from './command.ts'
import type { Effect } from './effect.ts'
import type { State } from './state.ts'

type OkxCommand = Extract<
  Command,
  { kind: 'borrow-spot' | 'repay-spot' | 'set-auto-repay' | 'set-auto-borrow' | 'borrow-vip' | 'repay-vip' }
>

export function prepareOkx(_state: State, command: OkxCommand): Effect {
  return fail('venue.command-unknown', { kind: command.kind })
}
