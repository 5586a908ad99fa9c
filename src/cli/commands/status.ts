import { Command } from 'commander'
import type { Book } from '../../book/book-interface.ts'
import type { BookAccount } from '../../book/record.ts'
import { type AccountStatus, readAccountStatus } from '../../forecast/account-status.ts'
import { answerCoverage } from '../../report/answer-coverage.ts'
import { reportsBehind } from '../../report/coverage-report.ts'
import type { Act } from '../act.ts'
import { type FormatOptions, printAnswer, withFormatOptions } from '../output/answer.ts'
import { endByGaps } from '../output/gaps.ts'
import type { Session } from '../session.ts'
import { statusDocument, statusSheet, statusText } from '../views/status-view.ts'

export function statusCommand(act: Act): Command {
  const command = new Command('status')
    .description('show what is owed now, what it costs, and what comes next')
    .argument('[labels...]', 'the accounts (default: every one)')
    .option('--strict', 'end with exit code 7 where the interest history is not proven')
  return withFormatOptions(command).action(act(showStatus))
}

async function showStatus(session: Session, labels: readonly string[], options: FormatOptions & { readonly strict?: true }): Promise<void> {
  await session.withBook('existing', async (book) => {
    const accounts = await readStatus(session, book, await session.accounts(book, labels))
    const now = session.io.clock.now()
    printAnswer(session, options, {
      sheet: statusSheet(accounts, now),
      document: statusDocument(accounts, now),
      human: () => statusText(accounts, now, session.style),
    })
    if (options.strict) endByGaps(session, answerCoverage(accounts.map(({ coverage }) => coverage)), {})
  })
}

export async function readStatus(session: Session, book: Book, accounts: readonly BookAccount[]): Promise<readonly AccountStatus[]> {
  const statuses: AccountStatus[] = []
  for (const account of accounts) {
    const now = session.io.clock.now()
    const [coverage] = await reportsBehind(book, [account], { answer: 'charges', now })
    if (coverage !== undefined) statuses.push(await readAccountStatus(book, account, coverage, now))
  }
  return statuses
}
