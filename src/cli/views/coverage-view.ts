import type { CoverageReport, RowFinding } from '../../book/record.ts'
import { asOfLastSync, provenPerMille } from '../../report/answer-coverage.ts'
import type { SeriesBoundaries } from '../../report/boundaries.ts'
import type { ProofPiece } from '../../report/proof-pieces.ts'
import { exportedInstant, shownInstant } from '../output/amounts.ts'
import { printable } from '../output/printable.ts'
import type { Column } from '../output/sheet.ts'
import type { Style } from '../output/style.ts'
import { printTable } from '../output/table.ts'

/** All that is known of how complete the histories are. */
export interface CoverageAnswer {
  readonly reports: readonly CoverageReport[]
  /** Of each report, in the same order. */
  readonly pieces: readonly (readonly ProofPiece[])[]
  readonly boundaries: readonly SeriesBoundaries[]
  readonly findings: readonly RowFinding[]
}

/** One line of an export: a span of a stream, boundaries without a charge, or a row that contradicts what was told before. */
export interface CoverageRow {
  readonly account: string
  readonly stream: string
  readonly state: 'proven' | 'unproven' | 'lost' | 'not-yet' | 'hole' | RowFinding['kind']
  readonly from: number
  readonly to: number | undefined
  readonly request: string | undefined
  readonly at: number | undefined
  readonly says: string
}

export const coverageColumns: readonly Column<CoverageRow>[] = [
  { field: 'account', value: ({ account }) => account },
  { field: 'stream', value: ({ stream }) => stream },
  { field: 'state', value: ({ state }) => state },
  { field: 'from', value: ({ from }) => exportedInstant(from) },
  { field: 'to', value: ({ to }) => exportedInstant(to) },
  { field: 'request', value: ({ request }) => request ?? null },
  { field: 'requestedAt', value: ({ at }) => exportedInstant(at) },
  { field: 'says', value: ({ says }) => (says === '' ? null : says) },
]

/** The spans, oldest first within each stream; then the holes, then the findings. */
export function coverageRows({ reports, pieces, boundaries, findings }: CoverageAnswer): readonly CoverageRow[] {
  return [
    ...reports.flatMap((report, place) => spanRows(report, pieces[place] ?? [])),
    ...boundaries.flatMap(holeRows),
    ...findings.map(({ account, stream, kind, at, request, foundAt, sentence }) => ({
      account,
      stream,
      state: kind,
      from: at,
      to: undefined,
      request,
      at: foundAt,
      says: sentence,
    })),
  ]
}

function spanRows({ account, stream, unproven, lost }: CoverageReport, pieces: readonly ProofPiece[]): readonly CoverageRow[] {
  const nothing = { request: undefined, at: undefined, says: '' }
  const rows: CoverageRow[] = [
    ...pieces.map(({ from, to, provenBy, provenAt }) => ({
      account,
      stream,
      state: 'proven' as const,
      from,
      to,
      request: provenBy,
      at: provenAt,
      says: '',
    })),
    ...unproven.map(({ from, to }) => ({ account, stream, state: 'unproven' as const, from, to, ...nothing })),
    ...lost.map(({ from, to }) => ({ account, stream, state: 'lost' as const, from, to, ...nothing })),
  ]
  return rows.sort((left, right) => left.from - right.from)
}

function holeRows({ account, series, holes }: SeriesBoundaries): readonly CoverageRow[] {
  return holes.map(({ after, before, boundaries }) => ({
    account,
    stream: 'interest',
    state: 'hole' as const,
    from: after,
    to: before,
    request: undefined,
    at: undefined,
    says: `${seriesName(series)}: no charge at ${boundaries} ${boundaries === 1 ? 'boundary' : 'boundaries'} between these two charges`,
  }))
}

function seriesName({ asset, marginMode, instId }: SeriesBoundaries['series']): string {
  return [asset, marginMode, instId].filter((part) => part !== '').join(' ')
}

/** For people: a line for each kind of history, those of single assets taken together. */
interface Summary {
  readonly account: string
  readonly kind: string
  readonly reports: readonly CoverageReport[]
}

const summaryColumns: readonly Column<Summary>[] = [
  { field: 'account', header: 'ACCOUNT', value: ({ account }) => account },
  { field: 'stream', header: 'STREAM', value: ({ kind, reports }) => (reports.length === 1 ? kind : `${kind} (${reports.length} assets)`) },
  {
    field: 'proven',
    header: 'PROVEN',
    align: 'decimal',
    value: ({ reports }) => leastProven(reports),
    shown: ({ reports }) => `${(leastProven(reports) / 10).toFixed(1)} %`,
  },
  { field: 'from', header: 'FROM (UTC)', value: ({ reports }) => boundOf(reports, 'from') },
  { field: 'to', header: 'TO (UTC)', value: ({ reports }) => boundOf(reports, 'to') },
]

const boundaryColumns: readonly Column<SeriesBoundaries>[] = [
  { field: 'account', header: 'ACCOUNT', value: ({ account }) => account },
  { field: 'series', header: 'CHARGED', value: ({ series }) => seriesName(series) },
  { field: 'found', header: 'CHARGES', align: 'right', value: ({ found }) => found },
  { field: 'expected', header: 'BOUNDARIES', align: 'right', value: ({ expected }) => expected },
  { field: 'holes', header: 'HOLES', align: 'right', value: ({ holes }) => holes.length },
]

/** The lines for people: how much is proven of each history. */
export function summaryText(reports: readonly CoverageReport[], style: Style): string {
  const kinds = new Map<string, CoverageReport[]>()
  for (const report of reports) {
    const key = JSON.stringify([report.account, report.stream.split(':')[0]])
    kinds.set(key, [...(kinds.get(key) ?? []), report])
  }
  const rows = [...kinds.values()].flatMap((group): Summary[] => {
    const [first] = group
    return first === undefined ? [] : [{ account: first.account, kind: first.stream.split(':')[0] ?? '', reports: group }]
  })
  return printTable({ columns: summaryColumns, rows }, style)
}

/** What the charges themselves tell, and what contradicted itself; empty where all boundaries have their charge and nothing did. */
export function witnessText({ boundaries, findings }: CoverageAnswer, style: Style): string {
  const odd = boundaries.filter(({ found, expected }) => found !== expected)
  const holes =
    odd.length === 0
      ? ''
      : `Boundaries without a charge: repaid meanwhile, or missing (overdraft coverage --csv lists them)\n${printTable({ columns: boundaryColumns, rows: odd }, style)}`
  return [holes, findingsText(findings)].filter((part) => part !== '').join('\n')
}

function findingsText(findings: readonly RowFinding[]): string {
  if (findings.length === 0) return ''
  const counts = new Map<string, number>()
  for (const { kind } of findings) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const told = [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ')
  const newest = findings.slice(0, 3).map(({ sentence }) => `  ${printable(sentence)}\n`)
  return `Rows that contradict what the exchange told before: ${told}\n${newest.join('')}`
}

function leastProven(reports: readonly CoverageReport[]): number {
  return Math.min(...reports.map(provenPerMille))
}

function boundOf(reports: readonly CoverageReport[], bound: 'from' | 'to'): string {
  let found: number | undefined
  for (const { proven, unproven, lost } of reports.map(asOfLastSync)) {
    for (const spans of [proven, unproven, lost]) {
      for (const { [bound]: instant } of spans) {
        if (found === undefined || (bound === 'from' ? instant < found : instant > found)) found = instant
      }
    }
  }
  return found === undefined ? '-' : shownInstant(found)
}
