import { entry, quoted } from '../entry.ts'

/** Errors of certificates and of verifying an export against one. */
export const certificateErrors = {
  'certificate.unreadable': entry<{ path: string; reason: string }>({
    exit: 'configuration',
    says: ({ path, reason }) => `${quoted(path)} cannot be read (${reason})`,
    remedy: 'Check the path, and that you may read the file.',
  }),
  'certificate.line-too-long': entry<{ path: string; bytes: number }>({
    exit: 'configuration',
    says: ({ path, bytes }) => `${quoted(path)} has a line of more than ${bytes} bytes`,
    remedy: 'It is neither a certificate nor an export of charges by line. Give files as overdraft wrote them.',
  }),
  'certificate.not-one': entry<{ path: string; found: string }>({
    exit: 'configuration',
    says: ({ path, found }) => `${quoted(path)} is no certificate: it begins with ${quoted(found)}`,
    remedy: 'Give the file that overdraft coverage --certificate wrote.',
  }),
  'certificate.newer': entry<{ path: string; version: number; known: number }>({
    exit: 'configuration',
    says: ({ path, version, known }) =>
      `the certificate ${quoted(path)} has format ${version}, and this version knows those up to ${known}`,
    remedy: 'Verify it with a newer version of overdraft.',
  }),
  'certificate.truncated': entry<{ path: string; lines: number }>({
    exit: 'mismatch',
    says: ({ path, lines }) => `the certificate ${quoted(path)} ends after ${lines} lines without its seal`,
    remedy: 'It was cut off, or its end was taken away. Take another copy of it.',
  }),
  'certificate.altered': entry<{ path: string; line: number; reason: string }>({
    exit: 'mismatch',
    says: ({ path, line, reason }) => `line ${line} of the certificate ${quoted(path)} was altered: ${reason}`,
    remedy: 'It proves nothing any more. Take another copy of it.',
  }),
  'certificate.other-seal': entry<{ path: string; expected: string; found: string }>({
    exit: 'mismatch',
    says: ({ path, expected, found }) => `the certificate ${quoted(path)} has the seal ${found}, not ${quoted(expected)}`,
    remedy: 'It is not the certificate that this seal was kept of.',
  }),
  'certificate.export-format': entry<{ path: string; found: string }>({
    exit: 'configuration',
    says: ({ path, found }) => `${quoted(path)} is no export of charges as CSV or JSON Lines: it begins with ${quoted(found)}`,
    remedy: 'Make one: overdraft interest --csv > FILE',
  }),
  'certificate.export-columns': entry<{ path: string; missing: readonly string[] }>({
    exit: 'configuration',
    says: ({ path, missing }) => `the export ${quoted(path)} lacks what tells a charge: ${missing.join(', ')}`,
    remedy: 'Export every charge, not totals: overdraft interest --csv > FILE',
  }),
  'certificate.export-row': entry<{ path: string; row: string; reason: string }>({
    exit: 'configuration',
    says: ({ path, row, reason }) => `a row of the export ${quoted(path)} cannot be read (${reason}): ${quoted(row)}`,
    remedy: 'Give the export as overdraft wrote it; a spreadsheet that saved it again may have changed its numbers.',
  }),
  'certificate.export-cut-off': entry<{ path: string }>({
    exit: 'configuration',
    says: ({ path }) => `the export ${quoted(path)} is not whole: its last line, end, is missing`,
    remedy: 'It was cut off. Make it again, or take another copy of it.',
  }),
  'certificate.export-unordered': entry<{ path: string; row: string }>({
    exit: 'configuration',
    says: ({ path, row }) => `the export ${quoted(path)} is not ordered by time at the row ${quoted(row)}`,
    remedy: 'Sort it by the instant of the charge, oldest or newest first, as overdraft writes it.',
  }),
  'certificate.account-unknown': entry<{ label: string; known: readonly string[] }>({
    exit: 'usage',
    says: ({ label, known }) => `the certificate has no account ${quoted(label)}; it has ${known.map(quoted).join(', ')}`,
    remedy: 'Name one of these, or none for all of them.',
  }),
  'certificate.part-unprovable': entry<{ account: string; from: string }>({
    exit: 'usage',
    says: ({ account }) =>
      `the part asked for of ${quoted(account)} begins and ends between two whole values of the certificate's chain, so only its keys could be checked`,
    remedy: ({ from }) => `Export a longer part: one that begins at or before ${from}, or reaches beyond it. Whole months always do.`,
  }),
}
