import { Command } from 'commander'
import type { CoverageReport } from '../../book/record.ts'
import { answerCoverage, gapEnd } from '../../report/answer-coverage.ts'
import { assertAssetKnown } from '../../report/known-asset.ts'
import { monthStatements } from '../../report/statement/month-statements.ts'
import { readMonth } from '../../report/statement/read-month.ts'
import type { AssetStatement } from '../../report/statement/read-statement.ts'
import type { Act } from '../act.ts'
import { exportedInstant, shownInstant } from '../output/amounts.ts'
import { type FormatOptions, printAnswer, withFormatOptions } from '../output/answer.ts'
import { endByGaps, exportedCoverage, shownCoverage } from '../output/gaps.ts'
import type { Session } from '../session.ts'
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
    await assertAssetKnown(book, accounts, options.asset)
    const statements: AssetStatement[] = []
    const reports: CoverageReport[] = []
    for (const account of accounts) {
      const own = await monthStatements(book, account, { within, now, asset: options.asset })
      statements.push(...own.statements)
      reports.push(...own.reports)
    }
    const coverage = answerCoverage(reports)
    const gaps = coverage.gaps.map(
      (gap): StatementLine => ({
        record: gap.kind,
        account: gap.account,
        asset: '',
        line: gap.stream,
        at: gap.span.from,
        until: gapEnd(gap),
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
