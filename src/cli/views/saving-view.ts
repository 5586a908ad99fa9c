import { isZero } from '../../decimal/arithmetic.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import type { AssetForecast } from '../../forecast/asset-forecast.ts'
import { horizons } from '../../forecast/expected.ts'
import type { RepaySaving } from '../../forecast/repay-saving.ts'
import { exportedAmount, exportedInstant, shownInstant, shownTime } from '../output/amounts.ts'
import { shownDuration } from '../output/duration.ts'
import { printable } from '../output/printable.ts'
import type { Column } from '../output/sheet.ts'
import type { Style } from '../output/style.ts'
import { printTable } from '../output/table.ts'
import { certaintySigns } from './certainty-signs.ts'
import { brief } from './charge-columns.ts'

interface Row {
  readonly forecast: AssetForecast
  readonly saving: RepaySaving
}

function columnsAt(now: number): readonly Column<Row>[] {
  return [
    { field: 'account', header: 'ACCOUNT', isKey: true, value: ({ forecast }) => forecast.account },
    { field: 'asset', header: 'ASSET', isKey: true, value: ({ forecast }) => forecast.asset },
    { field: 'amount', header: 'REPAY', align: 'decimal', value: ({ saving }) => brief(saving.amount) },
    { field: 'how', header: '', value: ({ saving }) => (saving.how === 'all' ? 'everything' : 'what is charged') },
    {
      field: 'before',
      header: 'BEFORE',
      value: ({ saving }) => exportedInstant(saving.before),
      shown: ({ saving }) => `${shownTime(saving.before)} UTC, in ${shownDuration(saving.before - now)}`,
    },
    ...horizons.flatMap(({ name, days }): readonly Column<Row>[] => [
      {
        field: name,
        header: days === 1 ? 'SAVES 24 H' : `${days} D`,
        align: 'decimal',
        value: ({ saving }) => exportedAmount(saving.saved[name]),
        shown: ({ saving }) => shownSaved(saving, saving.saved[name]),
      },
      {
        field: `${name}After`,
        header: days === 1 ? 'AFTER IT' : 'AFTER',
        align: 'decimal',
        value: ({ saving }) => exportedAmount(saving.savedAfter[name]),
        shown: ({ saving }) => shownSaved(saving, saving.savedAfter[name]),
      },
    ]),
  ]
}

/** What repaying saves before the next charge and after it, and until when Auto Repay would do it. */
export function savingText(forecasts: readonly AssetForecast[], now: number, style: Style): string {
  const rows = forecasts.flatMap((forecast) => forecast.savings.map((saving) => ({ forecast, saving })))
  if (rows.length === 0) return ''
  const hints = new Map<string, string[]>()
  for (const { forecast, saving } of rows) {
    if (saving.fundBefore === undefined || saving.how !== 'all') continue
    const hint = `${printable(forecast.account)}: with the coins in cross margin before ${shownInstant(saving.fundBefore)} UTC, Auto Repay moves`
    hints.set(hint, [...(hints.get(hint) ?? []), printable(forecast.asset)])
  }
  const lines = [...hints].map(([hint, assets]) => `${hint} ${assets.join(', ')} to the futures wallets by itself.\n`)
  return `${printTable({ columns: columnsAt(now), rows }, style)}${lines.join('')}`
}

export function savingObjects(savings: readonly RepaySaving[]): readonly object[] {
  return savings.map(({ how, amount, certainty, before, fundBefore, saved, savedAfter }) => ({
    repay: how === 'all' ? 'all' : 'what-is-charged',
    amount: exportedAmount(amount),
    certainty,
    before: exportedInstant(before),
    fundBefore: exportedInstant(fundBefore),
    saved: amounts(saved),
    savedWhenAfterTheCharge: amounts(savedAfter),
  }))
}

function amounts(saved: RepaySaving['saved']): object {
  return { next24Hours: exportedAmount(saved.day), next7Days: exportedAmount(saved.week), next30Days: exportedAmount(saved.month) }
}

function shownSaved({ certainty }: RepaySaving, amount: Decimal): string {
  return `${isZero(amount) ? '' : certaintySigns[certainty]}${brief(amount)}`
}
