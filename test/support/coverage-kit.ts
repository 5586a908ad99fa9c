import type { Book } from '../../src/book/book-interface.ts'
import type { BookAccount, CoverageReport, Stream } from '../../src/book/record.ts'
import { historyOf } from '../../src/histories/histories.ts'
import { type AnswerCoverage, answerCoverage } from '../../src/report/answer-coverage.ts'
import { allTime, isOpenEnd, isOpenStart } from '../../src/report/asked-time.ts'
import { type CoverageQuestion, coverageReport } from '../../src/report/coverage-report.ts'
import { type Interval, interval } from '../../src/time/interval.ts'
import { intersection, intervalSet, union } from '../../src/time/interval-set.ts'

type Spans = Partial<Pick<CoverageReport, 'proven' | 'unproven' | 'lost' | 'notYet'>>

/** The report of one history of which these spans are known, of as much of it as is asked. */
export function reportOf(spans: Spans, asked: Interval = allTime, named: Partial<CoverageReport> = {}): CoverageReport {
  const { proven = [], unproven = [], lost = [], notYet = [] } = spans
  const whole = union(union(proven, unproven), union(lost, notYet))
  const ends = interval(whole[0]?.from ?? 0, whole.at(-1)?.to ?? 0)
  const within = interval(isOpenStart(asked) ? ends.from : asked.from, isOpenEnd(asked) ? Math.max(ends.to, asked.from) : asked.to)
  const cut = (part: readonly Interval[]) => intersection(intervalSet(part), intervalSet([within]))
  return {
    account: 'main',
    stream: 'interest',
    asked: within,
    isOpenStart: isOpenStart(asked),
    isOpenEnd: isOpenEnd(asked),
    proven: cut(proven),
    unproven: cut(unproven),
    lost: cut(lost),
    notYet: cut(notYet),
    provenUntil: cut(proven).at(-1)?.to,
    wantedFrom: ends.from,
    settleMs: 0,
    ...named,
  }
}

/** What vouches for everything up to an instant, or for nothing at all. */
export function vouchedUntil(provenUntil: number | undefined): AnswerCoverage {
  return { ...answerCoverage([]), provenUntil }
}

/** The coverage of one stream, by its name; `undefined` where the exchange has no such history. */
export async function streamReport(
  book: Book,
  account: BookAccount,
  stream: Stream,
  question: CoverageQuestion,
): Promise<CoverageReport | undefined> {
  const history = historyOf(account.exchange, stream)
  return history === undefined ? undefined : coverageReport(book, account, history, question)
}
