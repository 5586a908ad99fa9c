import { pathToFileURL } from 'node:url'
import { benchSync, type SyncResult } from './sync.ts'

/** Prints syncs against the limits, and what other ways of paging lost. */
export function printSync({ timed, lost }: SyncResult): void {
  const seconds = (ms: number) => (ms / 1_000).toFixed(1)
  table(
    ['sync', 'round trip ms', 'requests', 'wall s', 'bound s', 'wall/bound', '429', 'rows in truth', 'rows in book'],
    timed.map((line) => [
      line.what,
      String(line.latencyMs),
      String(line.requests),
      seconds(line.wallMs),
      seconds(line.boundMs),
      (line.wallMs / line.boundMs).toFixed(3),
      String(line.refused),
      String(line.rowsInTruth),
      String(line.rowsInBook),
    ]),
  )
  table(
    ['exchange', 'way of paging', 'rows in truth', 'rows', 'lost', 'requests', 'ended with'],
    lost.map(({ exchange, way, rowsInTruth, rows, requests, ended }) => [
      exchange,
      way,
      String(rowsInTruth),
      String(rows),
      `${(100 * (1 - rows / rowsInTruth)).toFixed(1)} %`,
      String(requests),
      ended,
    ]),
  )
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  for (const row of [head, ...rows]) {
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    )
  }
  process.stdout.write('\n')
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  printSync(await benchSync())
  process.exit(0)
}
