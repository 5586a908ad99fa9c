import { canonicalText } from '../../report/certificate/canonical-row.ts'
import type { CheckedCertificate } from '../../report/certificate/check-certificate.ts'
import type { Misfit } from '../../report/certificate/section-check.ts'
import type { Verification } from '../../report/certificate/verify-export.ts'
import { isoInstant } from '../../time/instant.ts'
import { printable } from '../output/printable.ts'
import type { Style } from '../output/style.ts'

/** What verifying found. Without an export only the certificate itself was checked. */
export interface VerifyAnswer {
  readonly certificate: CheckedCertificate
  readonly verification: Verification | undefined
  readonly isSealKnown: boolean
}

const sayings: Readonly<Record<Misfit['kind'], string>> = {
  missing: 'is in the certificate, and missing from the export',
  added: 'is not in the certificate',
  changed: 'is in the certificate with other amounts; which of them was changed cannot be told',
  twice: 'stands twice in the export',
}

export function verifyText({ certificate, verification, isSealKnown }: VerifyAnswer, style: Style): string {
  const { head, sections, seal } = certificate
  const rows = sections.reduce((sum, section) => sum + section.rows, 0)
  const made = `made ${printable(head.madeAt)} by ${printable(head.madeBy)}`
  const whole = `The certificate is whole: ${rows} rows of ${sections.length} histories, ${made}.\n`
  const sealed = isSealKnown
    ? 'Its seal is the one given.\n'
    : `Its seal is ${seal}. Compare it with the one you kept, or give that as --seal.\n`
  if (verification === undefined) return `${whole}${sealed}`
  return `${whole}${sealed}${exportText(verification, style)}`
}

function exportText({ rows, byKeyAlone, misfit }: Verification, style: Style): string {
  if (misfit === undefined) {
    const unsure = byKeyAlone === 0 ? '' : `Of these, ${byKeyAlone} at the beginning of the part could be told by instant and name alone.\n`
    return `${style.green('The export fits')}: ${rows} charges.\n${unsure}`
  }
  return `${style.red('The export does not fit')}, after ${rows} charges that do:\n  ${printable(rowText(misfit))}\n  ${sayings[misfit.kind]}.\n`
}

function rowText({ account, row: { at, key, values = [] } }: Misfit): string {
  const amounts = values.filter((value) => value !== '')
  return [isoInstant(at), account, ...key.filter((part) => part !== ''), ...amounts].join(' ')
}

export function verifyDocument({ certificate, verification, isSealKnown }: VerifyAnswer): object {
  const { head, sections, lines, seal } = certificate
  return {
    certificate: { madeAt: head.madeAt, madeBy: head.madeBy, lines, seal, sealCompared: isSealKnown, sections: sections.map(shownSection) },
    export: verification === undefined ? null : exportDocument(verification),
  }
}

function shownSection({ account, stream, rows }: CheckedCertificate['sections'][number]): object {
  return { account, stream, rows }
}

function exportDocument({ rows, byKeyAlone, misfit }: Verification): object {
  if (misfit === undefined) return { fits: true, rows, byKeyAlone, first: null }
  const { kind, account, row } = misfit
  const first = { kind, account, at: isoInstant(row.at), row: canonicalText({ values: [], ...row }), says: sayings[kind] }
  return { fits: false, rows, byKeyAlone, first }
}
