import { archivedAfterMs } from '../../../../contracts/binance/margin-records.ts'

/** What of a span (both ends included) lies on the asked side of the archive's edge; may be empty, with `from` after `to`. */
export function sideOfArchive(
  span: { readonly from: number; readonly to: number },
  archived: boolean,
  now: number,
): { readonly from: number; readonly to: number } {
  const edge = now - archivedAfterMs
  return archived ? { from: span.from, to: Math.min(span.to, edge - 1) } : { from: Math.max(span.from, edge), to: span.to }
}

/** One page of rows; the first is 1. */
export function pageOf<Row>(rows: readonly Row[], { current, size }: { readonly current: number; readonly size: number }): readonly Row[] {
  return rows.slice((current - 1) * size, current * size)
}
