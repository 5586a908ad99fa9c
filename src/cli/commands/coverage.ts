import { Command } from 'commander'
import type { Book } from '../../book/book-interface.ts'
import type { BookAccount } from '../../book/record.ts'
import { answerCoverage } from '../../report/answer-coverage.ts'
import { type SeriesBoundaries, seriesBoundaries } from '../../report/boundaries.ts'
import { writeNewFile } from '../../report/certificate/certificate-file.ts'
import { type CertificateQuestion, writeCertificate } from '../../report/certificate/write-certificate.ts'
import { coverageReports } from '../../report/coverage-report.ts'
import { type ProofPiece, proofPieces } from '../../report/proof-pieces.ts'
import type { Act } from '../act.ts'
import { type FormatOptions, printAnswer, withFormatOptions } from '../output/answer.ts'
import { endByGaps, exportedCoverage, shownCoverage } from '../output/gaps.ts'
import { printable } from '../output/printable.ts'
import { sheetObjects } from '../output/sheet.ts'
import type { Session } from '../session.ts'
import { versionOfPackage } from '../version.ts'
import { type CoverageAnswer, coverageColumns, coverageRows, summaryText, witnessText } from '../views/coverage-view.ts'

interface CoverageOptions extends FormatOptions {
  readonly allowGaps?: true
  readonly certificate?: string
}

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
    const answer = await readAnswer(session, book, accounts)
    const { reports } = answer
    const coverage = answerCoverage(reports)
    const sheet = { columns: coverageColumns, rows: coverageRows(answer) }
    printAnswer(session, options, {
      sheet,
      document: { ...exportedCoverage(coverage), spans: sheetObjects(sheet), boundaries: answer.boundaries.map(exportedBoundaries) },
      human: () =>
        [summaryText(reports, session.style), shownCoverage(session, coverage), witnessText(answer, session.style)]
          .filter((part) => part !== '')
          .join('\n'),
    })
    if (options.certificate !== undefined) await certify(session, { book, accounts, reports }, options.certificate)
    endByGaps(session, coverage, options)
  })
}

async function readAnswer(session: Session, book: Book, accounts: readonly BookAccount[]): Promise<CoverageAnswer> {
  const reports = await coverageReports(book, accounts, { now: session.io.clock.now() })
  const pieces: (readonly ProofPiece[])[] = []
  for (const { account, stream, proven } of reports) pieces.push(proofPieces(proven, await book.coverage(account, stream)))
  const boundaries: SeriesBoundaries[] = []
  for (const account of accounts) boundaries.push(...(await seriesBoundaries(book, account)))
  return { reports, pieces, boundaries, findings: await book.findings({ accounts: accounts.map(({ label }) => label) }) }
}

function exportedBoundaries({ account, series, found, expected, holes }: SeriesBoundaries): object {
  const { asset, marginMode, instId, loanType } = series
  return { account, asset, marginMode, instId, loanType, charges: found, boundaries: expected, holes: holes.length }
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
