import { join } from 'node:path'
import type { Book } from '../../book/book-interface.ts'
import { openBook } from '../../book/open-book.ts'
import { syncAll } from '../../sync/sync-all.ts'
import type { SyncOutcome } from '../../sync/sync-outcome.ts'
import { secondMs } from '../../time/units.ts'
import { Clients } from '../clients.ts'
import { tellOutcomes } from '../commands/sync.ts'
import { shownDuration } from '../output/duration.ts'
import { Progress } from '../output/progress.ts'
import type { Session } from '../session.ts'
import { SyncTeller } from '../sync-progress.ts'
import { untilStopped } from '../until-stopped.ts'
import { type DemoAccount, demoAccounts, keepDemoKeys } from './demo-accounts.ts'
import type { DemoPlace } from './demo-place.ts'
import { demoHints, demoReport } from './demo-report.ts'

/** The report is shown by then, with whatever has come: who looks at a demo does not wait longer. */
const reportAfterMs = 10 * secondMs

/** Syncs the venue's accounts over HTTP as any others, reports, and stays up until stopped. */
export async function runDemo(session: Session, place: DemoPlace): Promise<void> {
  const { io } = session
  const book = await openBook({ kind: 'sqlite', path: join(place.home, 'book.db') }, { clock: io.clock })
  const clients = new Clients(io.clock)
  const progress = new Progress(session)
  try {
    const accounts = await demoAccounts(book, place.venue.accounts, place.url, io.clock)
    await keepDemoKeys(place.home, accounts)
    session.say(`It listens on ${place.url}. Asking it for the newest month first, within the exchanges' true limits…`)
    await syncAndReport(session, { place, book, clients, progress, accounts })
    if (!io.signal.aborted) await untilStopped(io.signal)
  } finally {
    progress.clear()
    await clients.close()
    await book.close()
  }
}

interface Parts {
  readonly place: DemoPlace
  readonly book: Book
  readonly clients: Clients
  readonly progress: Progress
  readonly accounts: readonly DemoAccount[]
}

async function syncAndReport(session: Session, { place, book, clients, progress, accounts }: Parts): Promise<void> {
  const { io } = session
  const teller = new SyncTeller(
    progress,
    accounts.map(({ account }) => account.label),
    io.clock,
  )
  let recentDone = (): void => undefined
  const recent = new Promise<void>((resolve) => {
    recentDone = resolve
  })
  const syncing = syncAll({
    book,
    accounts: accounts.map(({ account, credentials }) => ({ account, client: clients.make(account, credentials) })),
    clock: io.clock,
    signal: io.signal,
    onProgress: (told) => teller.take(told),
    onRecentDone: () => recentDone(),
  })
  await Promise.race([recent, syncing, patience(session, place)])
  if (io.signal.aborted) return void (await syncing)
  progress.clear()
  io.stdout.write(await demoReport(session, book))
  session.say(`\nReported ${shownDuration(io.clock.now() - place.startedAt)} after the start; older history follows.`)
  io.stdout.write(demoHints(session, place))
  tellEnd(session, progress, await syncing, place)
}

/** Ends when it is time to report, or to stop. */
async function patience({ io }: Session, { startedAt }: DemoPlace): Promise<void> {
  const left = Math.max(startedAt + reportAfterMs - io.clock.now(), 0)
  await io.clock.wait(left, io.signal).catch(() => undefined)
}

function tellEnd(session: Session, progress: Progress, outcomes: readonly SyncOutcome[], { startedAt }: DemoPlace): void {
  progress.clear()
  if (session.io.signal.aborted) return
  tellOutcomes(session, outcomes)
  if (!outcomes.every(({ ended }) => ended === 'done')) return
  const rows = outcomes.flatMap(({ streams }) => streams).reduce((sum, stream) => sum + stream.added, 0)
  progress.note(
    `The whole history is in the book: ${rows} records, ${shownDuration(session.io.clock.now() - startedAt)} after the start. Ctrl-C stops the demo.`,
  )
}
