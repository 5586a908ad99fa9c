import type { PoolPlan, SyncPlan } from '../../sync/sync-plan.ts'
import { exportedInstant, shownInstant } from '../output/amounts.ts'
import { shownDuration } from '../output/duration.ts'
import type { Column, Sheet } from '../output/sheet.ts'
import { sheetObjects } from '../output/sheet.ts'
import type { Style } from '../output/style.ts'
import { printTable } from '../output/table.ts'

/** All requests of one stream of one account. */
interface Row {
  readonly account: string
  readonly stream: string
  readonly endpoint: string
  readonly requests: number
  readonly cost: number
  readonly from: number | undefined
  readonly to: number | undefined
  readonly urgency: number
}

const columns: readonly Column<Row>[] = [
  { field: 'account', header: 'ACCOUNT', isKey: true, value: ({ account }) => account },
  { field: 'stream', header: 'HISTORY', isKey: true, value: ({ stream }) => stream },
  { field: 'endpoint', value: ({ endpoint }) => endpoint },
  { field: 'requests', header: 'REQUESTS', align: 'right', value: ({ requests }) => requests },
  { field: 'weight', header: 'WEIGHT', align: 'right', value: ({ cost }) => cost },
  { field: 'from', header: 'FROM', value: ({ from }) => exportedInstant(from), shown: ({ from }) => shownBound(from) },
  { field: 'to', header: 'TO', value: ({ to }) => exportedInstant(to), shown: ({ to }) => shownBound(to) },
  { field: 'urgency', value: ({ urgency }) => urgency },
]

const poolColumns: readonly Column<PoolPlan>[] = [
  { field: 'pool', header: 'POOL', value: ({ pool }) => pool.key },
  { field: 'requests', header: 'REQUESTS', align: 'right', value: ({ requests }) => requests },
  { field: 'weight', header: 'WEIGHT', align: 'right', value: ({ cost }) => cost },
  {
    field: 'limit',
    header: 'LIMIT',
    align: 'right',
    value: ({ pool }) => pool.limit,
    shown: ({ pool }) => `${pool.limit} in ${shownDuration(pool.perMs)}`,
  },
  { field: 'limitPeriodMs', value: ({ pool }) => pool.perMs },
  {
    field: 'durationMs',
    header: 'TAKES',
    align: 'right',
    value: ({ durationMs }) => durationMs,
    shown: ({ durationMs }) => shownDuration(durationMs),
  },
]

export function planSheet({ requests }: SyncPlan): Sheet<Row> {
  const rows = new Map<string, Row>()
  for (const { account, stream, endpoint, cost, span, urgency } of requests) {
    const key = `${account} ${stream}`
    const row = rows.get(key)
    rows.set(key, {
      account,
      stream,
      endpoint,
      requests: (row?.requests ?? 0) + 1,
      cost: (row?.cost ?? 0) + cost,
      from: least(row?.from, span?.from),
      to: most(row?.to, span?.to),
      urgency: Math.min(row?.urgency ?? urgency, urgency),
    })
  }
  return { columns, rows: [...rows.values()] }
}

export function planDocument(plan: SyncPlan): object {
  return {
    asOf: exportedInstant(plan.at),
    durationMs: plan.durationMs,
    streams: sheetObjects(planSheet(plan)),
    pools: sheetObjects({ columns: poolColumns, rows: plan.pools }),
    requests: plan.requests.map(({ span, cost, ...request }) => ({
      ...request,
      weight: cost,
      from: exportedInstant(span?.from),
      to: exportedInstant(span?.to),
    })),
  }
}

export function planText(plan: SyncPlan, style: Style): string {
  const total = `${plan.requests.length} requests, about ${shownDuration(Math.ceil(plan.durationMs / 1_000) * 1_000)}.\n`
  return [printTable(planSheet(plan), style), printTable({ columns: poolColumns, rows: plan.pools }, style), total].join('\n')
}

function shownBound(instant: number | undefined): string {
  return instant === undefined ? 'now' : shownInstant(Math.floor(instant / 1_000) * 1_000)
}

function least(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? (left ?? right) : Math.min(left, right)
}

function most(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? (left ?? right) : Math.max(left, right)
}
