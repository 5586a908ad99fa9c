import { strip } from '../../src/decimal/arithmetic.ts'
import { type Decimal, toText } from '../../src/decimal/decimal.ts'
import type { Engine } from '../../src/venue/engine/engine-interface.ts'
import type { BinanceCharge, LoanCharge, OkxCharge } from '../../src/venue/engine/record.ts'
import { must } from './must.ts'
import type { ShadowAccount } from './shadow.ts'
import type { ExpectedCharge } from './shadow-charges.ts'

/** Of one account: every row the engine made after `from` is one the facts demand, and none is missing or there twice. */
export function checkCharges(engine: Engine, account: ShadowAccount, expected: readonly ExpectedCharge[], from: number): void {
  const { label, exchange } = account
  const wanted = expected.map(expectedLine).sort()
  const found = (exchange === 'okx' ? okxLines(engine, label, from) : binanceLines(engine, label, from)).sort()
  const missing = without(wanted, found)
  const unwanted = without(found, wanted)
  must(missing.length === 0 && unwanted.length === 0, () =>
    [
      `the charges of ${label} are those the facts demand;`,
      ...missing.map((line) => `  missing:  ${line}`),
      ...unwanted.map((line) => `  not due:  ${line}`),
    ].join('\n'),
  )
}

/** Of one account: all rows there ever were are as many, and sum to as much, as they should; and their ids are unique and descend. */
export function checkAllCharges(engine: Engine, { label, exchange, charged }: ShadowAccount): void {
  if (exchange === 'okx') {
    tally(label, 'okx', charged.okx, engine.okxCharges({ account: label }))
    return
  }
  const negative = engine.binanceCharges({ account: label })
  const loan = engine.loanCharges({ account: label })
  tally(label, 'negative balance', charged.negative, negative)
  tally(label, 'margin loan', charged.loan, loan)
  checkIds(label, negative)
  checkIds(label, loan)
}

function tally(label: string, kind: string, due: ShadowAccount['charged']['okx'], rows: readonly { readonly interest: Decimal }[]): void {
  const interest = rows.reduce((sum, row) => sum + row.interest.mantissa, 0n)
  must(
    rows.length === due.rows && interest === due.interest,
    () => `${label} was charged (${kind}) ${due.rows} times ${due.interest} in all, but has ${rows.length} rows of ${interest}`,
  )
}

function checkIds(label: string, rows: readonly (BinanceCharge | LoanCharge)[]): void {
  must(new Set(rows.map(({ id }) => id)).size === rows.length, () => `every charge of ${label} has an id of its own`)
  for (const [index, { id, at }] of rows.entries()) {
    const newer = rows[index - 1]
    must(
      newer === undefined || newer.at > at || (newer.at === at && newer.id > id),
      () => `charges of ${label} are newest first: ${id} at ${at} after ${newer?.id} at ${newer?.at}`,
    )
  }
}

function expectedLine({ holding, at, type, principal, free, rate, interest }: ExpectedCharge): string {
  const { asset, instId, order } = holding
  return line({ what: [asset, instId, order, type], at, amounts: [principal, free, interest], rate })
}

function binanceLines(engine: Engine, account: string, from: number): string[] {
  const rows: (readonly [BinanceCharge, string])[] = [
    ...engine.binanceCharges({ account, from }).map((row) => [row, ''] as const),
    ...engine.loanCharges({ account, from }).map((row) => [row, row.type] as const),
  ]
  return rows.map(([{ asset, at, principal, rateDaily, interest }, type]) =>
    line({ what: [asset, '', '', type], at, amounts: [principal.mantissa, 0n, interest.mantissa], rate: rateDaily }),
  )
}

function okxLines(engine: Engine, account: string, from: number): string[] {
  return engine.okxCharges({ account, from }).map((row: OkxCharge) => {
    const { asset, instId, order, at, liability, interestFreeLiability, totalLiability, interest } = row
    must(totalLiability.mantissa === liability.mantissa + interestFreeLiability.mantissa, () => `liabilities of ${account} at ${at} add up`)
    must(
      (row.loanType === '1') === (order !== '') && (row.marginMode === 'isolated') === (instId !== ''),
      () => `the row of ${account} at ${at} says what it is`,
    )
    return line({
      what: [asset, instId, order, ''],
      at,
      amounts: [liability.mantissa, interestFreeLiability.mantissa, interest.mantissa],
      rate: row.rateDaily,
    })
  })
}

interface Line {
  readonly what: readonly string[]
  readonly at: number
  readonly amounts: readonly [principal: bigint, free: bigint, interest: bigint]
  readonly rate: Decimal
}

function line({ what, at, amounts: [principal, free, interest], rate }: Line): string {
  return `${at} ${what.join('|')} principal ${principal} free ${free} at ${toText(strip(rate))}: ${interest}`
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const text of others) left.set(text, (left.get(text) ?? 0) + 1)
  return lines.filter((text) => {
    const number = left.get(text) ?? 0
    left.set(text, number - 1)
    return number <= 0
  })
}
