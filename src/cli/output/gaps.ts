import { type AnswerCoverage, type AnswerGap, gapEnd } from '../../report/answer-coverage.ts'
import { isoDay, isoInstant } from '../../time/instant.ts'
import { hourMs } from '../../time/units.ts'
import type { Session } from '../session.ts'
import { exportedInstant, shownInstant } from './amounts.ts'
import { shownDuration } from './duration.ts'
import { printable } from './printable.ts'

const shownMax = 8

/** A gap as exports carry it; `to` is null where it has no end. */
function exportedGap(gap: AnswerGap) {
  const { account, stream, kind, span } = gap
  return { account, stream, kind, from: isoInstant(span.from), to: exportedInstant(gapEnd(gap)) }
}

const kindsShown: Readonly<Record<AnswerGap['kind'], string>> = {
  unproven: 'not proven',
  lost: 'lost (past what the exchange keeps)',
  'not-yet': 'not yet (too new to be proven, or still to come)',
}

/** What the answer cannot vouch for, or that it is proven complete: stands under every answer for people. */
export function shownCoverage({ style, io }: Session, { gaps, provenFrom, isOpenStart, provenUntil }: AnswerCoverage): string {
  if (gaps.length === 0) {
    if (provenUntil === undefined) return ''
    const age = shownDuration(Math.max(io.clock.now() - provenUntil, 0))
    const since = isOpenStart && provenFrom !== undefined ? ` from ${shownInstant(provenFrom)}` : ''
    return `${style.green('Proven complete')}${since} up to ${shownInstant(provenUntil)} UTC, ${age} ago.\n`
  }
  const joined = joinedForPeople(gaps)
  const lines = joined.slice(0, shownMax).map((gap) => {
    const { account, stream, kind, span } = gap
    const end = gapEnd(gap)
    const until = end === undefined ? 'on' : `to ${shownInstant(end)}`
    const length = end === undefined ? '' : ` (${shownDuration(end - span.from)})`
    return `  ${printable(account)} ${printable(stream)}: ${shownInstant(span.from)} ${until} UTC${length} ${kindsShown[kind]}\n`
  })
  const more = joined.length > shownMax ? `  and ${joined.length - shownMax} more: overdraft coverage --csv\n` : ''
  return `${style.yellow('Not complete')}: records may be missing from\n${lines.join('')}${more}${shownRemedies(gaps)}`
}

/** The time since the last sync is not worth two lines of one history; the longest gaps come first. */
function joinedForPeople(gaps: readonly AnswerGap[]): readonly AnswerGap[] {
  const joined: AnswerGap[] = []
  for (const gap of gaps) {
    const before = joined.at(-1)
    const goesOn = before !== undefined && before.account === gap.account && before.stream === gap.stream
    const isTail = goesOn && before.kind === 'unproven' && gap.kind === 'not-yet' && before.span.to === gap.span.from
    if (isTail && before.span.to - before.span.from < hourMs) {
      joined[joined.length - 1] = { ...gap, span: { from: before.span.from, to: gap.span.to } }
    } else joined.push(gap)
  }
  return joined.sort((left, right) => right.span.to - right.span.from - (left.span.to - left.span.from))
}

/** What brings the missing: a sync, from where on, and each file that an exchange makes. */
function shownRemedies(gaps: readonly AnswerGap[]): string {
  const remedies = gaps.flatMap((gap) => gap.remedies)
  const since = remedies.flatMap((remedy) => (remedy.kind === 'sync-since' ? [remedy.since] : []))
  const isSynced = remedies.some(({ kind }) => kind === 'sync')
  const files = new Set(remedies.flatMap((remedy) => (remedy.kind === 'file' ? [remedy.says] : [])))
  const after = remedies.flatMap((remedy) => (remedy.kind === 'sync-after' ? [remedy.at] : []))
  const sync = since.length > 0 ? `overdraft sync --since ${isoDay(Math.min(...since))}` : isSynced ? 'overdraft sync' : ''
  const later = after.length === 0 ? [] : [`A sync from ${shownInstant(Math.max(...after))} UTC on can prove what is too new now.\n`]
  return [...(sync === '' ? [] : [`${sync} fetches what is not proven.\n`]), ...later, ...[...files].map((says) => `${says}.\n`)].join('')
}

/** Coverage as JSON documents carry it. */
export function exportedCoverage({ gaps, provenFrom, provenUntil }: AnswerCoverage) {
  return {
    complete: gaps.length === 0,
    provenFrom: exportedInstant(provenFrom),
    provenUntil: exportedInstant(provenUntil),
    gaps: gaps.map(exportedGap),
  }
}

/** An answer with gaps ends with the exit code `incomplete`, unless gaps were allowed. */
export function endByGaps(session: Session, { gaps }: AnswerCoverage, options: { readonly allowGaps?: true }): void {
  if (gaps.length > 0 && !options.allowGaps) session.endWith('incomplete')
}
