import { dayMs } from '../../src/time/units.ts'
import type { Draws } from '../simulation/draws.ts'

/**
 * What an exchange, or whoever stands between, does to replies that no fault of the venue does: it answers another question
 * than was asked. No row that comes this way may be taken for true, and nothing may be proven by it.
 */
export type Lie =
  /** Every instant of the rows in seconds, or in microseconds. */
  | { readonly kind: 'other-unit'; readonly endpoint: string; readonly by: 'seconds' | 'microseconds' }
  /** The first full page again, whatever a sync asks for. */
  | { readonly kind: 'same-page'; readonly endpoint: string }
  /** The `Date` of a reply is of another day. */
  | { readonly kind: 'wrong-date'; readonly date: string | number }
  /** Never shows the oldest row that it would show. */
  | { readonly kind: 'first-row-hidden'; readonly endpoint: string }

export interface DrawnLie {
  readonly lie: Lie
  /** In how many of a hundred replies. */
  readonly percent: number
}

const histories: Readonly<Record<string, string>> = {
  'interest-history': '/papi/v1/portfolio/interest-history',
  'negative-balance-exchange-record': '/papi/v1/portfolio/negative-balance-exchange-record',
  'margin-interest-history': '/papi/v1/margin/marginInterestHistory',
  'um-income': '/papi/v1/um/income',
  'margin-loan-history': '/papi/v1/margin/marginLoan',
  'interest-accrued': '/api/v5/account/interest-accrued',
  'bills-archive': '/api/v5/account/bills-archive',
}
const endpoints = Object.keys(histories)
/** The fields that hold the instant of a row. */
const timeRe = /"(interestAccuredTime|startTime|endTime|time|timestamp|ts)":("?)(\d{13})\2/g

export function drawLies(draws: Draws): readonly DrawnLie[] {
  if (!draws.percent(35)) return []
  const endpoint = draws.pick(endpoints) ?? 'interest-accrued'
  const lie = draws.weighted<Lie>([
    [3, { kind: 'other-unit', endpoint, by: draws.pick(['seconds', 'microseconds']) }],
    [3, { kind: 'same-page', endpoint }],
    [3, { kind: 'wrong-date', date: draws.pick(['Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 01 Jan 2100 00:00:00 GMT', -dayMs, dayMs]) }],
    [1, { kind: 'first-row-hidden', endpoint }],
  ])
  return [{ lie, percent: draws.pick([5, 30, 100]) }]
}

/** Tells lies about what a venue says; what it told is kept, so that a harness knows what it may have hidden. */
export class Liar {
  readonly draws: Draws
  #lies: readonly DrawnLie[] = []
  readonly #pages = new Map<string, string>()
  /** By key and endpoint, from when on rows may have been hidden that no reply contradicts: 0 for rows of any time. */
  readonly hidden = new Map<string, number>()
  told = 0

  readonly #now: () => number

  constructor(draws: Draws, now: () => number) {
    this.draws = draws
    this.#now = now
  }

  /** From now on tells these. */
  tell(lies: readonly DrawnLie[]): void {
    this.#lies = lies
    this.forget()
  }

  /** A page is told again within one sync alone: another asks for other spans, which the page would answer. */
  forget(): void {
    this.#pages.clear()
  }

  async answer(request: Request, reply: Response): Promise<Response> {
    let answer = reply
    for (const { lie, percent } of this.#lies) {
      if (!this.draws.percent(percent)) continue
      const key = request.headers.get('x-mbx-apikey') ?? request.headers.get('ok-access-key') ?? ''
      answer = await this.#lied(lie, { path: new URL(request.url).pathname, key }, answer)
    }
    return answer
  }

  async #lied(lie: Lie, asked: { readonly path: string; readonly key: string }, reply: Response): Promise<Response> {
    if (lie.kind === 'wrong-date') return this.#withDate(reply, lie.date)
    if (asked.path !== histories[lie.endpoint] || reply.status !== 200) return reply
    const text = await reply.text()
    const place = `${asked.key} ${lie.endpoint}`
    const said = this.#changed(lie, place, text)
    if (said !== text) this.told += 1
    return new Response(said, { status: reply.status, headers: reply.headers })
  }

  #changed(lie: Exclude<Lie, { kind: 'wrong-date' }>, place: string, text: string): string {
    switch (lie.kind) {
      case 'other-unit':
        return text.replace(timeRe, (_, name: string, quote: string, digits: string) => {
          const other = lie.by === 'seconds' ? digits.slice(0, -3) : `${digits}000`
          return `"${name}":${quote}${other}${quote}`
        })
      case 'same-page': {
        const first = this.#pages.get(place)
        if (first !== undefined) {
          // What happened since it was a page is not in it.
          this.#hide(place, this.#now() - dayMs)
          return first
        }
        if (rowsIn(text).length >= (place.endsWith('income') ? 1_000 : 100)) this.#pages.set(place, text)
        return text
      }
      case 'first-row-hidden': {
        const less = withoutOldest(text)
        if (less !== text) this.#hide(place, 0)
        return less
      }
    }
  }

  #hide(place: string, from: number): void {
    this.hidden.set(place, Math.min(this.hidden.get(place) ?? from, from))
  }

  #withDate(reply: Response, date: string | number): Response {
    const headers = new Headers(reply.headers)
    const real = Date.parse(headers.get('date') ?? '')
    if (Number.isNaN(real)) return reply
    headers.set('date', typeof date === 'string' ? date : new Date(real + date).toUTCString())
    this.told += 1
    return new Response(reply.body, { status: reply.status, headers })
  }
}

const instantOf = (row: string) =>
  Number(/"(?:interestAccuredTime|startTime|time|timestamp|ts)":"?(\d+)/.exec(row)?.[1] ?? Number.POSITIVE_INFINITY)

/** Rows that are flat objects. */
function rowsIn(text: string): readonly string[] {
  return [...text.matchAll(/\{[^{}[\]]*\}/g)].map(([row]) => row).filter((row) => Number.isFinite(instantOf(row)))
}

/** The text without its oldest row. */
function withoutOldest(text: string): string {
  const [row] = rowsIn(text).toSorted((left, right) => instantOf(left) - instantOf(right))
  if (row === undefined) return text
  return text.replace(`${row},`, '').replace(`,${row}`, '').replace(row, '')
}
