import { auditAccount } from '../../src/audit/audit-account.ts'
import type { AuditSummary } from '../../src/audit/audit-summary.ts'
import type { Doubt } from '../../src/audit/charge-judge.ts'
import type { Evidence, SeenCharge } from '../../src/audit/evidence.ts'
import type { Finding } from '../../src/audit/finding.ts'
import type { Book, ChargeBatch, ChargeSeriesName } from '../../src/book/book-interface.ts'
import type { Charge, MarginCharge } from '../../src/book/record.ts'
import type { BatchDecimals, MarginChargeBatch } from '../../src/book/row-batch.ts'
import type { Decimal } from '../../src/decimal/decimal.ts'

/** Evidence of an account of which nothing but its charges is known. */
export function noEvidence(movedBetween: ReturnType<Evidence['movedBetween']> = 'unknown'): Evidence {
  return {
    begin: async () => undefined,
    advance: async () => undefined,
    objectionTo: () => undefined,
    movedBetween: () => movedBetween,
    remaining: async function* () {},
    unjudged: () => [],
  }
}

type AuditedBook = Pick<Book, 'accounts' | 'chargeBatches' | 'marginChargeBatches' | 'proven'>

/** A book of one account `main` that holds these rows and nothing else. */
export function bookOfRows(
  exchange: 'binance' | 'okx',
  charges: readonly Charge[],
  marginCharges: readonly MarginCharge[] = [],
  rowsAtOnce = 1_000,
): AuditedBook {
  const sorted = [...charges].sort((left, right) => left.at - right.at || (seriesKey(left) < seriesKey(right) ? -1 : 1))
  return {
    accounts: async () => [{ label: 'main', exchange, baseUrl: 'http://127.0.0.1:1', addedAt: 0, mayRepay: false }],
    proven: async () => [],
    chargeBatches: async function* (_, within) {
      const rows = sorted.filter(({ at }) => within === undefined || (within.from <= at && at < within.to))
      for (let from = 0; from < rows.length; from += rowsAtOnce) yield batchOf(rows.slice(from, from + rowsAtOnce))
    },
    marginChargeBatches: async function* () {
      const rows = [...marginCharges].sort((left, right) => left.at - right.at)
      if (rows.length > 0) yield marginBatchOf(rows)
    },
  }
}

function seriesKey({ asset, instId, marginMode, loanType }: ChargeSeriesName): string {
  return [asset, instId, marginMode, loanType].join('\n')
}

function batchOf(rows: readonly Charge[]): ChargeBatch {
  const keys = [...new Set(rows.map(seriesKey))]
  const fits = ({ mantissa }: Decimal) => mantissa === BigInt.asIntN(64, mantissa)
  const wide = new Map([...rows.entries()].filter(([, { principal, rate, interest }]) => ![principal, rate, interest].every(fits)))
  const column = (name: 'principal' | 'rate' | 'interest') => BigInt64Array.from(rows, (row) => BigInt.asIntN(64, row[name].mantissa))
  const scales = (name: 'principal' | 'rate' | 'interest') => Uint8Array.from(rows, (row) => row[name].scale)
  return {
    account: 'main',
    count: rows.length,
    series: keys.map((key) => {
      const [asset = '', instId = '', marginMode = '', loanType = ''] = key.split('\n')
      return { asset, instId, marginMode, loanType }
    }),
    at: Float64Array.from(rows, ({ at }) => at),
    seriesOf: Uint32Array.from(rows, (row) => keys.indexOf(seriesKey(row))),
    principalMantissa: column('principal'),
    principalScale: scales('principal'),
    rateMantissa: column('rate'),
    rateScale: scales('rate'),
    interestMantissa: column('interest'),
    interestScale: scales('interest'),
    beyond64: new Set(wide.keys()),
    wide: {
      size: wide.size,
      has: (place) => wide.has(place),
      get: (place) => wide.get(place),
      liabilities: () => undefined,
    },
  }
}

function marginBatchOf(rows: readonly MarginCharge[]): MarginChargeBatch {
  const fits = ({ mantissa }: Decimal) => mantissa === BigInt.asIntN(64, mantissa)
  const wide = [...rows.entries()].filter(([, { principal, rate, interest }]) => ![principal, rate, interest].every(fits))
  const column = (name: 'principal' | 'rate' | 'interest'): BatchDecimals => ({
    mantissas: BigInt64Array.from(rows, (row) => BigInt.asIntN(64, row[name].mantissa)),
    scales: Int16Array.from(rows, (row) => row[name].scale),
    get: (place) => rows[place]?.[name],
  })
  return {
    account: 'main',
    count: rows.length,
    names: rows.map(({ asset, rawAsset, type }) => ({ asset, rawAsset, type })),
    nameOf: Uint32Array.from(rows.keys()),
    at: Float64Array.from(rows, ({ at }) => at),
    beyond64: new Set(wide.map(([place]) => place)),
    principal: column('principal'),
    rate: column('rate'),
    interest: column('interest'),
    txId: (place) => rows[place]?.txId ?? '',
  }
}

export interface Audited {
  readonly summary: AuditSummary
  readonly findings: readonly Finding[]
  readonly doubts: readonly (readonly [SeenCharge, Doubt])[]
}

export async function audit(book: AuditedBook, evidence: Evidence = noEvidence(), account = 'main'): Promise<Audited> {
  const findings: Finding[] = []
  const doubts: (readonly [SeenCharge, Doubt])[] = []
  const summary = await auditAccount({
    book,
    account,
    evidence,
    onFinding: (finding) => void findings.push(finding),
    onDoubt: (charge, verdict) => doubts.push([{ ...charge }, verdict]),
  })
  return { summary, findings, doubts }
}
