import { Command } from 'commander'
import type { BookAccount } from '../../book/record.ts'
import { isOverdraftError, type OverdraftError, overdraftError } from '../../errors/overdraft-error.ts'
import { syncAll } from '../../sync/sync-all.ts'
import type { SyncOutcome } from '../../sync/sync-outcome.ts'
import { parseInstant } from '../../time/instant.ts'
import type { Vault } from '../../vault/vault.ts'
import type { Act } from '../act.ts'
import { Clients } from '../clients.ts'
import { type FormatOptions, printAnswer, withFormatOptions } from '../output/answer.ts'
import { printable, printableLines } from '../output/printable.ts'
import { Progress } from '../output/progress.ts'
import { sheetObjects } from '../output/sheet.ts'
import { printTable } from '../output/table.ts'
import type { Session } from '../session.ts'
import { SyncTeller } from '../sync-progress.ts'
import { syncColumns, syncRows } from '../views/sync-view.ts'

interface SyncOptions extends FormatOptions {
  readonly since?: number
}

export function syncCommand(act: Act): Command {
  const command = new Command('sync')
    .description('fetch charges, auto-exchanges and balances; only what is not there yet')
    .argument('[labels...]', 'the accounts (default: every one)')
    .option('--since <instant>', 'history from this instant on is enough', parseInstant)
  return withFormatOptions(command).action(act(syncAccounts))
}

async function syncAccounts(session: Session, labels: readonly string[], options: SyncOptions): Promise<void> {
  const { io } = session
  await session.withBook('existing', async (book) => {
    const accounts = await session.accounts(book, labels)
    const vault = await session.vault('existing')
    const clients = new Clients(io.clock)
    const progress = new Progress(session)
    const teller = new SyncTeller(
      progress,
      accounts.map(({ label }) => label),
    )
    try {
      const outcomes = await syncAll({
        book,
        accounts: clientsOf(session, accounts, vault, clients),
        clock: io.clock,
        since: options.since,
        signal: io.signal,
        onProgress: (told) => teller.take(told),
      })
      progress.clear()
      const sheet = { columns: syncColumns, rows: syncRows(outcomes) }
      printAnswer(session, options, { sheet, document: { streams: sheetObjects(sheet) }, human: () => printTable(sheet, session.style) })
      tellOutcomes(session, outcomes)
    } finally {
      progress.clear()
      await clients.close()
    }
  })
}

/** An account whose key is missing or malformed does not hold up the others. */
function clientsOf(session: Session, accounts: readonly BookAccount[], vault: Vault, clients: Clients) {
  return accounts.flatMap((account) => {
    try {
      return [{ account, client: clients.make(account, vault.credentials(account.label)) }]
    } catch (error) {
      if (!isOverdraftError(error)) throw error
      tellError(session, account.label, error)
      return []
    }
  })
}

function tellError(session: Session, account: string, error: OverdraftError): void {
  session.say(`overdraft: ${account}: ${printableLines(error.message)}\n${error.remedy}`)
  session.endWith(error.exit)
}

/** What failed, account by account; a failure of one is the exit code of all. */
export function tellOutcomes(session: Session, outcomes: readonly SyncOutcome[]): void {
  for (const { account, streams, error } of outcomes) {
    for (const finding of streams.flatMap(({ changed, late }) => [...changed, ...late])) session.say(`${account}: ${printable(finding)}`)
    if (error !== undefined) tellError(session, account, error)
  }
  if (!outcomes.some(({ ended }) => ended === 'stopped')) return
  const interrupted = overdraftError('cli.interrupted', {})
  session.say(`overdraft: ${interrupted.message}\n${interrupted.remedy}`)
  session.endWith(interrupted.exit)
}
