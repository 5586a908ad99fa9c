import { accountHistories } from '../book/account-histories.ts'
import type { Book } from '../book/book-interface.ts'
import type { BookAccount, CoverageReport } from '../book/record.ts'
import { histories, restsOn, wholeHistories } from '../histories/histories.ts'
import type { Answer, History } from '../histories/history.ts'
import { statesOver } from '../histories/states.ts'
import { wantedFrom } from '../histories/wanted.ts'
import { openedAt } from '../rules/exchange.ts'
import { type Interval, interval } from '../time/interval.ts'
import { type IntervalSet, intervalSet } from '../time/interval-set.ts'
import { allTime, isOpenEnd, isOpenStart, openEnd } from './asked-time.ts'

export interface CoverageQuestion {
  /** The time that is asked about; a bound may be open (`asked-time.ts`). Default: all time. */
  readonly asked?: Interval | undefined
  /** Where no beginning is asked for, an answer reaches at least back to here. */
  readonly backTo?: number | undefined
  /** Epoch ms, by the exchange's clock. */
  readonly now: number
}

/**
 * What of the time asked is proven, what is not, what is lost, and what is not yet. Where no beginning is asked for, it
 * begins where the history is wanted from, or with the oldest proof if that is older. Where no end is asked for, it ends with
 * what can be proven by now.
 *
 * @throws `book.account-unknown`
 */
export async function coverageReport(
  book: Book,
  account: BookAccount,
  history: History,
  question: CoverageQuestion,
): Promise<CoverageReport> {
  const { asked = allTime, now } = question
  const held = intervalSet(await book.proven(account.label, history.stream))
  const from = isOpenStart(asked) ? openFrom(account, history, held[0]?.from, question) : asked.from
  const to = isOpenEnd(asked) ? openTo(from, now - history.settleMs) : asked.to
  const over = interval(from, to)
  const states = statesOver({ exchange: account.exchange, history, held, asked: over, now })
  return Object.freeze({
    account: account.label,
    stream: history.stream,
    asked: over,
    isOpenStart: isOpenStart(asked),
    isOpenEnd: isOpenEnd(asked),
    ...states,
    provenUntil: provenUntil(held, states.proven, asked, over),
    wantedFrom: wantedFrom(history, account.addedAt),
    settleMs: history.settleMs,
    byFile: byFile(history, now),
  })
}

/** Where no end is asked for, what was proven before it had settled by the clock of now counts, too. */
function provenUntil(held: IntervalSet, proven: IntervalSet, asked: Interval, over: Interval): number | undefined {
  const end = (isOpenEnd(asked) ? held : proven).at(-1)?.to
  return end !== undefined && end > over.from ? end : undefined
}

function byFile({ retention, otherWay }: History, now: number): CoverageReport['byFile'] {
  return retention === undefined || otherWay === undefined ? undefined : { before: now - retention.shortestMs, says: otherWay.says }
}

/** What ends before anything is wanted is a question about all that the exchange can ever have had. */
function openFrom(account: BookAccount, history: History, oldestProof: number | undefined, question: CoverageQuestion): number {
  const { now, backTo, asked = allTime } = question
  const wanted = Math.min(oldestProof ?? now, wantedFrom(history, account.addedAt), backTo ?? now)
  return wanted < asked.to ? wanted : Math.min(openedAt[account.exchange], asked.to)
}

/** What begins later than anything can be proven is not yet, to its open end. */
function openTo(from: number, settledTo: number): number {
  return from < settledTo ? settledTo : openEnd
}

/** A question about accounts: an answer about all their assets, or about one of them. */
export interface AnswerQuestion extends CoverageQuestion {
  readonly answer: Answer
  readonly asset?: string | undefined
}

/**
 * How the histories are proven that an answer rests on: the only place that knows which they are is the table of histories.
 * An account whose exchange has no such history brings none.
 *
 * @throws `book.account-unknown`
 */
export async function reportsBehind(
  book: Book,
  accounts: readonly BookAccount[],
  question: AnswerQuestion,
): Promise<readonly CoverageReport[]> {
  const { answer, asset } = question
  const reports: CoverageReport[] = []
  for (const account of accounts) {
    // Which assets an account has is only asked where a history of single assets is among them.
    const isByAsset = histories[account.exchange].some((entry) => entry.isOfAsset && restsOn(answer, entry))
    const own = isByAsset ? await accountHistories(book, account, undefined, asset) : wholeHistories(account.exchange)
    for (const history of own) {
      if (!restsOn(answer, history) || !isAbout(history, asset)) continue
      reports.push(await coverageReport(book, account, history, question))
    }
  }
  return Object.freeze(reports)
}

function isAbout({ isOfAsset, kind, stream }: History, asset: string | undefined): boolean {
  return !isOfAsset || asset === undefined || stream === `${kind}:${asset}`
}

/** The coverage of every history that the accounts have, in the order of `accountHistories`. @throws `book.account-unknown` */
export async function coverageReports(
  book: Book,
  accounts: readonly BookAccount[],
  question: CoverageQuestion,
): Promise<readonly CoverageReport[]> {
  const reports: CoverageReport[] = []
  for (const account of accounts) {
    for (const history of await accountHistories(book, account)) reports.push(await coverageReport(book, account, history, question))
  }
  return Object.freeze(reports)
}
