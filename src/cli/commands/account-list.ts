import { Command } from 'commander'
import type { BookAccount, SyncState } from '../../book/record.ts'
import { failureSince } from '../../forecast/account-status.ts'
import type { Act } from '../act.ts'
import { exportedInstant, shownInstant } from '../output/amounts.ts'
import { type FormatOptions, printAnswer, withFormatOptions } from '../output/answer.ts'
import { type Column, sheetObjects } from '../output/sheet.ts'
import { printTable } from '../output/table.ts'
import type { Session } from '../session.ts'

interface Row {
  readonly account: BookAccount
  readonly state: SyncState | undefined
}

const columns: readonly Column<Row>[] = [
  { field: 'account', header: 'ACCOUNT', isKey: true, value: ({ account }) => account.label },
  { field: 'exchange', header: 'EXCHANGE', value: ({ account }) => account.exchange },
  { field: 'baseUrl', header: 'BASE URL', value: ({ account }) => account.baseUrl },
  { field: 'mayRepay', value: ({ account }) => account.mayRepay },
  { field: 'addedAt', value: ({ account }) => exportedInstant(account.addedAt) },
  {
    field: 'syncedAt',
    header: 'SYNCED (UTC)',
    value: ({ state }) => exportedInstant(state?.lastSuccessAt),
    shown: ({ state }) => (state?.lastSuccessAt === undefined ? 'never' : shownInstant(state.lastSuccessAt)),
  },
  { field: 'lastErrorAt', value: ({ state }) => exportedInstant(state?.lastErrorAt) },
  {
    field: 'lastError',
    header: 'LAST SYNC FAILED',
    value: ({ state }) => state?.lastError ?? null,
    shown: ({ state }) => failureSince(state) ?? '-',
  },
]

export function accountListCommand(act: Act): Command {
  return withFormatOptions(new Command('list').description('list the accounts of the book')).action(act(listAccounts))
}

async function listAccounts(session: Session, format: FormatOptions): Promise<void> {
  await session.withBook('existing', async (book) => {
    const rows: Row[] = []
    for (const account of await book.accounts()) rows.push({ account, state: await book.syncState(account.label) })
    const sheet = { columns, rows }
    if (rows.length === 0) session.say('No account yet. Add one: overdraft account add LABEL --exchange binance')
    printAnswer(session, format, { sheet, document: { accounts: sheetObjects(sheet) }, human: () => printTable(sheet, session.style) })
  })
}
