import { createHash } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import { accountLabels, holdAccount } from './account-store.ts'
import type { Book } from './book-interface.ts'
import type { BookEngine } from './engines/engine.ts'
import { parted } from './parted.ts'
import { readRows } from './read-rows.ts'
import type { RowFinding } from './record.ts'
import { rowTable, textField, wholeField } from './tables/row-table.ts'
import type { BookTables } from './tables/tables.ts'

/** The natural key holds sentences, and an index of PostgreSQL takes no more than some 2,700 bytes: a hash stands for it. */
type KeptFinding = RowFinding & { readonly digest: string }

const table = rowTable<KeptFinding>(
  'findings',
  {
    account: textField('account'),
    at: wholeField('at'),
    digest: textField('digest'),
    stream: textField('stream'),
    kind: textField('kind'),
    row: textField('row_name'),
    came: textField('came'),
    sentence: textField('sentence'),
    foundAt: wholeField('found_at'),
    request: textField('request'),
  },
  3,
  'at',
)

function keptFinding(finding: RowFinding): KeptFinding {
  const { stream, kind, row, came } = finding
  return {
    ...finding,
    digest: createHash('sha256')
      .update(JSON.stringify([stream, kind, row, came]))
      .digest('base64url'),
  }
}

/** Keeps what was not found before, and gives that. */
export async function keepFindings(
  engine: BookEngine,
  transaction: Transaction<BookTables>,
  findings: readonly RowFinding[],
): Promise<readonly RowFinding[]> {
  if (findings.length === 0) return []
  return parted(findings, await engine.insertNew(transaction, table.writer, findings.map(keptFinding))).added
}

/** Gives how many were new. */
export async function recordFindings(engine: BookEngine, findings: readonly RowFinding[]): Promise<number> {
  return engine.write(async (transaction) => {
    for (const account of [...new Set(findings.map((finding) => finding.account))].sort()) await holdAccount(engine, transaction, account)
    return (await keepFindings(engine, transaction, findings)).length
  })
}

/** Newest row first, over all accounts asked for. */
export async function readFindings(db: Kysely<BookTables>, filter: Parameters<Book['findings']>[0]): Promise<readonly RowFinding[]> {
  const { within, limit } = filter
  const found: RowFinding[] = []
  for (const account of await accountLabels(db, filter.accounts)) {
    for (const { digest, ...finding } of await readRows(db, table, account, { within, limit, newestFirst: true })) {
      found.push(Object.freeze(finding))
    }
  }
  found.sort((left, right) => right.at - left.at || right.foundAt - left.foundAt)
  return limit === undefined ? found : found.slice(0, limit)
}
