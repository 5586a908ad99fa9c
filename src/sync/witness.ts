import type { Book } from '../book/book-interface.ts'
import type { BookAccount, RowFinding, Stream } from '../book/record.ts'
import { toText } from '../decimal/decimal.ts'
import type { OverdraftError } from '../errors/overdraft-error.ts'
import { boundariesCrossed, boundaryAtOrBefore, everyHour } from '../time/boundary.ts'
import { isoInstant } from '../time/instant.ts'
import { type Interval, interval } from '../time/interval.ts'
import { covers, type IntervalSet, intersection, intervalSet, union } from '../time/interval-set.ts'
import { dayMs, hourMs, minuteMs } from '../time/units.ts'
import type { Doubt } from './doubt.ts'
import { doubtsOfUnpaid } from './doubts-of-unpaid.ts'
import { isPassing } from './passing-errors.ts'
import type { SyncClient } from './sync-client.ts'
import { brokenBalances } from './witness-balances.ts'
import { silentPasts } from './witness-beginnings.ts'
import { toldByAccrued, toldByBills, toldByInterest, toldByMarginInterest } from './witness-histories.ts'
import { doubtfulHoles } from './witness-holes.ts'
import { unbilledDebts } from './witness-liability.ts'
import { disagreements, type Told } from './witness-pairs.ts'
import { unpaidSteps } from './witness-unpaid.ts'

export interface WitnessOptions {
  readonly book: Book
  readonly account: BookAccount
  readonly client: SyncClient
  readonly signal: AbortSignal | undefined
  /** What this sync proved of each history. */
  readonly provenNow: ReadonlyMap<Stream, IntervalSet>
}

export interface Witnessed {
  /** A sentence for each finding that was not known before, by the history it is about. */
  readonly told: ReadonlyMap<Stream, readonly string[]>
  /** Why a question to the interest history, which alone is asked again, had no answer. */
  readonly failed: OverdraftError | undefined
}

type Tell = (book: Book, account: string, within: Interval) => AsyncIterable<Told>

/** Two histories of one exchange that tell of the same charges. */
interface Pair {
  readonly witness: Stream
  readonly byInterest: Tell
  readonly byWitness: Tell
  /** Charges are at multiples of this, and the witness dates them before the next. */
  readonly grainMs: number
  /** So long after its charge the witness has told it. */
  readonly lagMs: number
}

const pairs: Readonly<Record<BookAccount['exchange'], Pair>> = Object.freeze({
  binance: { witness: 'margin-interest', byInterest: toldByInterest, byWitness: toldByMarginInterest, grainMs: 1, lagMs: 0 },
  okx: { witness: 'bills', byInterest: toldByAccrued, byWitness: toldByBills, grainMs: hourMs, lagMs: 10 * minuteMs },
})

/** Whether a witness tells of such charges at all is seen from this much of the past, too. */
const acquaintanceMs = 30 * dayMs

/**
 * Holds what a sync proved against what else the exchange tells: another history of the same charges, balances that have to
 * follow one from another, and the rows around a hole. Where they contradict each other the proof is taken back and a
 * finding kept, so that coverage tells the gap and the next sync asks again.
 *
 * A witness whose own question fails does not silence the others.
 */
export async function witnessAccount(options: WitnessOptions): Promise<Witnessed> {
  const told = new Map<Stream, string[]>()
  let failed: OverdraftError | undefined
  // One witness taking a proof back must not silence another that rests on it.
  const provenBefore = intervalSet(await options.book.proven(options.account.label, 'bills'))
  const billed = (doubts: typeof unbilled) => (given: WitnessOptions) => doubts(given, provenBefore)
  // First what is held against balances: what one history alone tells of counts as known there.
  for (const doubts of [unpaidInterest, billed(unbilled), billed(brokenBills), silent, historiesAgainstEachOther, holes]) {
    try {
      for await (const doubt of doubts(options)) {
        const isNew = await keep(options, doubt)
        if (isNew) told.set(doubt.stream, [...(told.get(doubt.stream) ?? []), doubt.sentence])
      }
    } catch (error) {
      if (options.signal?.aborted === true || !isPassing(error)) throw error
      failed ??= error
    }
  }
  return { told, failed }
}

/** Takes the proof back; gives whether nobody was told of it before. */
async function keep({ book, account, client }: WitnessOptions, doubt: Doubt): Promise<boolean> {
  const { stream, span, at, row, came, sentence } = doubt
  if (span !== undefined) await book.withdrawProof(account.label, stream, span)
  const finding: RowFinding = { account: account.label, stream, kind: 'witness', row, at, came, sentence, foundAt: client.serverNow() }
  return (await book.recordFindings([finding])) > 0
}

async function* historiesAgainstEachOther(options: WitnessOptions): AsyncGenerator<Doubt> {
  const { book, account, provenNow } = options
  const { label } = account
  const { witness, byInterest, byWitness, grainMs, lagMs } = pairs[account.exchange]
  const provenOf = new Map<Stream, IntervalSet>()
  for (const stream of ['interest', witness] as const) provenOf.set(stream, intervalSet(await book.proven(label, stream)))
  const spans = union(provenNow.get('interest') ?? [], provenNow.get(witness) ?? [])
  const first = Math.max(0, (spans[0]?.from ?? 0) - acquaintanceMs)
  const lastTold = (until: number) => Math.floor((until - Math.max(lagMs, 1)) / grainMs) * grainMs
  const known = await acquainted(options, interval(first, Math.max(first, spans.at(-1)?.to ?? first)))
  for (const span of spans) {
    // What an earlier sync proved too shortly after its instant was not held against anything yet.
    const from = lastTold(span.from) + grainMs
    const last = lastTold(span.to)
    if (last < from) continue
    const [told, toldAgain] = [byInterest(book, label, interval(from, last + 1)), byWitness(book, label, interval(from, last + grainMs))]
    for await (const { at, key, left, right } of disagreements(told, toldAgain)) {
      // An exchange whose second history never tells of such a charge does not contradict the first.
      if (!known.has(kindOf(key))) continue
      const name = `${label} ${key} ${isoInstant(at)}`
      if (left !== undefined && right !== undefined) {
        const sentence = `charge ${name}: interest tells of ${left}, and ${witness} of ${right}`
        yield { stream: witness, span: undefined, at, row: name, came: right, sentence }
        continue
      }
      const [silent, teller] = left === undefined ? (['interest', witness] as const) : ([witness, 'interest'] as const)
      const of = interval(at, silent === 'interest' ? at + 1 : at + grainMs)
      // What is not proven lacks nothing.
      const due = silent === 'interest' ? of : interval(at, at + Math.max(lagMs, 1))
      if (!covers(provenOf.get(silent) ?? [], due)) continue
      const sentence = `charge ${name}: ${teller} tells of ${left ?? right}, and ${silent} of nothing, though it was proven there`
      yield { stream: silent, span: of, at, row: name, came: left ?? right ?? '', sentence }
    }
  }
}

/** The kinds of charges that the witness tells of at all. */
async function acquainted({ book, account }: WitnessOptions, within: Interval): Promise<ReadonlySet<string>> {
  const kinds = new Set<string>()
  for await (const { key } of pairs[account.exchange].byWitness(book, account.label, within)) kinds.add(kindOf(key))
  return kinds
}

/** Cross and isolated charges may be billed differently; on Binance there is one kind. */
function kindOf(key: string): string {
  return key.split(' ')[1] ?? ''
}

/** Of Binance alone: OKX takes interest within the hour, and leaves none unpaid (facts B4). */
async function* unpaidInterest({ book, account, provenNow }: WitnessOptions): AsyncGenerator<Doubt> {
  if (account.exchange !== 'binance') return
  const within = [...provenNow].flatMap(([stream, spans]) => (isOfUnpaid(stream) ? [...spans] : []))
  for await (const step of unpaidSteps({ book, account: account.label, within: intervalSet(within) })) {
    yield* doubtsOfUnpaid(book, account.label, step)
  }
}

function isOfUnpaid(stream: Stream): boolean {
  return stream === 'interest' || stream === 'margin-interest' || stream.startsWith('margin-repayments:')
}

/** A bill that no later one follows shows in what is owed alone; which of a debt's charges it was of, nothing tells. */
async function* unbilled({ book, account, provenNow }: WitnessOptions, proven: IntervalSet): AsyncGenerator<Doubt> {
  if (account.exchange !== 'okx') return
  const { label } = account
  for await (const { asset, span, seen, owed, expected } of unbilledDebts({
    book,
    account: label,
    within: provenNow.get('bills') ?? [],
    proven,
  })) {
    const row = `debt ${label} ${asset} ${isoInstant(seen.updatedAt)}`
    const [owedText, expectedText] = [toText(owed), toText(expected)]
    const sentence = `${row}: ${owedText} was owed, but the bills since ${isoInstant(span.from)} make ${expectedText}`
    const doubt = { row, came: `${owedText}, expected ${expectedText}`, sentence }
    yield { ...doubt, stream: 'bills', at: span.from, span }
    for (const hour of hoursOf(interval(boundaryAtOrBefore(span.from, everyHour), span.to)))
      yield { ...doubt, stream: 'interest', at: hour.from, span: hour }
  }
}

/** The full hours of a span; all of it where they are too many to look at one by one. */
function hoursOf(span: Interval): readonly Interval[] {
  const hours = [...boundariesCrossed(span.from - 1, span.to - 1, everyHour)]
  return hours.length > hoursLookedAt ? [span] : hours.map((hour) => interval(hour, hour + 1))
}

/** A bill that was not shown may be one of interest, of whose charge nothing is known either. */
async function* brokenBills({ book, account, provenNow }: WitnessOptions, proven: IntervalSet): AsyncGenerator<Doubt> {
  const { label } = account
  for (const within of intersection(provenNow.get('bills') ?? [], proven)) {
    for await (const { span, asset, instId, key, expected, came, sentence } of brokenBalances(book, label, within)) {
      // Where something in between was never proven, nothing is contradicted.
      if (!covers(proven, span)) continue
      const doubt = { at: span.from, row: `${label} ${key} ${isoInstant(span.to - 1)}`, came: `${came}, expected ${expected}`, sentence }
      yield { ...doubt, stream: 'bills', span }
      for (const silent of await hoursWithoutCharge(book, label, { asset, instId }, span))
        yield { ...doubt, stream: 'interest', at: silent.from, span: silent }
    }
  }
}

/** Whatever was owed before the archive begins was charged, too: by the other history, which is kept for longer. */
async function* silent({ book, account }: WitnessOptions): AsyncGenerator<Doubt> {
  if (account.exchange !== 'okx') return
  const { label } = account
  for await (const { span, begun, sentence } of silentPasts(book, label)) {
    yield {
      stream: 'bills',
      span,
      at: begun?.at ?? span.from,
      row: `beginning ${label} ${begun?.key ?? ''}`,
      came: begun?.before ?? '',
      sentence,
    }
  }
}

const hoursLookedAt = 31 * 24

interface BilledAs {
  readonly asset: string
  /** Empty for what is billed to cash. */
  readonly instId: string
}

/** The full hours of a span at which a debt was not charged; all of it where those are too many to look at one by one. */
async function hoursWithoutCharge(book: Book, account: string, { asset, instId }: BilledAs, span: Interval): Promise<readonly Interval[]> {
  const hours = [...boundariesCrossed(span.from - 1, span.to - 1, everyHour)]
  if (hours.length > hoursLookedAt) return [span]
  const charged = new Set<number>()
  for await (const charge of book.charges({ accounts: [account], asset, within: span, order: 'oldest-first' })) {
    // One of both may name the position of a cross debt, and the other not (facts B4).
    const isNamedByOne = charge.marginMode !== 'isolated' && (charge.instId === '' || instId === '')
    if (charge.instId === instId || isNamedByOne) charged.add(charge.at)
  }
  return hours.filter((hour) => !charged.has(hour)).map((hour) => interval(hour, hour + 1))
}

async function* holes(options: WitnessOptions): AsyncGenerator<Doubt> {
  const { book, account, provenNow } = options
  const vouched = intervalSet(await book.proven(account.label, 'bills'))
  for await (const { span, key, sentence } of doubtfulHoles({ ...options, within: provenNow.get('interest') ?? [], vouched })) {
    yield { stream: 'interest', span, at: span.from, row: `${account.label} ${key} ${isoInstant(span.from)}`, came: '', sentence }
  }
}
