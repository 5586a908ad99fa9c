import { toText } from '../../src/decimal/decimal.ts'
import { dayMs } from '../../src/time/units.ts'
import { askBinance, askOkx, type Got } from '../support/venue-kit.ts'
import { type Player, playerOf } from './cast.ts'
import { must } from './must.ts'
import { count, engineOf, type Stage } from './stage.ts'

type Row = Readonly<Record<string, string | number>>

/** A history is walked page by page through the face: it has every record of the engine once, and no other. */
export function walkStep(stage: Stage): void {
  const { draws, cast, venue } = stage
  // Whom the limits turn away has to wait, and here nobody has the time.
  if (stage.options.behaviour?.limits === 'enforced') return
  stage.note('venue.faults.clear()')
  venue.faults.clear()
  // A clock that lags behind would leap during the first call, and make its time stamp old.
  while (!venue.clock.catchUp());
  const player = playerOf(draws, cast, draws.percent(50) ? 'binance' : 'okx')
  stage.note(`// the histories of ${player.account} are walked`)
  if (player.exchange === 'binance') {
    walkInterestHistory(stage, player)
    walkMarginInterest(stage, player)
    walkIncome(stage, player)
  } else {
    walkInterestAccrued(stage, player)
    walkBills(stage, player)
  }
  count(stage, 'walks')
}

function agree(what: string, found: readonly string[], wanted: readonly string[]): void {
  const [left, right] = [[...found].sort(), [...wanted].sort()]
  const first = left.findIndex((line, index) => line !== right[index])
  must(
    left.length === right.length && first < 0,
    () =>
      `${what} walked has the ${right.length} records of the engine: it has ${left.length}, first ${left[first]} instead of ${right[first]}`,
  )
}

/** Numbers as their digits: ids are beyond what a number of JavaScript holds. */
function rowsOf({ status, text }: Got): Row[] {
  must(status === 200, () => `a walk is answered: ${status} ${text}`)
  const read = JSON.parse(text.replace(/:(\d{16,})/g, ':"$1"')) as Row[] | { readonly rows?: Row[]; readonly data?: Row[] }
  return Array.isArray(read) ? read : (read.rows ?? read.data ?? [])
}

function walkInterestHistory(stage: Stage, { account, key }: Player): void {
  const { venue } = stage
  const now = venue.clock.now()
  const from = now - 30 * dayMs
  const found = new Set<string>()
  for (let end = now; ; ) {
    const page = rowsOf(
      askBinance(venue, '/papi/v1/portfolio/interest-history', { key, query: `startTime=${from}&endTime=${end}&size=20` }),
    )
    for (const { asset, interestAccuredTime, principal, interest } of page)
      found.add(`${asset} ${interestAccuredTime} ${Number(principal)} ${Number(interest)}`)
    if (page.length < 20) break
    end = Number(page.at(-1)?.['interestAccuredTime'])
  }
  const wanted = engineOf(stage).binanceCharges({ account, from, to: now })
  agree(
    'interest-history',
    [...found],
    wanted.map(({ asset, at, principal, interest }) => `${asset} ${at} ${Number(toText(principal))} ${Number(toText(interest))}`),
  )
}

function walkMarginInterest(stage: Stage, { account, key }: Player): void {
  const { venue } = stage
  const now = venue.clock.now()
  const from = now - 30 * dayMs
  const found: string[] = []
  for (let page = 1; ; page++) {
    const query = `startTime=${from}&endTime=${now}&size=50&current=${page}`
    const rows = rowsOf(askBinance(venue, '/papi/v1/margin/marginInterestHistory', { key, query }))
    found.push(
      ...rows.map(({ txId, asset, interestAccuredTime, interest }) => `${txId} ${asset} ${interestAccuredTime} ${Number(interest)}`),
    )
    if (rows.length < 50) break
  }
  const engine = engineOf(stage)
  const wanted = [...engine.loanCharges({ account, from, to: now }), ...engine.binanceCharges({ account, from, to: now })]
  agree(
    'marginInterestHistory',
    found,
    wanted.map(({ id, asset, at, interest }) => `${id} ${asset} ${at} ${Number(toText(interest))}`),
  )
}

/** The rows of a wallet sum to what its movements did to it. */
function walkIncome(stage: Stage, { account, key }: Player): void {
  const { venue } = stage
  const now = venue.clock.now()
  const from = now - 80 * dayMs
  for (const wallet of ['um', 'cm'] as const) {
    const seen = new Map<string, Row>()
    for (let start = from; ; ) {
      const page = rowsOf(askBinance(venue, `/papi/v1/${wallet}/income`, { key, query: `startTime=${start}&endTime=${now}&limit=30` }))
      for (const row of page) seen.set(`${row['tranId']} ${row['incomeType']} ${row['asset']}`, row)
      const last = Number(page.at(-1)?.['time'])
      if (page.length < 30 || last === start) break
      start = last
    }
    const sums = new Map<string, bigint>()
    const add = (asset: string, units: bigint) => sums.set(asset, (sums.get(asset) ?? 0n) + units)
    for (const { asset, income } of seen.values()) add(String(asset), unitsOf(String(income)))
    for (const { asset, changes } of engineOf(stage).movements({ account, from, to: now })) {
      for (const change of changes) if (change.wallet === wallet) add(asset, -change.delta.mantissa)
    }
    for (const [asset, sum] of sums)
      must(sum === 0n, () => `the income of ${account} in ${wallet} ${asset} sums to what moved: it differs by ${sum}`)
  }
}

/** At 8 decimals. */
function unitsOf(text: string): bigint {
  const [whole = '', part = ''] = text.replace('-', '').split('.')
  const units = BigInt(whole + part.padEnd(8, '0'))
  return text.startsWith('-') ? -units : units
}

function walkInterestAccrued(stage: Stage, { account, key }: Player): void {
  const { venue } = stage
  const now = venue.clock.now()
  const from = now - 360 * dayMs
  const found = new Set<string>()
  for (let after = now + 1; ; ) {
    const page = rowsOf(askOkx(venue, '/api/v5/account/interest-accrued', { key, query: `after=${after}&limit=50` }))
    const recent = page.filter(({ ts }) => Number(ts) >= from)
    for (const { ccy, instId, ts, liab, interest } of recent) found.add(`${ccy} ${instId} ${ts} ${Number(liab)} ${Number(interest)}`)
    const oldest = Number(page.at(-1)?.['ts'])
    // All of one instant may not fit on a page: the next one begins with what is left of it.
    if (page.length < 50 || recent.length < page.length || oldest + 1 === after) break
    after = oldest + 1
  }
  const wanted = engineOf(stage).okxCharges({ account, loanType: '2', from, to: now, visibleAt: now })
  agree(
    'interest-accrued',
    [...found],
    wanted.map(
      ({ asset, instId, at, liability, interest }) => `${asset} ${instId} ${at} ${Number(toText(liability))} ${Number(toText(interest))}`,
    ),
  )
}

function walkBills(stage: Stage, { account, key }: Player): void {
  const { venue } = stage
  const now = venue.clock.now()
  const from = now - 6 * dayMs
  const found: string[] = []
  for (let after = ''; ; ) {
    const page = rowsOf(askOkx(venue, '/api/v5/account/bills-archive', { key, query: `begin=${from}&end=${now}&limit=50${after}` }))
    found.push(...page.map(({ billId, ccy, balChg, bal }) => `${billId} ${ccy} ${Number(balChg)} ${Number(bal)}`))
    if (page.length < 50) break
    after = `&after=${page.at(-1)?.['billId']}`
  }
  const wanted = engineOf(stage).okxBills({ account, from, to: now })
  agree(
    'bills-archive',
    found,
    wanted.map(({ id, asset, balanceChange, balance }) => `${id} ${asset} ${Number(toText(balanceChange))} ${Number(toText(balance))}`),
  )
}
