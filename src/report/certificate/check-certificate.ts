import { createHash } from 'node:crypto'
import { fail } from '../../errors/overdraft-error.ts'
import type { CertificateLine, HeadLine } from './certificate-line.ts'
import { type FileLine, linesForward } from './file-lines.ts'
import { certificateFormat, certificateVersion, sha256 } from './row-chain.ts'

/** One stream of one account in a certificate. */
export interface CertificateSection {
  readonly account: string
  readonly stream: string
  /** h0, hexadecimal. */
  readonly start: string
  readonly rows: number
  /** Where the line after its first one begins in the file. */
  readonly offset: number
}

export interface CheckedCertificate {
  readonly path: string
  readonly head: HeadLine
  readonly sections: readonly CertificateSection[]
  readonly lines: number
  readonly seal: string
}

type Read = CertificateLine & { readonly previous?: string }

/**
 * Reads a certificate once, from beginning to end: every line is tied to the one before it, and the seal to all of them.
 *
 * @param seal the seal that was kept elsewhere: who altered every line could make all the others fit, but not this
 * @throws `certificate.unreadable`, `certificate.not-one`, `certificate.newer`, `certificate.truncated`,
 *   `certificate.altered`, `certificate.other-seal`
 */
export async function checkCertificate(path: string, seal?: string): Promise<CheckedCertificate> {
  const whole = createHash('sha256')
  const sections: CertificateSection[] = []
  let head: HeadLine | undefined
  let before: string | undefined
  let number = 0
  let ended: { readonly seal: string; readonly lines: number } | undefined
  const lines = linesForward(path)
  for await (const line of lines) {
    number += 1
    if (number === 1) {
      head = readHead(path, line)
      before = sha256(line.bytes.toString())
      whole.update(line.bytes).update('\n')
      continue
    }
    if (ended !== undefined) fail('certificate.altered', { path, line: number, reason: 'it stands after the seal' })
    if (!line.isEnded) fail('certificate.truncated', { path, lines: number - 1 })
    const read = readLine(line)
    if (read === undefined || read.previous !== before)
      return await nameAltered(path, lines, { line, number, sealed: whole.copy().digest('hex') })
    before = sha256(line.bytes.toString())
    if (read.kind === 'stream') {
      sections.push({ account: read.account, stream: read.stream, start: read.start, rows: 0, offset: line.offset + line.bytes.length + 1 })
    }
    if (read.kind === 'end')
      sections.push({ ...(sections.pop() ?? fail('certificate.truncated', { path, lines: number })), rows: read.rows })
    if (read.kind === 'seal') {
      const found = whole.copy().digest('hex')
      if (read.seal !== found) fail('certificate.altered', { path, line: number, reason: `its seal should be ${found}` })
      ended = { seal: read.seal, lines: number }
    }
    whole.update(line.bytes).update('\n')
  }
  if (head === undefined) return fail('certificate.not-one', { path, found: '' })
  if (ended === undefined) return fail('certificate.truncated', { path, lines: number })
  if (seal !== undefined && seal.toLowerCase() !== ended.seal) {
    fail('certificate.other-seal', { path, expected: seal, found: ended.seal })
  }
  return { path, head, sections, ...ended }
}

function readHead(path: string, line: FileLine): HeadLine {
  const read = readLine(line)
  if (read?.kind !== 'head' || read.format !== certificateFormat) {
    return fail('certificate.not-one', { path, found: line.bytes.subarray(0, 200).toString() })
  }
  if (read.version > certificateVersion) fail('certificate.newer', { path, version: read.version, known: certificateVersion })
  return read
}

/** The line as data; `undefined` when it is not JSON, or no object. */
export function readLine({ bytes }: FileLine): Read | undefined {
  try {
    const read: unknown = JSON.parse(bytes.toString())
    return typeof read === 'object' && read !== null ? (read as Read) : undefined
  } catch {
    return undefined
  }
}

/**
 * Line `number` does not fit the one before it: whether the next one fits it, or it is a seal that fits all before it, tells
 * which of the two was altered.
 */
async function nameAltered(
  path: string,
  rest: AsyncGenerator<FileLine>,
  { line, number, sealed }: { readonly line: FileLine; readonly number: number; readonly sealed: string },
): Promise<never> {
  const { value: next } = await rest.next()
  await rest.return(undefined)
  const read = readLine(line)
  const isBefore =
    next === undefined
      ? read?.kind === 'seal' && read.seal !== sealed
      : readLine(next as FileLine)?.previous === sha256(line.bytes.toString())
  const reason = isBefore ? 'the line after it was made for another one' : 'it does not follow from the line before it'
  return fail('certificate.altered', { path, line: isBefore ? number - 1 : number, reason })
}
