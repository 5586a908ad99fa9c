import { Command } from 'commander'
import { fail } from '../../errors/overdraft-error.ts'
import { vaultExists } from '../../vault/vault.ts'
import type { Act } from '../act.ts'
import type { Session } from '../session.ts'

export function accountRemoveCommand(act: Act): Command {
  return new Command('remove')
    .description('remove an account: its key, and everything the book knows of it')
    .argument('<label>', 'the account')
    .option('--yes', 'do not ask whether it is meant')
    .action(act(removeAccount))
}

async function removeAccount(session: Session, label: string, options: { readonly yes?: true }): Promise<void> {
  await session.withBook('existing', async (book) => {
    await session.accounts(book, [label])
    await confirm(session, label, options)
    // The vault first: were the process to end in between, the account would still be there to be removed again.
    if (await vaultExists(session.vaultPath)) await (await session.vault('existing')).remove(label)
    await book.removeAccount(label)
    session.say(`Removed ${label}.`)
  })
}

/** History past what the exchange keeps cannot be fetched again, so removing is asked for twice. */
async function confirm({ io }: Session, label: string, options: { readonly yes?: true }): Promise<void> {
  if (options.yes) return
  if (!io.stdin.isTerminal) fail('cli.missing', { what: 'a confirmation', remedy: `Give --yes to remove ${label} without being asked.` })
  const typed = await io.stdin.ask(`This forgets the key of ${label} and its whole history. Type the label to go on: `, 'shown')
  if (typed !== label)
    fail('cli.usage', { problem: 'not confirmed; nothing was removed', remedy: `Type ${label} when asked, or give --yes.` })
}
