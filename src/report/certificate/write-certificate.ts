import type { Book } from '../../book/book-interface.ts'
import type { BookAccount, CoverageReport, RowFinding } from '../../book/record.ts'
import { isoInstant } from '../../time/instant.ts'
import type { CertificateLine, CertificateRow, SpansLine } from './certificate-line.ts'
import { LineWriter } from './line-writer.ts'
import { certificateFormat, certificateVersion, firstLink, nextLink, shortLink } from './row-chain.ts'
import { canonicalRows } from './stream-rows.ts'

export interface CertificateQuestion {
  readonly book: Book
  readonly accounts: readonly BookAccount[]
  /** How each stream of these accounts is proven; a stream that is not among them is not certified. */
  readonly reports: readonly CoverageReport[]
  /** Epoch ms. */
  readonly madeAt: number
  /** Name and version of the program. */
  readonly madeBy: string
}

export const rowsPerLine = 1_000
const spansPerLine = 1_000

/**
 * A certificate, line by line; the value returned at the end is its seal. Memory does not grow with the number of rows.
 * docs/certificate.md states the format.
 *
 * @throws `book.*`
 */
export async function* writeCertificate(question: CertificateQuestion): AsyncGenerator<string, string> {
  const { book, accounts, reports, madeAt, madeBy } = question
  const writer = new LineWriter()
  yield writer.write({
    kind: 'head',
    format: certificateFormat,
    version: certificateVersion,
    madeAt: isoInstant(madeAt),
    madeBy,
    accounts: accounts.map(({ label, exchange, addedAt }) => ({ label, exchange, addedAt: isoInstant(addedAt) })),
  })
  for (const { label } of accounts) {
    const findings = await book.findings({ accounts: [label] })
    for (const report of reports) {
      if (report.account !== label) continue
      for await (const line of streamLines(book, report, findings)) yield writer.write(line)
    }
  }
  const { line, seal } = writer.seal()
  yield line
  return seal
}

async function* streamLines(book: Book, report: CoverageReport, findings: readonly RowFinding[]): AsyncGenerator<CertificateLine> {
  const { account, stream, proven, unproven, lost } = report
  yield { kind: 'stream', account, stream, start: firstLink(account, stream).toString('hex') }
  yield* spansLines(
    'proven',
    proven.map(({ from, to }) => [from, to] as const),
  )
  const proofs = await book.coverage(account, stream)
  yield* spansLines(
    'proofs',
    proofs.map(({ from, to, provenBy, provenAt }) => [from, to, provenBy, provenAt] as const),
  )
  yield* spansLines(
    'unproven',
    unproven.map(({ from, to }) => [from, to] as const),
  )
  yield* spansLines(
    'lost',
    lost.map(({ from, to }) => [from, to] as const),
  )
  const own = findings.filter((finding) => finding.stream === stream)
  for (let start = 0; start < own.length; start += spansPerLine) {
    const part = own.slice(start, start + spansPerLine)
    yield {
      kind: 'findings',
      findings: part.map(({ kind, row, at, came, sentence, foundAt }) => ({ kind, row, at, came, sentence, foundAt })),
    }
  }
  yield* rowLines(book, report)
}

function* spansLines(kind: SpansLine['kind'], spans: SpansLine['spans']): Generator<SpansLine> {
  for (let start = 0; start < spans.length; start += spansPerLine) yield { kind, spans: spans.slice(start, start + spansPerLine) }
}

async function* rowLines(book: Book, { account, stream }: CoverageReport): AsyncGenerator<CertificateLine> {
  let link = firstLink(account, stream)
  let count = 0
  let month = ''
  let rows: CertificateRow[] = []
  for await (const row of canonicalRows(book, account, stream)) {
    // A part of the rows can be checked from where a line of them begins: a month's export from its first row.
    const itsMonth = isoInstant(row.at).slice(0, 7)
    if (rows.length >= rowsPerLine || (rows.length > 0 && itsMonth !== month)) {
      yield { kind: 'rows', rows, chain: link.toString('hex') }
      rows = []
    }
    month = itsMonth
    link = nextLink(link, row)
    rows.push([row.at, ...row.key, shortLink(link)])
    count += 1
  }
  if (rows.length > 0) yield { kind: 'rows', rows, chain: link.toString('hex') }
  yield { kind: 'end', rows: count, chain: link.toString('hex') }
}
