import type { Book } from '../../book/book-interface.ts'
import { answerCoverage } from '../../report/answer-coverage.ts'
import { openEnd } from '../../report/asked-time.ts'
import { coverageReports, reportsBehind } from '../../report/coverage-report.ts'
import { interestTotals, totalLines } from '../../report/interest-totals.ts'
import { interval } from '../../time/interval.ts'
import { dayMs } from '../../time/units.ts'
import { readStatus } from '../commands/status.ts'
import { shownCoverage } from '../output/gaps.ts'
import { printTable } from '../output/table.ts'
import type { Session } from '../session.ts'
import { summaryText } from '../views/coverage-view.ts'
import { exchangeText, readExchangeLines } from '../views/exchanges-view.ts'
import { totalColumns } from '../views/interest-view.ts'
import { statusText } from '../views/status-view.ts'
import { ccxtExample } from '../views/venue-view.ts'
import { demoPassphrase } from './demo-accounts.ts'
import type { DemoPlace } from './demo-place.ts'

/** Whole UTC days, so that what is told is proven to the day. */
const reportedDays = 30

/** What is owed, what the last 30 days cost, what was exchanged, and how far that is proven. */
export async function demoReport(session: Session, book: Book): Promise<string> {
  const { style } = session
  const now = session.io.clock.now()
  const accounts = await book.accounts()
  const labels = accounts.map(({ label }) => label)
  const reports = await coverageReports(book, accounts, { now })
  const within = interval((Math.ceil(now / dayMs) - reportedDays) * dayMs, openEnd)
  const interest = answerCoverage(await reportsBehind(book, accounts, { answer: 'charges', asked: within, now }))
  const totals = totalLines(await interestTotals(book, { accounts: labels, within, by: 'asset' }), interest.gaps)
  const head = (text: string) => `\n${style.bold(text)}\n\n`
  return [
    head('What is owed now'),
    statusText(await readStatus(session, book, accounts), now, style),
    head('Interest of the last 30 days, by asset'),
    printTable({ columns: totalColumns('asset'), rows: totals }, style),
    shownCoverage(session, interest),
    head('Auto-exchanges'),
    exchangeText(await readExchangeLines(book, { accounts: labels, within: undefined }), style),
    head('How much of the whole history is proven so far'),
    summaryText(reports, style),
  ].join('')
}

/** What to try against the running demo. */
export function demoHints(session: Session, { venue, url, home }: DemoPlace): string {
  const { style } = session
  const { command } = session.io
  const binance = venue.accounts.find(({ exchange }) => exchange === 'binance')
  const ccxt = binance === undefined ? '' : `${ccxtExample(url, binance)}\n`
  return (
    `\n${style.bold('Try it')} while this runs\n\n` +
    `  export OVERDRAFT_HOME=${home} OVERDRAFT_PASSPHRASE=${demoPassphrase}\n` +
    `  ${command} forecast\n  ${command} audit --allow-gaps\n  ${command} coverage\n\n` +
    `${ccxt}  ${url}/_venue/openapi.json says how to move its clock and its balances; Authorization: Bearer ${venue.adminToken}\n\n`
  )
}
