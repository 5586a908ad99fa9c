import { type Kysely, sql, type Transaction } from 'kysely'
import { type Interval, interval } from '../time/interval.ts'
import { difference, intervalSet, union } from '../time/interval-set.ts'
import { holdAccount } from './account-store.ts'
import type { BookEngine, TableWriter } from './engines/engine.ts'
import type { AheadOfClock, CoverageSpan, Stream } from './record.ts'
import type { BookTables } from './tables/tables.ts'

const coverageWriter: TableWriter<CoverageSpan> = {
  table: 'coverage',
  columns: ['account', 'stream', 'from_at', 'to_at', 'proven_at', 'proven_by'],
  keyLength: 5,
  values: ({ account, stream, from, to, provenAt, provenBy }) => [account, stream, from, to, provenAt, provenBy],
}

export interface ProvenSpan extends Interval {
  readonly account: string
  readonly stream: Stream
}

export const provenWriter: TableWriter<ProvenSpan> = {
  table: 'proven',
  columns: ['account', 'stream', 'from_at', 'to_at'],
  keyLength: 3,
  values: ({ account, stream, from, to }) => [account, stream, from, to],
}

/** Keeps the proofs and joins them to what was proven before. Empty spans prove nothing and are left out. */
export async function recordCoverage(
  engine: BookEngine,
  transaction: Transaction<BookTables>,
  account: string,
  coverage: readonly CoverageSpan[],
  before: ReadonlyMap<Stream, readonly Interval[]>,
): Promise<void> {
  const spans = coverage.filter(({ from, to }) => from < to)
  await engine.insertNew(transaction, coverageWriter, spans)
  for (const stream of new Set(spans.map((span) => span.stream))) {
    const known = before.get(stream) ?? []
    const after = union(
      known,
      spans.filter((span) => span.stream === stream),
    )
    await replaceProven(engine, transaction, account, stream, known, after)
  }
}

/** Takes a proof back: the span is unproven again, the proofs stay as they were given. */
export async function withdrawProof(engine: BookEngine, account: string, stream: Stream, span: Interval): Promise<void> {
  await engine.write(async (transaction) => {
    await holdAccount(engine, transaction, account)
    await withdrawWithin(engine, transaction, account, stream, span)
  })
}

/** As `withdrawProof`, in a transaction that holds the account already. */
export async function withdrawWithin(
  engine: BookEngine,
  transaction: Transaction<BookTables>,
  account: string,
  stream: Stream,
  span: Interval,
): Promise<void> {
  const before = await readProven(transaction, account, stream)
  await replaceProven(engine, transaction, account, stream, before, difference(before, [span]))
}

/**
 * What only proofs of a future cover: each reaches further than `aheadMs.least` beyond the instant at which our own clock
 * took it, and no further than `aheadMs.most`.
 */
export async function readProvenAhead(
  db: Kysely<BookTables>,
  account: string,
  stream: Stream,
  { least, most }: AheadOfClock,
): Promise<readonly Interval[]> {
  const any = await db
    .selectFrom('coverage')
    .select('stream')
    .where('account', '=', account)
    .where('stream', '=', stream)
    .where(sql<boolean>`to_at - proven_at > ${least} AND to_at - proven_at <= ${most}`)
    .limit(1)
    .executeTakeFirst()
  if (any === undefined) return []
  const ahead: Interval[] = []
  const sound: Interval[] = []
  for (const { from, to, provenAt } of await readCoverage(db, account, stream)) {
    const isAhead = least < to - provenAt && to - provenAt <= most
    const soundTo = isAhead ? Math.max(from, provenAt + least) : to
    sound.push(interval(from, soundTo))
    ahead.push(interval(soundTo, to))
  }
  return difference(intervalSet(ahead), intervalSet(sound))
}

async function replaceProven(
  engine: BookEngine,
  transaction: Transaction<BookTables>,
  account: string,
  stream: Stream,
  before: readonly Interval[],
  after: readonly Interval[],
): Promise<void> {
  const name = ({ from, to }: Interval) => `${from} ${to}`
  const [had, has] = [new Set(before.map(name)), new Set(after.map(name))]
  const lost = before.filter((span) => !has.has(name(span)))
  if (lost.length > 0) {
    const gone = lost.map(({ from }) => from)
    const rows = lost.map(({ from, to }) => ({ account, stream, from, to }))
    await engine.forget(transaction, provenWriter, rows)
    await transaction
      .deleteFrom('proven')
      .where('account', '=', account)
      .where('stream', '=', stream)
      .where('from_at', 'in', gone)
      .execute()
  }
  const fresh = after.filter((span) => !had.has(name(span))).map(({ from, to }) => ({ account, stream, from, to }))
  await engine.put(transaction, provenWriter, fresh)
}

/** Ascending and joined. */
export async function readProven(db: Kysely<BookTables>, account: string, stream: Stream): Promise<readonly Interval[]> {
  const rows = await db
    .selectFrom('proven')
    .select(['from_at', 'to_at'])
    .where('account', '=', account)
    .where('stream', '=', stream)
    .orderBy('from_at')
    .execute()
  return Object.freeze(rows.map((row) => interval(Number(row.from_at), Number(row.to_at))))
}

/** Every proof, oldest span first. */
export async function readCoverage(db: Kysely<BookTables>, account: string, stream: Stream): Promise<readonly CoverageSpan[]> {
  const rows = await db
    .selectFrom('coverage')
    .selectAll()
    .where('account', '=', account)
    .where('stream', '=', stream)
    .orderBy('from_at')
    .orderBy('to_at')
    .orderBy('proven_at')
    .execute()
  return rows.map((row) =>
    Object.freeze({
      account,
      stream,
      from: Number(row.from_at),
      to: Number(row.to_at),
      provenBy: row.proven_by,
      provenAt: Number(row.proven_at),
    }),
  )
}
