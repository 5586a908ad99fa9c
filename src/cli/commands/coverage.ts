import { Command } from 'commander'
import type { CoverageReport } from '../../book/record.ts'
import { answerCoverage, asOfLastSync, provenPerMille } from '../../report/answer-coverage.ts'
import { writeNewFile } from '../../report/certificate/certificate-file.ts'
import { type CertificateQuestion, writeCertificate } from '../../report/certificate/write-certificate.ts'
import type { Act } from '../act.ts'
import { readCoverage } from '../coverage-reports.ts'
import { exportedInstant, shownInstant } from '../output/amounts.ts'
import { type FormatOptions, printAnswer, withFormatOptions } from '../output/answer.ts'
import { endByGaps, exportedCoverage, shownCoverage } from '../output/gaps.ts'
import { printable } from '../output/printable.ts'
import { type Column, sheetObjects } from '../output/sheet.ts'
import { printTable } from '../output/table.ts'
import type { Session } from '../session.ts'
import { versionOfPackage } from '../version.ts'

interface CoverageOptions extends FormatOptions {
  readonly allowGaps?: true
  readonly certificate?: string
}

/** One span of a stream's wanted history. */
interface Span {
  readonly account: string
  readonly stream: string
  readonly state: 'proven' | 'unproven' | 'lost'
  readonly from: number
  readonly to: number
}

const spanColumns: readonly Column<Span>[] = [
  { field: 'account', value: (span) => span.account },
  { field: 'stream', value: (span) => span.stream },
  { field: 'state', value: (span) => span.state },
  { field: 'from', value: (span) => exportedInstant(span.from) },
  { field: 'to', value: (span) => exportedInstant(span.to) },
]

/** The summary for people: a line for each stream. */
export const streamColumns: readonly Column<CoverageReport>[] = [
  { field: 'account', header: 'ACCOUNT', value: (report) => report.account },
  { field: 'stream', header: 'STREAM', value: (report) => report.stream },
  {
    field: 'proven',
    header: 'PROVEN',
    align: 'decimal',
    value: (report) => provenPerMille(report),
    shown: (report) => `${(provenPerMille(report) / 10).toFixed(1)} %`,
  },
  { field: 'from', header: 'FROM (UTC)', value: (report) => boundOf(report, 'from') },
  { field: 'to', header: 'TO (UTC)', value: (report) => boundOf(report, 'to') },
]

export function coverageCommand(act: Act): Command {
  const command = new Command('coverage')
    .description('show which history is proven complete, which is not yet, and which is lost')
    .argument('[labels...]', 'the accounts (default: every one)')
    .option('--certificate <file>', 'write a certificate to this new file: what is proven, and the rows in a chain of hashes')
    .option('--allow-gaps', 'end with exit code 0 although history is missing')
  return withFormatOptions(command).action(act(showCoverage))
}

async function showCoverage(session: Session, labels: readonly string[], options: CoverageOptions): Promise<void> {
  await session.withBook('existing', async (book) => {
    const accounts = await session.accounts(book, labels)
    const reports = await readCoverage(session, book, accounts)
    const coverage = answerCoverage(reports)
    const sheet = { columns: spanColumns, rows: reports.flatMap(spansOf) }
    printAnswer(session, options, {
      sheet,
      document: { ...exportedCoverage(coverage), spans: sheetObjects(sheet) },
      human: () => `${printTable({ columns: streamColumns, rows: reports }, session.style)}\n${shownCoverage(session, coverage)}`,
    })
    if (options.certificate !== undefined) await certify(session, { book, accounts, reports }, options.certificate)
    endByGaps(session, coverage, options)
  })
}

async function certify(
  session: Session,
  certified: Pick<CertificateQuestion, 'book' | 'accounts' | 'reports'>,
  path: string,
): Promise<void> {
  const madeBy = `overdraft ${versionOfPackage()}`
  const seal = await writeNewFile(path, writeCertificate({ ...certified, madeAt: session.io.clock.now(), madeBy }))
  session.say(`Certificate written to ${printable(path)}. Keep its seal elsewhere: ${seal}`)
}

function spansOf({ account, stream, proven, unproven, lost }: CoverageReport): readonly Span[] {
  const all = [
    ...proven.map((span) => ({ account, stream, state: 'proven' as const, ...span })),
    ...unproven.map((span) => ({ account, stream, state: 'unproven' as const, ...span })),
    ...lost.map((span) => ({ account, stream, state: 'lost' as const, ...span })),
  ]
  return all.sort((left, right) => left.from - right.from)
}

function boundOf(report: CoverageReport, bound: 'from' | 'to'): string {
  const { proven, unproven, lost } = asOfLastSync(report)
  const spans = [...proven, ...unproven, ...lost]
  if (spans.length === 0) return '-'
  const instants = spans.map((span) => span[bound])
  return shownInstant(bound === 'from' ? Math.min(...instants) : Math.max(...instants))
}
