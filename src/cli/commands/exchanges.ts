import { Command } from 'commander'
import { answerCoverage } from '../../report/answer-coverage.ts'
import { reportsBehind } from '../../report/coverage-report.ts'
import type { Act } from '../act.ts'
import { exportedInstant } from '../output/amounts.ts'
import { type FormatOptions, printAnswer, withFormatOptions } from '../output/answer.ts'
import { endByGaps, exportedCoverage, shownCoverage } from '../output/gaps.ts'
import { sheetObjects } from '../output/sheet.ts'
import type { Session } from '../session.ts'
import { askedSpan, type SpanOptions, withSpanOptions } from '../span-options.ts'
import { exchangeColumns, exchangeText, readExchangeLines } from '../views/exchanges-view.ts'

interface ExchangesOptions extends FormatOptions, SpanOptions {
  readonly allowGaps?: true
}

export function exchangesCommand(act: Act): Command {
  const command = new Command('exchanges')
    .description('show the auto-exchange runs: what the exchange sold assets for')
    .argument('[labels...]', 'the accounts (default: every one)')
  return withFormatOptions(withSpanOptions(command))
    .option('--allow-gaps', 'end with exit code 0 although runs may be missing')
    .action(act(showExchanges))
}

async function showExchanges(session: Session, labels: readonly string[], options: ExchangesOptions): Promise<void> {
  await session.withBook('existing', async (book) => {
    const accounts = await session.accounts(book, labels)
    const within = askedSpan(options)
    const coverage = answerCoverage(
      await reportsBehind(book, accounts, { answer: 'auto-exchanges', asked: within, now: session.io.clock.now() }),
    )
    const lines = await readExchangeLines(book, { accounts: accounts.map(({ label }) => label), within })
    const sheet = { columns: exchangeColumns, rows: lines }
    printAnswer(session, options, {
      sheet: { ...sheet, rows: [...coverage.gaps.map((gap) => ({ record: 'gap' as const, gap })), ...lines] },
      document: {
        asOf: exportedInstant(session.io.clock.now()),
        since: exportedInstant(options.since),
        until: exportedInstant(options.until),
        ...exportedCoverage(coverage),
        runs: sheetObjects(sheet).map(({ record: _record, ...run }) => run),
      },
      human: () => `${exchangeText(lines, session.style)}\n${shownCoverage(session, coverage)}`,
    })
    endByGaps(session, coverage, options)
  })
}
