import { Command } from 'commander'
import type { Act } from '../act.ts'
import { bookCheckCommand } from './book-check.ts'
import { bookRepairCommand } from './book-repair.ts'

export function bookCommand(act: Act): Command {
  const command = new Command('book').description('hold every row of the book against what was written, and repair it')
  for (const make of [bookCheckCommand, bookRepairCommand]) command.addCommand(make(act))
  return command
}
