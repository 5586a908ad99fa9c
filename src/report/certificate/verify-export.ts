import { fail } from '../../errors/overdraft-error.ts'
import { isoInstant } from '../../time/instant.ts'
import { contains, type Interval, interval } from '../../time/interval.ts'
import { type CanonicalRow, canonicalText, compareRows } from './canonical-row.ts'
import type { CheckedCertificate } from './check-certificate.ts'
import { readExport } from './read-export.ts'
import { type Misfit, SectionCheck } from './section-check.ts'
import { certifiedRows } from './section-reader.ts'

/** Which part of the certificate the export claims to be. */
export interface ClaimedPart {
  /** Left out, every account. */
  readonly accounts?: readonly string[] | undefined
  /** Left out, all time. */
  readonly within?: Interval | undefined
}

export interface Verification {
  /** Rows of the export that were compared. */
  readonly rows: number
  /** Of these, rows of which the instant and key fit, but the amounts could not be checked. */
  readonly byKeyAlone: number
  readonly misfit: Misfit | undefined
}

/** The end of time: later instants do not print as ISO 8601. */
const always = interval(0, 253_402_300_800_000)

/**
 * Holds the charges of an export against a certificate that was checked, and finds the first that does not fit. Rows
 * outside the claimed part are added ones.
 *
 * @throws `certificate.*`
 */
export async function verifyExport(certificate: CheckedCertificate, exportPath: string, part: ClaimedPart = {}): Promise<Verification> {
  const within = part.within ?? always
  const checks = sectionChecks(certificate, part.accounts, within)
  try {
    return await compared(exportPath, checks, within)
  } finally {
    for (const check of checks.values()) await check.close()
  }
}

async function compared(exportPath: string, checks: ReadonlyMap<string, SectionCheck>, within: Interval): Promise<Verification> {
  const counted = () => {
    const all = [...checks.values()]
    const byKeyAlone = all.reduce((sum, check) => sum + check.byKeyAlone, 0)
    return { rows: byKeyAlone + all.reduce((sum, check) => sum + check.proven, 0), byKeyAlone }
  }
  const pending = new Map<string, CanonicalRow[]>()
  for await (const { account, row } of readExport(exportPath)) {
    if (!checks.has(account) || !contains(within, row.at)) return { ...counted(), misfit: { kind: 'added', account, row } }
    const rows = pending.get(account) ?? []
    const before = rows[0]?.at ?? row.at
    if (row.at < before) fail('certificate.export-unordered', { path: exportPath, row: canonicalText(row) })
    if (row.at === before) {
      pending.set(account, [...rows, row])
      continue
    }
    pending.set(account, [row])
    const misfit = await takeAll(checks.get(account), rows)
    if (misfit !== undefined) return { ...counted(), misfit }
  }
  for (const [account, check] of checks) {
    const misfit = (await takeAll(check, pending.get(account) ?? [])) ?? (await check.finish())
    if (misfit !== undefined) return { ...counted(), misfit }
    if (check.proven === 0 && check.byKeyAlone > 0) {
      fail('certificate.part-unprovable', { account, from: isoInstant(check.provableFrom ?? within.from) })
    }
  }
  return { ...counted(), misfit: undefined }
}

function sectionChecks(
  { path, sections }: CheckedCertificate,
  accounts: readonly string[] | undefined,
  within: Interval,
): ReadonlyMap<string, SectionCheck> {
  const charges = sections.filter(({ stream }) => stream === 'interest')
  for (const label of accounts ?? []) {
    if (!charges.some(({ account }) => account === label)) {
      fail('certificate.account-unknown', { label, known: charges.map(({ account }) => account) })
    }
  }
  const chosen = charges.filter(({ account }) => accounts === undefined || accounts.includes(account))
  return new Map(
    chosen.map((section) => [
      section.account,
      new SectionCheck(section.account, within, certifiedRows(path, section)[Symbol.asyncIterator]()),
    ]),
  )
}

/** All rows of one instant, in the order of their keys. */
async function takeAll(check: SectionCheck | undefined, rows: CanonicalRow[]): Promise<Misfit | undefined> {
  for (const row of rows.sort(compareRows)) {
    const misfit = await check?.take(row)
    if (misfit !== undefined) return misfit
  }
  return undefined
}
