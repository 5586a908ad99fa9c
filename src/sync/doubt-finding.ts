import type { RowFinding, Stream } from '../book/record.ts'
import type { PageDoubt } from '../client/walk/history-page.ts'
import { isoInstant } from '../time/instant.ts'

/** What is kept of a span that could not be proven although it was asked for again. */
export function findingOfDoubt(account: string, stream: Stream, doubt: PageDoubt, foundAt: number): RowFinding {
  const { kind, span, came, request } = doubt
  const row = `${isoInstant(span.from)} to ${isoInstant(span.to)}`
  return {
    account,
    stream,
    kind: kind === 'total' ? 'total' : 'unproven',
    row,
    at: span.from,
    came,
    sentence: `${stream} ${account} from ${row} is not proven: the reply ${came}`,
    foundAt,
    request,
  }
}
