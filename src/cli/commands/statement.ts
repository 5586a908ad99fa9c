import { Command } from 'commander'
import { answerCoverage, openEnd } from '../../report/answer-coverage.ts'
import { readMonth } from '../../report/statement/read-month.ts'
import { readStatement } from '../../report/statement/read-statement.ts'
import { interval } from '../../time/interval.ts'
import type { Act } from '../act.ts'
import { exportedInstant, shownInstant } from '../output/amounts.ts'
import { type FormatOptions, printAnswer, withFormatOptions } from '../output/answer.ts'
import { endByGaps, exportedCoverage, shownCoverage } from '../output/gaps.ts'
import type { Session } from '../session.ts'
import { coverageOf } from '../stream-coverage.ts'
import { type StatementLine, statementColumns, statementDocument, statementLines, statementText } from '../views/statement-view.ts'

interface StatementOptions extends FormatOptions {
  readonly asset?: string
  readonly allowGaps?: true
}

export function statementCommand(act: Act): Command {
  const command = new Command('statement')
    .description('show what was owed when a month began, what happened, and what was owed when it ended')
    .argument('<account>', 'the account')
    .argument('<month>', 'of UTC, such as 2026-01')
    .option('--asset <name>', 'only this asset', (text) => text.toUpperCase())
  return withFormatOptions(command).option('--allow-gaps', 'end with exit code 0 although rows may be missing').action(act(showStatement))
}

async function showStatement(session: Session, label: string, month: string, options: StatementOptions): Promise<void> {
  const now = session.io.clock.now()
  const within = readMonth(month, now)
  await session.withBook('existing', async (book) => {
    const accounts = await session.accounts(book, [label])
    // The month under way has no end yet, and so is as of the last sync.
    const asked = within.to === now ? interval(within.from, openEnd) : within
    const coverage = answerCoverage(await coverageOf(book, accounts, ['statement'], now), asked)
    const statements = (await Promise.all(accounts.map((account) => readStatement(book, account, within, options.asset)))).flat()
    const gaps = coverage.gaps.map(
      ({ account, stream, kind, span }): StatementLine => ({
        record: kind,
        account,
        asset: '',
        line: stream,
        at: span.from,
        until: span.to,
        count: undefined,
        amount: undefined,
        note: '',
      }),
    )
    printAnswer(session, options, {
      sheet: { columns: statementColumns, rows: [...gaps, ...statements.flatMap(statementLines)] },
      document: {
        asOf: exportedInstant(now),
        month,
        from: exportedInstant(within.from),
        to: exportedInstant(within.to),
        ...exportedCoverage(coverage),
        statements: statementDocument(statements),
      },
      human: () =>
        `From ${shownInstant(within.from)} to ${shownInstant(within.to)} UTC.\n\n${statementText(statements, session.style)}\n${shownCoverage(session, coverage)}`,
    })
    endByGaps(session, coverage, options)
  })
}
