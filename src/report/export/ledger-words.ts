import { isoInstant } from '../../time/instant.ts'
import { type AnswerGap, gapEnd } from '../answer-coverage.ts'
import type { ExportTable } from './export-table.ts'

const states: Readonly<Record<AnswerGap['kind'], string>> = {
  lost: 'lost, the exchange keeps it no longer',
  unproven: 'not proven',
  'not-yet': 'not proven yet',
}

/** A gap in one line. */
export function gapWords(gap: AnswerGap): string {
  const { account, stream, kind, span } = gap
  const end = gapEnd(gap)
  const until = end === undefined ? 'on' : `to ${isoInstant(end)}`
  return `${account} ${stream}: ${isoInstant(span.from)} ${until} is ${states[kind]}; charges may be missing`
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
