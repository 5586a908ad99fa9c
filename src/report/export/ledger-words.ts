import { isoInstant } from '../../time/instant.ts'
import type { AnswerGap } from '../answer-coverage.ts'
import type { ExportTable } from './export-table.ts'

/** A gap in one line. */
export function gapWords({ account, stream, kind, span }: AnswerGap): string {
  const state = kind === 'lost' ? 'lost, the exchange keeps it no longer' : 'not proven'
  return `${account} ${stream}: ${isoInstant(span.from)} to ${isoInstant(span.to)} is ${state}; charges may be missing`
}

/** What the export can vouch for, in lines. */
export function coverageWords({ coverage, asOf }: ExportTable): readonly string[] {
  const { gaps, provenUntil } = coverage
  const until = provenUntil === undefined ? 'Nothing of it is proven complete.' : `Proven complete up to ${isoInstant(provenUntil)}`
  const but =
    provenUntil === undefined
      ? ''
      : gaps.length === 0
        ? '.'
        : `, but for ${gaps.length === 1 ? 'one span' : `${gaps.length} spans`} told above.`
  return [`Interest as Overdraft had it at ${isoInstant(asOf)}.`, `${until}${but}`]
}
