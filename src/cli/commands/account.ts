import { Command } from 'commander'
import type { Act } from '../act.ts'
import { accountAddCommand } from './account-add.ts'
import { accountCheckCommand } from './account-check.ts'
import { accountListCommand } from './account-list.ts'
import { accountRemoveCommand } from './account-remove.ts'

export function accountCommand(act: Act): Command {
  const command = new Command('account').description('add, list, remove or check accounts')
  for (const make of [accountAddCommand, accountListCommand, accountRemoveCommand, accountCheckCommand]) command.addCommand(make(act))
  return command
}
