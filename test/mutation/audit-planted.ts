import { auditAccount } from '../../src/audit/audit-account.ts'
import { type EvidenceOptions, openEvidence } from '../../src/audit/evidence/account-evidence.ts'
import type { Evidence } from '../../src/audit/evidence.ts'
import type { Verdict } from '../../src/audit/verdict.ts'
import type { Draws } from '../simulation/draws.ts'
import { type AccountRows, bookOf } from './book-rows.ts'
import { Ground } from './ground.ts'
import type { Attempt, Place, Planted } from './planted.ts'

export type Planters = Readonly<Record<string, (draws: Draws, ground: Ground) => Attempt>>

export type EvidenceOf = (options: EvidenceOptions) => Evidence

/** What an audit says of one charge: a finding, or a doubt. */
export interface Said {
  readonly verdict: Verdict
  readonly place: Place
  readonly sentence: string
}

/** What became of the errors of one round. */
export interface Round {
  readonly planted: readonly (Planted & { readonly kind: string })[]
  readonly undetectable: readonly string[]
  /** Errors that the audit does not tell, with what it said of their charge instead. */
  readonly missed: readonly string[]
  /** What the audit says of charges at which nothing was planted. */
  readonly falseAlarms: readonly string[]
}

/** Plants errors until there is no place left or enough of them, and audits the book that then is. */
export async function auditPlanted(
  draws: Draws,
  rows: AccountRows,
  planters: Planters,
  most: number,
  evidenceOf: EvidenceOf = openEvidence,
): Promise<Round> {
  const ground = new Ground(rows)
  const kinds = Object.keys(planters)
  const planted: (Planted & { readonly kind: string })[] = []
  const undetectable: string[] = []
  // In turn, so that every kind is tried in every round.
  const first = draws.below(kinds.length)
  for (let attempt = 0; attempt < most * 3 && planted.length < most; attempt++) {
    const kind = kinds[(first + attempt) % kinds.length] ?? ''
    const tried = planters[kind]?.(draws, ground)
    if (tried === undefined) continue
    if ('undetectable' in tried) undetectable.push(tried.undetectable)
    else planted.push({ ...tried, kind })
  }
  const said = await audit(ground.changed(), evidenceOf)
  const missed = planted.filter(({ place, fits }) => !said.some((one) => isOf(one.place, place) && fits.includes(one.verdict)))
  const alarms = said.filter(({ place }) => !planted.some((one) => isOf(place, one.place)))
  return {
    planted,
    undetectable,
    missed: missed.map((one) => {
      const instead = said.filter(({ place }) => isOf(place, one.place)).map(({ verdict, sentence }) => `${verdict} (${sentence})`)
      return `${one.kind}: ${shown(one.place)}; said: ${instead.join(', ') || 'nothing'}`
    }),
    falseAlarms: alarms.map(({ verdict, sentence }) => `${verdict}: ${sentence}`),
  }
}

/** Every finding and every doubt of an audit of these rows. */
export async function audit(rows: AccountRows, evidenceOf: EvidenceOf = openEvidence): Promise<readonly Said[]> {
  const book = await bookOf(rows)
  const { account } = rows
  const said: Said[] = []
  try {
    await auditAccount({
      book,
      account: account.label,
      evidence: evidenceOf({ book, account }),
      onFinding: ({ verdict, charge, sentence }) => {
        said.push({ verdict, place: charge, sentence })
      },
      onDoubt: ({ series, at, txId }, verdict) =>
        said.push({ verdict, place: { ...series, at, ...(txId === '' ? {} : { txId }) }, sentence: '' }),
    })
  } finally {
    await book.close()
  }
  return said
}

/** A place without a number of its own is any charge of its name. */
function isOf(said: Place, planted: Place): boolean {
  const isSame = said.asset === planted.asset && said.instId === planted.instId && said.at === planted.at
  return isSame && (said.txId === undefined || planted.txId === undefined || said.txId === planted.txId)
}

function shown({ asset, instId, at, txId }: Place): string {
  return [asset, instId, new Date(at).toISOString(), txId].filter((part) => part !== '' && part !== undefined).join(' ')
}
