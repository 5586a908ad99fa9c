import type { Engine } from './engine/engine-interface.ts'
import type { AccountState } from './engine/record.ts'
import { accountStanding, accountsOf, assetTruths, rateTruths } from './venue-truth.ts'

/** One line of the truth: what kind of record it is, and the record. */
export type TruthLine = { readonly kind: string } & Readonly<Record<string, unknown>>

const pageRows = 1_000

/**
 * The truth record by record, for venues whose whole truth is too much for one answer: first how everything stands, then
 * the histories, newest first. The last line is `end`; when its `journalLength` is that of the first line, nothing
 * happened while it was read.
 *
 * @throws `venue.account-unknown` before the first line
 */
export function truthLines(engine: Engine, only?: string): Generator<TruthLine> {
  const states = accountsOf(engine, only)
  const { now } = engine
  // How the accounts stand is taken at once; of the histories nothing but the newest end ever changes.
  const standing: TruthLine[] = [
    { kind: 'venue', now, journalLength: engine.sequence },
    ...assetTruths(engine).map((asset) => ({ kind: 'asset', ...asset })),
    ...rateTruths(engine).map((rate) => ({ kind: 'rate', ...rate })),
    ...states.map((state) => ({ kind: 'account', ...accountStanding(engine, state) })),
  ]
  return lines(engine, standing, states, now)
}

function* lines(engine: Engine, standing: readonly TruthLine[], states: readonly AccountState[], now: number): Generator<TruthLine> {
  yield* standing
  let count = standing.length
  for (const state of states) {
    for (const line of history(engine, state, now)) {
      count += 1
      yield line
    }
  }
  yield { kind: 'end', lines: count, journalLength: engine.sequence }
}

function* history(engine: Engine, { account, exchange }: AccountState, now: number): Generator<TruthLine> {
  if (exchange === 'okx') {
    for (const charge of paged((to, limit) => engine.okxCharges({ account, to, limit }), now)) yield { kind: 'okx-charge', ...charge }
  } else {
    for (const charge of paged((to, limit) => engine.binanceCharges({ account, to, limit }), now)) yield { kind: 'charge', ...charge }
    for (const charge of paged((to, limit) => engine.loanCharges({ account, to, limit }), now)) yield { kind: 'loan-charge', ...charge }
    for (const run of engine.exchangeRuns({ account, to: now })) yield { kind: 'exchange-run', ...run }
  }
  for (const movement of paged((to, limit) => engine.movements({ account, to, limit }), now)) yield { kind: 'movement', ...movement }
}

/** Every row, a page at a time. Rows of one instant may stand on both sides of a page's end: they are counted. */
function* paged<Row extends { readonly at: number }>(query: (to: number, limit: number) => readonly Row[], newest: number): Generator<Row> {
  let to = newest
  let seen = 0
  for (;;) {
    const limit = seen + pageRows
    const rows = query(to, limit)
    yield* rows.slice(seen)
    const last = rows.at(-1)
    if (last === undefined || rows.length < limit) return
    to = last.at
    seen = rows.filter(({ at }) => at === to).length
  }
}
