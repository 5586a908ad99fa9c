import type { BookAccount } from '../../src/book/record.ts'
import { add, equals, strip } from '../../src/decimal/arithmetic.ts'
import { type Decimal, decimal, toText, zero } from '../../src/decimal/decimal.ts'
import { isOverdraftError } from '../../src/errors/overdraft-error.ts'
import type { Answer } from '../../src/histories/history.ts'
import { partsOfStream } from '../../src/histories/stream.ts'
import { answerCoverage } from '../../src/report/answer-coverage.ts'
import { isOpenEnd, isOpenStart, openEnd, openStart } from '../../src/report/asked-time.ts'
import { reportsBehind } from '../../src/report/coverage-report.ts'
import { interestTotals } from '../../src/report/interest-totals.ts'
import { assertAssetKnown } from '../../src/report/known-asset.ts'
import { namedPeriod } from '../../src/report/period.ts'
import { monthStatements } from '../../src/report/statement/month-statements.ts'
import { isoInstant, isoMonth } from '../../src/time/instant.ts'
import { type Interval, interval, isEmpty } from '../../src/time/interval.ts'
import { dayMs, hourMs } from '../../src/time/units.ts'
import type { Draws } from '../simulation/draws.ts'
import { bookRows } from './book-rows.ts'
import type { Scene } from './check-book.ts'
import { type Row, rowText } from './row.ts'
import { trueRows } from './true-rows.ts'

/** What each answer is about, written down a second time. */
const behind: Readonly<Record<BookAccount['exchange'], Readonly<Record<Answer, readonly string[]>>>> = {
  binance: {
    charges: ['interest'],
    audit: ['interest', 'margin-interest'],
    'auto-exchanges': ['exchanges'],
    movements: ['um-income', 'cm-income', 'margin-loans', 'margin-repayments'],
    statement: ['interest', 'margin-interest', 'um-income', 'cm-income', 'margin-repayments'],
  },
  okx: { charges: ['interest'], audit: ['interest'], 'auto-exchanges': [], movements: ['bills'], statement: ['interest', 'bills'] },
}
const answers = ['charges', 'audit', 'auto-exchanges', 'movements', 'statement'] as const

interface Asked {
  readonly account: BookAccount
  readonly answer: Answer
  readonly within: Interval
}

/** How many answers were asked for, and how many of them were complete. */
export interface AnswerCounts {
  asked: number
  complete: number
}

/**
 * Asks for answers over times before, across and after what is proven, of assets never held and of times to come. One that
 * is called complete has every true row of every history it rests on, but for those that are known to be withheld from
 * every reply; and its totals are the truth.
 *
 * @param withheld keys of rows that no reply showed
 */
export async function checkAnswers(
  scene: Scene,
  draws: Draws,
  withheld: ReadonlySet<string>,
  counts: AnswerCounts,
  complain: (what: string) => never,
): Promise<void> {
  const { venue, book, accounts } = scene
  const truth = [...trueRows(venue).values()]
  const held = await bookRows(book)
  const now = venue.clock.now()
  for (const { account } of accounts) {
    await checkUnknownAsset(scene, account, complain)
    await checkStatements(scene, account, draws, { truth, held, withheld }, counts, complain)
    for (const answer of answers) {
      const asked = { account, answer, within: drawSpan(draws, now) }
      if (isEmpty(asked.within)) continue
      const reports = await reportsBehind(book, [account], { answer, asked: asked.within, now })
      const { gaps, provenFrom, provenUntil } = answerCoverage(reports)
      counts.asked += 1
      if (gaps.length > 0 || provenFrom === undefined || provenUntil === undefined) continue
      counts.complete += 1
      const { within } = asked
      // Every instant that the answer vouches for: of several histories what is asked of all of them.
      const over = interval(
        isOpenStart(within) ? provenFrom : within.from,
        isOpenEnd(within) ? Math.max(provenFrom, provenUntil) : within.to,
      )
      const rows = truth.filter((row) => isBehind(asked, row) && over.from <= row.at && row.at < over.to)
      const missing = rows.find(({ key }) => !held.has(key) && !withheld.has(key))
      if (missing !== undefined) complain(`${nameOf(asked)} is called complete, and lacks ${rowText(missing)}`)
      // A clock that was ahead proves what has not come until it is right again.
      if (over.to > now && !wasAhead(scene)) complain(`${nameOf(asked)} is called complete at ${isoInstant(now)}`)
      if (answer === 'charges')
        await checkTotals(
          scene,
          asked,
          over,
          rows.filter(({ key }) => held.has(key)),
          complain,
        )
    }
  }
}

function wasAhead({ trouble: { rules, log } }: Scene): boolean {
  return log.some(({ fault }) => rules.get(fault)?.kind === 'clock-skew')
}

function isBehind({ account, answer }: Asked, { account: label, stream }: Row): boolean {
  return label === account.label && behind[account.exchange][answer].includes(partsOfStream(stream).kind)
}

/** Bounds near what happened and far from it, at boundaries and between them. */
function drawSpan(draws: Draws, now: number): Interval {
  const bound = (): number => {
    const ms = draws.pick([
      0,
      hourMs,
      7 * hourMs,
      dayMs,
      10 * dayMs,
      35 * dayMs,
      80 * dayMs,
      95 * dayMs,
      140 * dayMs,
      400 * dayMs,
      900 * dayMs,
    ])
    const at = now - draws.pick([1, 1, 1, 1, -1]) * ms + draws.pick([0, 0, 1, -1]) * draws.below(hourMs)
    return draws.percent(50) ? Math.floor(at / hourMs) * hourMs : at
  }
  const [one, other] = [bound(), bound()]
  const from = draws.percent(25) ? openStart : Math.min(one, other)
  return interval(from, draws.percent(35) ? openEnd : Math.max(one, other))
}

async function checkTotals(
  { book }: Scene,
  asked: Asked,
  over: Interval,
  rows: readonly Row[],
  complain: (what: string) => never,
): Promise<void> {
  const right = new Map<string, Decimal>()
  for (const { key, values } of rows) {
    const asset = key.split(' ')[3] ?? ''
    right.set(asset, add(right.get(asset) ?? zero, decimal(values[2] ?? '0')))
  }
  const totals = await interestTotals(book, { accounts: [asked.account.label], within: over, by: 'asset' })
  const told = new Map(totals.map(({ asset, interest }) => [asset, interest]))
  for (const asset of new Set([...right.keys(), ...told.keys()])) {
    const [is, says] = [right.get(asset) ?? zero, told.get(asset) ?? zero]
    if (!equals(is, says))
      complain(`${nameOf(asked)} tells ${toText(strip(says))} ${asset} of interest, and the truth is ${toText(strip(is))}`)
  }
}

interface Known {
  readonly truth: readonly Row[]
  readonly held: ReadonlyMap<string, Row>
  readonly withheld: ReadonlySet<string>
}

/** Statements of two months in a row: what is called complete has each true row that it was rolled through, and its charges add up to the truth. */
async function checkStatements(
  { venue, book }: Scene,
  account: BookAccount,
  draws: Draws,
  { truth, held, withheld }: Known,
  counts: AnswerCounts,
  complain: (what: string) => never,
): Promise<void> {
  const now = venue.clock.now()
  const month = isoMonth(now - draws.between(0, 200) * dayMs)
  const { from, to } = namedPeriod(month)
  const within = interval(from, Math.min(to, now))
  const { statements, reports } = await monthStatements(book, account, { within, now })
  counts.asked += 1
  if (answerCoverage(reports).gaps.length > 0 || reports.length === 0) return
  counts.complete += 1
  const name = `the statement of ${account.label} for ${month}`
  const own = truth.filter((row) => isBehind({ account, answer: 'statement', within }, row))
  const ends = reports.map(({ provenUntil }) => provenUntil ?? 0)
  const lasts = statements.map(({ restsOn }) => restsOn.to)
  // The month under way is as of the last sync.
  const until = within.to === now ? Math.min(...ends) : Math.max(within.to, ...lasts)
  const since = Math.min(within.from, ...statements.map(({ restsOn }) => restsOn.from))
  const missing = own.find(({ key, at }) => since <= at && at < until && !held.has(key) && !withheld.has(key))
  if (missing !== undefined) complain(`${name} is called complete, and lacks ${rowText(missing)}`)
  for (const { asset, lines } of statements) {
    const charged = own.filter(({ key, stream, at }) => {
      return stream === 'interest' && key.split(' ')[3] === asset && within.from <= at && at < within.to && held.has(key)
    })
    const right = charged.reduce((total, { values }) => add(total, decimal(values[2] ?? '0')), zero)
    const told = lines.find(({ kind }) => kind === 'charge')?.amount ?? zero
    if (!equals(right, told)) complain(`${name} tells ${toText(strip(told))} ${asset} of charges, and the truth is ${toText(strip(right))}`)
  }
}

async function checkUnknownAsset({ book }: Scene, account: BookAccount, complain: (what: string) => never): Promise<void> {
  try {
    await assertAssetKnown(book, [account], 'NEVERHELD')
  } catch (error) {
    if (isOverdraftError(error, 'book.asset-unknown')) return
    throw error
  }
  complain(`${account.label}: an asset that was never held is taken for known`)
}

function nameOf({ account, answer, within: { from, to } }: Asked): string {
  const since = from <= openStart ? '' : ` since ${isoInstant(from)}`
  return `${answer} of ${account.label}${since}${to >= openEnd ? '' : ` until ${isoInstant(to)}`}`
}
