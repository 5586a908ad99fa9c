import { Command, Option } from 'commander'
import type { Book } from '../../book/book-interface.ts'
import type { BookAccount } from '../../book/record.ts'
import { isOverdraftError, type OverdraftError, overdraftError } from '../../errors/overdraft-error.ts'
import { recordForecasts } from '../../forecast/record-forecasts.ts'
import { readPlan } from '../../sync/read-plan.ts'
import { watchAll } from '../../sync/schedule-watch.ts'
import { type SyncAllOptions, syncAll } from '../../sync/sync-all.ts'
import type { SyncOutcome } from '../../sync/sync-outcome.ts'
import { parseInstant } from '../../time/instant.ts'
import type { Vault } from '../../vault/vault.ts'
import type { Act } from '../act.ts'
import { Clients } from '../clients.ts'
import { reachesApiHost } from '../exchange-hosts.ts'
import { shownInstant } from '../output/amounts.ts'
import { type FormatOptions, printAnswer, withFormatOptions } from '../output/answer.ts'
import { printable, printableLines } from '../output/printable.ts'
import { Progress } from '../output/progress.ts'
import { sheetObjects } from '../output/sheet.ts'
import { printTable } from '../output/table.ts'
import type { Session } from '../session.ts'
import { SyncTeller } from '../sync-progress.ts'
import { planDocument, planSheet, planText } from '../views/plan-view.ts'
import { syncColumns, syncRows } from '../views/sync-view.ts'

interface SyncOptions extends FormatOptions {
  readonly since?: number
  readonly plan?: true
  readonly watch?: true
}

export function syncCommand(act: Act): Command {
  const command = new Command('sync')
    .description('fetch charges, auto-exchanges and balances; only what is not there yet')
    .argument('[labels...]', 'the accounts (default: every one)')
    .option('--since <instant>', 'history from this instant on is enough', parseInstant)
    .addOption(new Option('--plan', 'show what would be asked and how long that takes; asks nothing').conflicts('watch'))
    .addOption(new Option('--watch', 'go on whenever something new can be proven, until stopped').conflicts(['json', 'csv']))
  return withFormatOptions(command).action(act(syncAccounts))
}

async function syncAccounts(session: Session, labels: readonly string[], options: SyncOptions): Promise<void> {
  await session.withBook('existing', async (book) => {
    const accounts = await session.accounts(book, labels)
    if (options.plan) await showPlan(session, book, accounts, options)
    else await syncBook(session, book, accounts, options)
  })
}

/** Neither the exchanges nor the vault are asked for anything. */
async function showPlan(session: Session, book: Book, accounts: readonly BookAccount[], options: SyncOptions): Promise<void> {
  const plan = await readPlan({ book, accounts, now: session.io.clock.now(), since: options.since, reachesApiHost })
  const human = () => planText(plan, session.style)
  printAnswer(session, options, { sheet: planSheet(plan), document: planDocument(plan), human })
}

async function syncBook(session: Session, book: Book, accounts: readonly BookAccount[], options: SyncOptions): Promise<void> {
  const { io } = session
  const vault = await session.vault('existing')
  const clients = new Clients(io.clock)
  const progress = new Progress(session)
  const labels = accounts.map(({ label }) => label)
  const teller = new SyncTeller(progress, labels, io.clock)
  const run: SyncAllOptions = {
    book,
    accounts: clientsOf(session, accounts, vault, clients),
    clock: io.clock,
    since: options.since,
    signal: io.signal,
    onProgress: (told) => teller.take(told),
  }
  const ended = async (outcomes: readonly SyncOutcome[]): Promise<void> => {
    progress.clear()
    await keepForecasts(session, book, accounts, outcomes)
    const sheet = { columns: syncColumns, rows: syncRows(outcomes) }
    printAnswer(session, options, { sheet, document: { streams: sheetObjects(sheet) }, human: () => printTable(sheet, session.style) })
    tellOutcomes(session, outcomes)
  }
  try {
    if (options.watch) await watch(session, run, ended)
    else await ended(await syncAll(run))
  } finally {
    progress.clear()
    await clients.close()
  }
}

/** To be stopped is the ordinary end of it. */
async function watch(session: Session, run: SyncAllOptions, ended: (outcomes: readonly SyncOutcome[]) => Promise<void>): Promise<void> {
  const { signal } = session.io
  await watchAll({
    ...run,
    onRound: (outcomes) => (signal.aborted ? undefined : ended(outcomes)),
    onPause: (until) => session.say(`Nothing new can be proven before ${shownInstant(until)} UTC. Ctrl-C ends.`),
  })
}

/** What is foreseen today is held against what is charged then; where it cannot be kept the sync is as good as before. */
async function keepForecasts(
  { io }: Session,
  book: Book,
  accounts: readonly BookAccount[],
  outcomes: readonly SyncOutcome[],
): Promise<void> {
  for (const account of accounts) {
    const isDone = outcomes.some(({ account: label, ended }) => label === account.label && ended === 'done')
    if (!isDone) continue
    await recordForecasts({ book, account, now: io.clock.now() }).catch((error: unknown) => {
      if (!isOverdraftError(error)) throw error
    })
  }
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

function tellError(session: Session, of: string, error: OverdraftError): void {
  session.say(`overdraft: ${of}: ${printableLines(error.message)}\n${error.remedy}`)
  session.endWith(error.exit)
}

/** What failed, account by account; a failure of one is the exit code of all. */
export function tellOutcomes(session: Session, outcomes: readonly SyncOutcome[]): void {
  for (const { account, streams, error } of outcomes) {
    const findings = streams.flatMap(({ changed, late, vanished, unproven }) => [...changed, ...late, ...vanished, ...unproven])
    for (const finding of findings) session.say(`${account}: ${printable(finding)}`)
    const ofStreams = streams.flatMap((stream) => (stream.error === undefined ? [] : [{ stream: stream.stream, error: stream.error }]))
    for (const of of ofStreams) tellError(session, `${account} ${of.stream}`, of.error)
    if (error !== undefined && !ofStreams.some((of) => of.error === error)) tellError(session, account, error)
  }
  if (!outcomes.some(({ ended }) => ended === 'stopped')) return
  const interrupted = overdraftError('cli.interrupted', {})
  session.say(`overdraft: ${interrupted.message}\n${interrupted.remedy}`)
  session.endWith(interrupted.exit)
}
