import { historyOf } from '../../src/histories/histories.ts'
import { isChosen } from '../../src/venue/faults/chance.ts'
import type { FaultRule } from '../../src/venue/faults/rule.ts'
import type { GivenFault } from '../../src/venue/index.ts'
import type { Row } from './row.ts'

/** What was done to the calls of a world. */
export interface Trouble {
  /** Every rule that ever was, by its name. */
  readonly rules: ReadonlyMap<string, FaultRule>
  readonly log: readonly GivenFault[]
  /** From when on rows of an endpoint may have been hidden by lies; `undefined` where none told of it. */
  readonly hiddenFrom: (account: string, endpoint: string) => number | undefined
}

/**
 * Whether a fault hid a row from some call that would have shown it, for longer than a sync has to wait for rows: then, and
 * only then, it is nobody's mistake that a row which no reply showed is not known. How many rows torn pages can have hidden
 * is bounded, but not which: `tornMax`. `ahead`: it had not settled, or not even happened, when the exchange's clock said it had.
 */
export function whyWithheld(
  row: Row,
  exchange: 'binance' | 'okx',
  { rules, log, hiddenFrom }: Trouble,
): 'missing' | 'late' | 'ahead' | 'torn' | undefined {
  const stated = historyOf(exchange, row.stream)
  if (stated === undefined) return undefined
  const from = hiddenFrom(row.account, stated.endpoint.name)
  if (from !== undefined && row.at >= from) return 'missing'
  let [isTorn, isAhead] = [false, false]
  for (const { account, endpoint, fault, at } of log) {
    const rule = rules.get(fault)
    // An exchange whose clock is ahead calls settled what is not: what it shows later, or what has not even happened.
    isAhead ||= rule?.kind === 'clock-skew' && at < row.at + stated.settleMs && row.at < at + aheadMs(rules, fault) - stated.settleMs
    if (rule === undefined || account !== row.account || endpoint !== stated.endpoint.name) continue
    if (rule.kind === 'rows-missing' && isChosen(rule, textOfRecord(row.record), rule.share)) return 'missing'
    if (rule.kind === 'rows-late' && rule.ms > stated.settleMs && row.at <= at && at < row.at + rule.ms) return 'late'
    isTorn ||= rule.kind === 'rows-torn' && row.at <= at
  }
  return isAhead ? 'ahead' : isTorn ? 'torn' : undefined
}

/** By how much a clock was ahead at most under the rules that were drawn together with one. */
function aheadMs(rules: Trouble['rules'], fault: string): number {
  const round = fault.slice(0, fault.indexOf(' fault '))
  const skews = [...rules.values()].flatMap((rule) => (rule.kind === 'clock-skew' && rule.name.startsWith(`${round} `) ? [rule.ms] : []))
  return skews.reduce((sum, ms) => sum + Math.max(ms, 0), 0)
}

/** The most rows of a history that torn pages can have hidden. */
export function tornMax(account: string, endpoint: string | undefined, { rules, log }: Trouble): number {
  return log.reduce((sum, given) => {
    const rule = rules.get(given.fault)
    const isIt = rule?.kind === 'rows-torn' && given.account === account && given.endpoint === endpoint
    return isIt ? sum + rule.newest : sum
  }, 0)
}

/** As the venue chooses rows by. */
function textOfRecord(record: unknown): string {
  return JSON.stringify(record, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
}
