import type { AnswerCoverage, AnswerGap } from '../../report/answer-coverage.ts'
import { isoInstant } from '../../time/instant.ts'
import type { Session } from '../session.ts'
import { exportedInstant, shownInstant } from './amounts.ts'
import { shownDuration } from './duration.ts'
import { printable } from './printable.ts'

const shownMax = 8

/** A gap as exports carry it. */
function exportedGap({ account, stream, kind, span }: AnswerGap) {
  return { account, stream, kind, from: isoInstant(span.from), to: isoInstant(span.to) }
}

/** What the answer cannot vouch for, or that it is proven complete: stands under every answer for people. */
export function shownCoverage({ style, io }: Session, { gaps, provenUntil }: AnswerCoverage): string {
  if (gaps.length === 0) {
    if (provenUntil === undefined) return ''
    const age = shownDuration(Math.max(io.clock.now() - provenUntil, 0))
    return `${style.green('Proven complete')} up to ${shownInstant(provenUntil)} UTC, ${age} ago.\n`
  }
  const lines = gaps.slice(0, shownMax).map(({ account, stream, kind, span }) => {
    const what = kind === 'lost' ? 'lost (past what the exchange keeps)' : 'not proven'
    const length = shownDuration(span.to - span.from)
    return `  ${printable(account)} ${stream}: ${shownInstant(span.from)} to ${shownInstant(span.to)} UTC (${length}) ${what}\n`
  })
  const more = gaps.length > shownMax ? `  and ${gaps.length - shownMax} more: overdraft coverage --csv\n` : ''
  const remedy = gaps.some((gap) => gap.kind === 'unproven') ? 'overdraft sync fetches what is not proven.\n' : ''
  return `${style.yellow('Not complete')}: records may be missing from\n${lines.join('')}${more}${remedy}`
}

/** Coverage as JSON documents carry it. */
export function exportedCoverage({ gaps, provenUntil }: AnswerCoverage) {
  return { complete: gaps.length === 0, provenUntil: exportedInstant(provenUntil), gaps: gaps.map(exportedGap) }
}

/** An answer with gaps ends with the exit code `incomplete`, unless gaps were allowed. */
export function endByGaps(session: Session, { gaps }: AnswerCoverage, options: { readonly allowGaps?: true }): void {
  if (gaps.length > 0 && !options.allowGaps) session.endWith('incomplete')
}
