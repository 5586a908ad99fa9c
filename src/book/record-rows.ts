import type { Transaction } from 'kysely'
import { isoInstant } from '../time/instant.ts'
import { contains, type Interval } from '../time/interval.ts'
import { intersection } from '../time/interval-set.ts'
import { accountNumber, holdAccount } from './account-store.ts'
import { assertOwnRows } from './assert-own-rows.ts'
import type { RecordOutcome } from './book-interface.ts'
import { readProven, recordCoverage } from './coverage-store.ts'
import { differences, shownField } from './differences.ts'
import type { BookEngine } from './engines/engine.ts'
import { keepFindings } from './finding-store.ts'
import { lateRows } from './late-rows.ts'
import { everyRow } from './read-rows.ts'
import type { CoverageSpan, RowFinding, Stream } from './record.ts'
import type { KeptRow, RowKind } from './row-kind.ts'
import { assertSound, groupsWithin, sealedTable } from './seals/assert-sound.ts'
import type { BookTables } from './tables/tables.ts'

/** What of a batch there is to judge, and what was proven before it came. */
interface Came<Row extends KeptRow> {
  readonly kind: RowKind<Row>
  readonly account: string
  readonly rows: readonly Row[]
  readonly added: readonly Row[]
  readonly again: readonly Row[]
  readonly coverage: readonly CoverageSpan[]
  readonly proven: ReadonlyMap<Stream, readonly Interval[]>
}

/** Rows, what is kept beside them, the coverage they prove and what they contradict, in one transaction. */
export async function recordRows<Row extends KeptRow>(
  engine: BookEngine,
  kind: RowKind<Row>,
  account: string,
  rows: readonly Row[],
  coverage: readonly CoverageSpan[],
): Promise<RecordOutcome> {
  assertOwnRows(account, kind.noun, rows)
  assertOwnRows(account, 'coverage span', coverage)
  return engine.write(async (transaction) => {
    await holdAccount(engine, transaction, account)
    const { added, again } = await kind.insert(engine, transaction, account, rows)
    const proven = new Map<Stream, readonly Interval[]>()
    const streams = new Set(coverage.map((span) => span.stream))
    for (const row of added) streams.add(kind.streamOf(row))
    for (const stream of streams) {
      proven.set(stream, await readProven(transaction, account, stream))
    }
    await recordCoverage(engine, transaction, account, coverage, proven)
    const came = { kind, account, rows, added, again, coverage, proven }
    const found = [...(await changedFindings(transaction, came)), ...lateFindings(came), ...(await vanishedFindings(transaction, came))]
    // What contradicts the exchange may be damage of ours.
    if (found.some((one) => one.kind !== 'late')) await assertUnharmed(engine, transaction, kind, account, found)
    const news = await keepFindings(engine, transaction, found)
    const told = (of: RowFinding['kind']) => Object.freeze(news.filter((one) => one.kind === of).map(({ sentence }) => sentence))
    const changed = told('changed')
    return { added: added.length, known: again.length - changed.length, changed, late: told('late'), vanished: told('vanished') }
  })
}

/** @throws `book.damaged` */
async function assertUnharmed<Row extends KeptRow>(
  engine: BookEngine,
  transaction: Transaction<BookTables>,
  kind: RowKind<Row>,
  account: string,
  found: readonly RowFinding[],
): Promise<void> {
  await engine.settle(transaction)
  const database = { kind: engine.kind, db: transaction }
  for (const table of kind.tables) {
    const sealed = sealedTable(table)
    if (sealed.grouped !== undefined && sealed.grouped.unitMs !== 1) continue
    const owner = sealed.owner === 'account_number' ? String(await accountNumber(transaction, account)) : account
    const groups = new Set(found.map(({ at }) => groupsWithin(sealed, { from: at, to: at + 1 }).from))
    for (const from of groups) await assertSound(database, table, owner, account, { from, to: from + 1 })
  }
}

const instantsPerQuery = 200

/** Those that stand in the book with other content. */
async function changedFindings<Row extends KeptRow>(db: Transaction<BookTables>, came: Came<Row>): Promise<readonly RowFinding[]> {
  const { kind, account, again } = came
  const found: RowFinding[] = []
  const instants = [...new Set(again.map(kind.instantOf))]
  for (let from = 0; from < instants.length; from += instantsPerQuery) {
    const asked = new Set(instants.slice(from, from + instantsPerQuery))
    const recorded = new Map((await kind.read(db, account, { instants: [...asked] })).map((row) => [kind.keyOf(row), row]))
    for (const row of again) {
      const before = asked.has(kind.instantOf(row)) ? recorded.get(kind.keyOf(row)) : undefined
      const told = before === undefined ? [] : differences(kind.fieldsOf(before, row), kind.fieldsOf(row, before))
      if (told.length === 0) continue
      const saying = told.map(({ name, was, now }) => `${name} was ${was} and came as ${now}`).join(', ')
      found.push(finding(came, 'changed', row, saying, told.map(({ name, now }) => `${name} ${now}`).join(', ')))
    }
  }
  return found
}

function lateFindings<Row extends KeptRow>(came: Came<Row>): readonly RowFinding[] {
  const { kind, added, proven } = came
  return [...proven].flatMap(([stream, spans]) => {
    const late = lateRows(added, kind.instantOf, spans).filter((row) => kind.streamOf(row) === stream)
    return late.map((row) => finding(came, 'late', row, 'appeared in a span that was proven without it', shownFields(kind, row)))
  })
}

/** Rows of the book in what was proven before and is proven again, by a telling that lacks them. */
async function vanishedFindings<Row extends KeptRow>(db: Transaction<BookTables>, came: Came<Row>): Promise<readonly RowFinding[]> {
  const { kind, account, rows, coverage, proven } = came
  const found: RowFinding[] = []
  const present = new Set<string>()
  for (const span of coverage) {
    const equal = kind.commonOf(span.stream)
    if (equal === undefined) continue
    for (const within of intersection([span], proven.get(span.stream) ?? [])) {
      if (present.size === 0) for (const row of rows) present.add(kind.keyOf(row))
      for await (const row of everyRow<Row>((page) => kind.read(db, account, page), { equal, within })) {
        if (present.has(kind.keyOf(row))) continue
        const saying = `was there with ${shownFields(kind, row)}, and is missing where the exchange told all again`
        found.push({ ...finding(came, 'vanished', row, saying, ''), foundAt: span.provenAt, request: span.provenBy })
      }
    }
  }
  return found
}

function finding<Row extends KeptRow>(
  { kind, account, coverage }: Came<Row>,
  what: RowFinding['kind'],
  row: Row,
  saying: string,
  came: string,
): RowFinding {
  const at = kind.instantOf(row)
  const stream = kind.streamOf(row)
  const name = [kind.noun, account, ...kind.nameOf(row), isoInstant(at)].filter((part) => part !== '').join(' ')
  const shownBy = coverage.find((span) => span.stream === stream && contains(span, at))
  const request = shownBy === undefined ? {} : { request: shownBy.provenBy }
  return { account, stream, kind: what, row: name, at, came, sentence: `${name}: ${saying}`, foundAt: row.receivedAt, ...request }
}

function shownFields<Row extends KeptRow>(kind: RowKind<Row>, row: Row): string {
  const fields = kind.fieldsOf(row, row)
  return fields.flatMap(([name, value]) => (value === undefined || value === null ? [] : [`${name} ${shownField(value)}`])).join(', ')
}
