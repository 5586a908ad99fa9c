import { isNegative, isZero, negate } from '../../decimal/arithmetic.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import type { AssetScore } from '../../forecast/forecast-score.ts'
import { exportedAmount, shownAmount } from '../output/amounts.ts'
import type { Column, Sheet } from '../output/sheet.ts'
import type { Style } from '../output/style.ts'
import { printTable } from '../output/table.ts'

const columns: readonly Column<AssetScore>[] = [
  { field: 'account', header: 'ACCOUNT', isKey: true, value: ({ account }) => account },
  { field: 'asset', header: 'ASSET', isKey: true, value: ({ asset }) => asset },
  { field: 'days', header: 'DAYS', align: 'right', value: ({ days }) => days },
  { field: 'charges', header: 'CHARGES', align: 'right', value: ({ charges }) => charges },
  amountColumn('foreseen', 'FORESEEN', ({ foreseen }) => foreseen),
  amountColumn('charged', 'CHARGED', ({ charged }) => charged),
  { ...amountColumn('difference', 'DIFFERENCE', ({ difference }) => difference), shown: ({ difference }) => shownSigned(difference) },
  {
    field: 'withinRange',
    header: 'WITHIN RANGE',
    align: 'right',
    value: ({ withinRange }) => withinRange,
    shown: ({ charges, withinRange }) => shownShare(withinRange, charges),
  },
  { field: 'unforeseen', header: 'UNFORESEEN', align: 'right', value: ({ unforeseen }) => unforeseen },
  { field: 'pending', header: 'PENDING', align: 'right', value: ({ pending }) => pending },
]

function amountColumn(field: string, header: string, pick: (score: AssetScore) => Decimal): Column<AssetScore> {
  return { field, header, align: 'decimal', value: (score) => exportedAmount(pick(score)), shown: (score) => shownAmount(pick(score)) }
}

export function scoreSheet(scores: readonly AssetScore[]): Sheet<AssetScore> {
  return { columns, rows: scores }
}

export function scoreText(scores: readonly AssetScore[], style: Style): string {
  if (scores.length === 0)
    return 'No forecast has come due yet. Each sync, and each run of overdraft forecast, keeps the first of a day for its next 24 hours.\n'
  return `${printTable(scoreSheet(scores), style)}\n${scoreLine(scores)}`
}

/** How the forecasts of the last 30 days did, in one sentence; nothing where none has come out yet. */
export function scoreLine(scores: readonly AssetScore[]): string {
  const total = (pick: (score: AssetScore) => number) => scores.reduce((sum, score) => sum + pick(score), 0)
  const charges = total((score) => score.charges)
  const pending = total((score) => score.pending)
  const waiting = pending === 0 ? '' : ` ${pending} more have come due and are pending until their history is proven.`
  if (charges === 0) return pending === 0 ? '' : `Forecasts so far:${waiting}\n`
  const unforeseen = total((score) => score.unforeseen)
  const missed = unforeseen === 0 ? '' : `, ${unforeseen} were not foreseen`
  const share = shownShare(
    total((score) => score.withinRange),
    charges,
  )
  return `Forecasts of the last 30 days: ${share} of ${charges} charges came within the range foreseen${missed}.${waiting}\n`
}

/** A share in tenths of a percent, rounded down: only what is wholly right is shown as 100 %. */
function shownShare(part: number, whole: number): string {
  if (whole === 0) return '-'
  const perMille = Math.floor((part * 1_000) / whole)
  return `${Math.floor(perMille / 10)}${perMille % 10 === 0 ? '' : `.${perMille % 10}`} %`
}

function shownSigned(amount: Decimal): string {
  if (isZero(amount)) return '0'
  return isNegative(amount) ? `-${shownAmount(negate(amount))}` : `+${shownAmount(amount)}`
}
