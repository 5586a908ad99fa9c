import type { RowFinding, Stream } from '../book/record.ts'
import type { PageDoubt } from '../client/walk/history-page.ts'
import { type OverdraftError, overdraftError } from '../errors/overdraft-error.ts'
import { isoInstant } from '../time/instant.ts'
import type { SourcePage } from './stream-source.ts'

/** What is kept of a span that could not be proven although it was asked for again. */
export function findingOfDoubt(account: string, stream: Stream, doubt: PageDoubt, foundAt: number): RowFinding {
  const { kind, span, came, request } = doubt
  const row = `${isoInstant(span.from)} to ${isoInstant(span.to)}`
  return {
    account,
    stream,
    kind: kind === 'total' || kind === 'outside' ? kind : 'unproven',
    row,
    at: span.from,
    came,
    sentence: `${stream} ${account} from ${row} is not proven: the reply ${came}`,
    foundAt,
    request,
  }
}

/** What a sync ends with that was not answered what it asked. */
export function errorOfStrays(account: string, stream: Stream, { span, came, request }: PageDoubt): OverdraftError {
  const [from, to] = [isoInstant(span.from), isoInstant(span.to)]
  return overdraftError('sync.not-answered', { account, stream, from, to, came, request })
}

/**
 * What is kept of rows that cannot be. Their own time says nothing, so that each stands where the span that was asked for begins.
 */
export function findingsOfStrays(account: string, stream: Stream, page: SourcePage, foundAt: number): readonly RowFinding[] {
  const { strays, proven, doubt, request } = page
  const { from } = doubt?.span ?? proven
  return strays.map(({ row, came, why }) => ({
    account,
    stream,
    kind: 'outside',
    row: `${stream} ${account} ${row}`,
    at: from,
    came,
    sentence: `${stream} ${account} ${row}: a row was shown that ${why}, with ${came}`,
    foundAt,
    request,
  }))
}
