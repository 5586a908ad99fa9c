import type { BookAccount } from '../book/record.ts'
import type { Endpoint } from '../contracts/contract.ts'
import { type Interval, interval } from '../time/interval.ts'
import { planStream } from './plan.ts'
import { pagesOfSpan } from './plan-pages.ts'
import { poolOf, requestCost, standingRequests } from './plan-pools.ts'
import { poolPlans } from './plan-times.ts'
import { planWalks } from './plan-walks.ts'
import type { AccountInput, PlannedRequest, SyncPlan, SyncPlanInput } from './sync-plan.ts'
import { urgencyOf } from './urgency.ts'

/**
 * The fewest requests that prove what the accounts lack, most urgent first: from what is proven, what the exchanges keep,
 * the longest windows, the rows a page holds and the rows there are expected to be. Pure.
 *
 * @example planSync({ accounts: [{ account, streams: [{ rule, proven: [], density }] }], now }).durationMs
 */
export function planSync({ accounts, now, since }: SyncPlanInput): SyncPlan {
  const placed = accounts.flatMap((input) =>
    accountRequests(input, now, since).map((request) => ({ request, headroom: headroomOf(input) })),
  )
  placed.sort(
    (left, right) =>
      left.request.urgency - right.request.urgency ||
      compareHeadroom(left.headroom, right.headroom) ||
      (right.request.span?.to ?? 0) - (left.request.span?.to ?? 0),
  )
  const requests = placed.map(({ request }) => request)
  const pools = poolPlans(accounts, requests)
  return Object.freeze({
    at: now,
    requests: Object.freeze(requests),
    pools,
    durationMs: Math.max(0, ...pools.map(({ durationMs }) => durationMs)),
  })
}

/** The accounts whose debts are nearest to auto-exchange first; the others as they came. */
export function byHeadroom<Input extends Pick<AccountInput, 'headroom'>>(accounts: readonly Input[]): readonly Input[] {
  return [...accounts].sort((left, right) => compareHeadroom(headroomOf(left), headroomOf(right)))
}

function headroomOf({ headroom }: Pick<AccountInput, 'headroom'>): number {
  return headroom ?? Number.POSITIVE_INFINITY
}

function compareHeadroom(left: number, right: number): number {
  return left === right ? 0 : left - right
}

function accountRequests(input: AccountInput, now: number, since: number | undefined): readonly PlannedRequest[] {
  const { account, streams, reachesApiHost = false } = input
  const requests = standingRequests(account.exchange, reachesApiHost).map(({ stream, endpoint, cost }) =>
    requestOf(account, { stream, endpoint, cost, urgency: stream === 'balances' ? 0 : 1 }),
  )
  for (const { rule, proven, density } of streams) {
    const { asked } = planStream(rule, { proven, now, since, addedAt: account.addedAt })
    for (const walk of planWalks(asked, rule, density)) {
      for (const span of pageSpans(walk, pagesOfSpan(walk, rule, density))) {
        const { stream, endpoint } = rule
        requests.push(requestOf(account, { stream, endpoint, cost: requestCost(endpoint), span, urgency: urgencyOf(rule, span, now) }))
      }
    }
  }
  return requests
}

type Asked = Pick<PlannedRequest, 'stream' | 'span' | 'cost' | 'urgency'> & { readonly endpoint: Endpoint }

function requestOf(account: BookAccount, { stream, endpoint, span, cost, urgency }: Asked): PlannedRequest {
  const pool = poolOf(account, endpoint).key
  return Object.freeze({ account: account.label, stream, endpoint: endpoint.name, span, cost, pool, urgency })
}

/** A walk as its pages, newest first, were the rows spread evenly. */
function pageSpans({ from, to }: Interval, pages: number): readonly Interval[] {
  const end = (page: number) => to - Math.floor(((to - from) * page) / pages)
  return Array.from({ length: pages }, (_, page) => interval(end(page + 1), end(page)))
}
