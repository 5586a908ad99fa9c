import type { Book } from '../book/book-interface.ts'
import { fail } from '../errors/overdraft-error.ts'
import { isoInstant } from '../time/instant.ts'
import type { AccountAudit } from './account-audit.ts'
import { kindOf } from './charge-kind.ts'
import type { SeenCharge } from './evidence.ts'
import { explainCharge } from './explain.ts'
import type { ChargeName, Finding, Step } from './finding.ts'
import { nameOf } from './finding-of.ts'
import { documentedRounding, judgeCharge, type RowVerdict } from './judge.ts'
import { learnedStep } from './learned-rounding.ts'
import type { RoundingRule } from './rounding-rule.ts'
import { seenCharge, seenMarginCharge } from './seen-row.ts'

/** How one charge was judged, step by step, sound or not. */
export interface ChargeArgument {
  readonly charge: ChargeName
  readonly verdict: RowVerdict | Finding['verdict']
  readonly sentence: string
  readonly steps: readonly Step[]
}

/**
 * The arguments about every charge of an asset at one instant, of either history, and about one that is missing there.
 *
 * @throws `audit.charge-unknown`
 */
export async function argueCharge(book: Book, audit: AccountAudit, asset: string, at: number): Promise<readonly ChargeArgument[]> {
  const { label, exchange } = audit.account
  const within = { from: at, to: at + 1 }
  const told = audit.findings.filter(({ charge }) => charge.asset === asset && charge.at === at)
  const rows: SeenCharge[] = []
  for await (const charge of book.charges({ accounts: [label], asset, within })) rows.push(seenCharge(charge, exchange))
  for await (const charge of book.marginCharges({ account: label, asset, within })) rows.push(seenMarginCharge(charge))
  const sound = rows.filter((row) => !told.some(({ charge }) => isSameCharge(charge, nameOf(row))))
  const found = [...told.map(argumentOf), ...sound.map((row) => argumentOfSound(row, audit))]
  return found.length > 0 ? Object.freeze(found) : fail('audit.charge-unknown', { account: label, asset, instant: isoInstant(at) })
}

/** What a finding says, as an argument. */
export function argumentOf({ charge, verdict, sentence, steps }: Finding): ChargeArgument {
  return Object.freeze({ charge, verdict, sentence, steps })
}

function argumentOfSound(row: SeenCharge, { summary }: AccountAudit): ChargeArgument {
  const kind = kindOf(row)?.name
  const { asset } = row.series
  const learned = summary.rounding.find(
    (one) => one.kind === kind && one.assets.includes(asset) && one.firstAt <= row.at && row.at <= one.lastAt,
  )
  const standing: readonly RoundingRule[] = learned?.standing ?? documentedRounding(row.exchange)
  const verdict = judgeCharge(row, standing)
  const where = row.series.instId === '' ? asset : `${asset} on ${row.series.instId}`
  const type = row.type === '' ? '' : `, ${row.type}`
  return Object.freeze({
    charge: nameOf(row),
    verdict,
    sentence: `${where} at ${isoInstant(row.at)}${type}: ${verdict.replaceAll('-', ' ')}, and nothing known speaks against it`,
    steps: Object.freeze([...(learned === undefined ? [] : [learnedStep(learned)]), ...explainCharge(row, standing)]),
  })
}

function isSameCharge(left: ChargeName, right: ChargeName): boolean {
  return (
    left.asset === right.asset &&
    left.instId === right.instId &&
    left.marginMode === right.marginMode &&
    left.loanType === right.loanType &&
    left.at === right.at &&
    left.txId === right.txId
  )
}
