import type { Book } from '../book/book-interface.ts'
import type { BookAccount } from '../book/record.ts'
import type { Interval } from '../time/interval.ts'
import { auditAccount } from './audit-account.ts'
import type { AuditSummary } from './audit-summary.ts'
import { openEvidence } from './evidence/account-evidence.ts'
import type { Finding } from './finding.ts'
import { reconcileAccount, type WalletReconciliation } from './reconcile-account.ts'

export interface AccountAuditOptions {
  readonly book: Book
  readonly account: BookAccount
  readonly within?: Interval | undefined
  /** Only what concerns this asset is told; verdicts are counted of all. */
  readonly asset?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** What an audit of one account came to, all of it. */
export interface AccountAudit {
  readonly account: BookAccount
  readonly summary: AuditSummary
  /** In the order of the charges. */
  readonly findings: readonly Finding[]
  /** Findings beyond those listed. */
  readonly unlisted: number
  readonly reconciliation: readonly WalletReconciliation[]
}

/** More than anybody reads; so that memory stays bounded where everything is wrong. */
const findingsMax = 100_000

/** Audits an account with every witness the book has, and reconciles it. @throws `book.account-unknown` */
export async function auditOf({ book, account, within, asset, signal }: AccountAuditOptions): Promise<AccountAudit> {
  const findings: Finding[] = []
  let unlisted = 0
  const onFinding = (finding: Finding) => {
    if (asset !== undefined && finding.charge.asset !== asset) return
    if (findings.length < findingsMax) findings.push(finding)
    else unlisted++
  }
  const evidence = openEvidence({ book, account, within })
  const summary = await auditAccount({ book, account: account.label, within, evidence, onFinding, signal })
  const reconciled = await reconcileAccount({ book, account, within })
  return Object.freeze({
    account,
    summary,
    findings: Object.freeze(findings.sort((left, right) => left.charge.at - right.charge.at)),
    unlisted,
    reconciliation: reconciled.filter((one) => asset === undefined || one.asset === asset),
  })
}
