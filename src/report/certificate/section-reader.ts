import { fail } from '../../errors/overdraft-error.ts'
import type { CertificateRow } from './certificate-line.ts'
import { type CertificateSection, readLine } from './check-certificate.ts'
import { linesForward } from './file-lines.ts'

/** One row of a certificate, and what can be known of the chain before it. */
export interface CertifiedRow {
  readonly at: number
  readonly key: readonly string[]
  /** The first 8 characters of its link. */
  readonly short: string
  /** The whole link before this row, where the certificate states it. */
  readonly before: Buffer | undefined
  /** The whole link after it, where the certificate states it. */
  readonly after: Buffer | undefined
}

/** The rows of one section, in order. */
export async function* certifiedRows(path: string, section: CertificateSection): AsyncGenerator<CertifiedRow> {
  let before: Buffer = Buffer.from(section.start, 'hex')
  for await (const line of linesForward(path, section.offset)) {
    const read = readLine(line)
    if (read === undefined || read.kind === 'end' || read.kind === 'stream' || read.kind === 'seal') return
    if (read.kind !== 'rows') continue
    const after = Buffer.from(read.chain, 'hex')
    for (const [index, row] of read.rows.entries()) {
      const isLast = index === read.rows.length - 1
      yield certified(path, row, index === 0 ? before : undefined, isLast ? after : undefined)
    }
    before = after
  }
}

function certified(path: string, row: CertificateRow, before: Buffer | undefined, after: Buffer | undefined): CertifiedRow {
  const [at, ...texts] = row
  const short = texts.pop()
  if (typeof at !== 'number' || short === undefined) return fail('certificate.not-one', { path, found: JSON.stringify(row) })
  return { at, key: texts, short, before, after }
}
