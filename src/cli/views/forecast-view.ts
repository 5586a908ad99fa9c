import { isNegative, isZero } from '../../decimal/arithmetic.ts'
import type { AccountForecast } from '../../forecast/account-forecast.ts'
import type { AssetForecast } from '../../forecast/asset-forecast.ts'
import { type Expected, type HorizonName, horizons } from '../../forecast/expected.ts'
import type { AssetScore } from '../../forecast/forecast-score.ts'
import type { RateRange } from '../../forecast/rate-range.ts'
import { exportedAmount, exportedInstant, shownAmount, shownInstant } from '../output/amounts.ts'
import { shownDuration } from '../output/duration.ts'
import { printable } from '../output/printable.ts'
import { type Column, type Sheet, sheetObjects } from '../output/sheet.ts'
import type { Style } from '../output/style.ts'
import { printTable } from '../output/table.ts'
import { certaintySigns } from './certainty-signs.ts'
import { autoExchangeColumns, brief, freeColumns, nextChargeColumns, rateColumns, shownHeadroom } from './charge-columns.ts'
import { scoreLine } from './forecast-score-view.ts'
import { owedColumns } from './owed-columns.ts'
import { rateUnitLine } from './rate-unit-line.ts'
import { savingObjects, savingText } from './saving-view.ts'

const fieldOf: Readonly<Record<HorizonName, string>> = Object.freeze({ day: 'next24Hours', week: 'next7Days', month: 'next30Days' })
const headerOf: Readonly<Record<HorizonName, string>> = Object.freeze({ day: 'NEXT 24 H', week: 'NEXT 7 D', month: 'NEXT 30 D' })

function columnsOf(rows: readonly AssetForecast[], now: number): readonly Column<AssetForecast>[] {
  return [
    { field: 'account', header: 'ACCOUNT', isKey: true, value: ({ account }) => account },
    { field: 'exchange', value: ({ exchange }) => exchange },
    { field: 'asset', header: 'ASSET', isKey: true, value: ({ asset }) => asset },
    ...owedColumns(rows),
    ...rateColumns,
    ...nextChargeColumns(now),
    ...expectedColumns('nextCharge', 'AMOUNT', ({ nextCharge }) => nextCharge),
    ...horizons.flatMap(({ name }) => expectedColumns(fieldOf[name], headerOf[name], ({ within }) => within[name])),
    ...freeColumns(undefined),
    {
      field: 'toFree',
      header: 'TO FREE',
      align: 'decimal',
      value: ({ toFree }) => exportedAmount(toFree),
      shown: shownToFree,
    },
    ...autoExchangeColumns,
    { field: 'autoExchangeAt', value: ({ autoExchange }) => exportedInstant(autoExchange?.at) },
  ]
}

function expectedColumns(
  field: string,
  header: string,
  pick: (row: AssetForecast) => Expected | undefined,
): readonly Column<AssetForecast>[] {
  return [
    { field, header, align: 'decimal', value: (row) => exportedAmount(pick(row)?.amount), shown: (row) => shownExpected(pick(row)) },
    { field: `${field}Low`, value: (row) => exportedAmount(pick(row)?.low) },
    { field: `${field}High`, value: (row) => exportedAmount(pick(row)?.high) },
    { field: `${field}Certainty`, value: (row) => pick(row)?.certainty ?? null },
    { field: `${field}Charges`, value: (row) => pick(row)?.charges ?? 0 },
  ]
}

export function forecastSheet(forecasts: readonly AccountForecast[], now: number): Sheet<AssetForecast> {
  const rows = forecasts.flatMap(({ assets }) => assets)
  return { columns: columnsOf(rows, now), rows }
}

export function forecastDocument(forecasts: readonly AccountForecast[], now: number): object {
  return {
    asOf: exportedInstant(now),
    method: methodText,
    accounts: forecasts.map((forecast) => ({
      account: forecast.account.label,
      exchange: forecast.account.exchange,
      balancesAt: exportedInstant(forecast.balancesAt),
      balancesAreOld: forecast.isOld,
      autoRepay: forecast.facts.autoRepay ?? null,
      publishedRatesPer: forecast.facts.rateUnit ?? null,
      marginLoansKnown: forecast.account.exchange === 'okx' || forecast.facts.loanCharges !== undefined,
      assets: forecast.assets.map((asset, index) => ({
        ...sheetObjects(forecastSheet([forecast], now))[index],
        ranges: Object.fromEntries(horizons.map(({ name }) => [fieldOf[name], rangeObject(asset.ranges[name])])),
        ratesObserved: asset.observations,
        ratesObservedEvery: asset.observedEvery,
        savings: savingObjects(asset.savings),
      })),
    })),
  }
}

const methodText =
  'Expected: today’s rate on the debts as they stand, played forward by the exchange’s rules. Range: over all windows of the last 90 ' +
  'days, how the mean rate of the following periods stood to the rate before them; low and high leave out 5 % at either end.'

function rangeObject(range: RateRange | undefined): object | null {
  if (range === undefined) return null
  const { windows, low, high, lowest, highest } = range
  return {
    windows,
    ...Object.fromEntries(Object.entries({ low, high, lowest, highest }).map(([name, value]) => [name, exportedAmount(value)])),
  }
}

/** The table, what repaying saves, where the ranges come from, how far each account is to be trusted, and how forecasts did. */
export function forecastText(forecasts: readonly AccountForecast[], scores: readonly AssetScore[], now: number, style: Style): string {
  const sheet = forecastSheet(forecasts, now)
  const parts = [
    sheet.rows.length === 0 ? 'Nothing is owed, and no charge is foreseen.\n' : printTable(sheet, style),
    savingText(sheet.rows, now, style),
    sheet.rows.map(exchangeLine).join(''),
    rangeLines(sheet.rows),
    forecasts.map((forecast) => trustLines(forecast, now, style)).join(''),
    scoreLine(scores),
  ]
  return parts.filter((part) => part !== '').join('\n')
}

function exchangeLine({ account, asset, autoExchange }: AssetForecast): string {
  if (autoExchange === undefined) return ''
  const { at, owedBefore, owedAfter } = autoExchange
  return `${printable(account)}: auto-exchange of ${printable(asset)} is due about ${shownInstant(at)} UTC, from ${shownAmount(owedBefore)} owed down to ${shownAmount(owedAfter)}.\n`
}

/** One line for all assets of an account whose ranges come from as much. */
function rangeLines(assets: readonly AssetForecast[]): string {
  const lines = new Map<string, string[]>()
  for (const forecast of assets) {
    const text = rangeText(forecast)
    if (text === undefined) continue
    const key = `${printable(forecast.account)}\n${text}`
    lines.set(key, [...(lines.get(key) ?? []), printable(forecast.asset)])
  }
  return [...lines]
    .map(([key, names]) => key.replace('\n', ` ${names.join(', ')}: `))
    .map((line) => `${line}\n`)
    .join('')
}

function rangeText({ ranges, observations, observedEvery, within }: AssetForecast): string | undefined {
  if (within.month.charges === 0 || within.month.amount === undefined) return undefined
  const told = horizons.flatMap(({ name, days }) => {
    const range = ranges[name]
    return range === undefined ? [] : [`${days === 1 ? '24 h' : `${days} d`}: ${range.windows} windows`]
  })
  const seen = `${observations} ${observedEvery === 'day' ? 'daily' : 'hourly'} rates of the last 90 days`
  if (told.length === 0) return `no range, as only ${seen} are known.`
  return `ranges hold nine tenths of what followed in ${seen} (${told.join(', ')}).`
}

function trustLines({ account, balancesAt, isOld, assets, facts }: AccountForecast, now: number, style: Style): string {
  const label = printable(account.label)
  if (balancesAt === undefined) return `${label}: ${style.yellow('never synced')}; overdraft sync ${label} does it\n`
  const age = `balances from ${shownDuration(Math.max(now - balancesAt, 0))} ago`
  const old = isOld
    ? `${label}: ${style.yellow(`${age}: what was owed then is taken for now`)}; overdraft sync ${label}\n`
    : `${label}: ${age}\n`
  const unrated = assets.filter(({ rate, nextChargeAt }) => rate === undefined && nextChargeAt !== undefined)
  const rates = unrated.map(({ asset }) => `${label}: no rate of ${printable(asset)} is known yet, as it was never charged\n`)
  const isSilent = account.exchange === 'binance' && facts.loanCharges === undefined
  return `${old}${rates.join('')}${rateUnitLine(assets, facts)}${isSilent ? `${label}: margin loans are not in the forecast, as no history of their charges is proven\n` : ''}`
}

function shownToFree({ toFree, freePart, negativeBalance }: AssetForecast): string {
  if (isZero(negativeBalance)) return '-'
  if (toFree === undefined || freePart.known === 'exact') return shownHeadroom(toFree)
  if (freePart.known === 'earlier') return `≈ ${shownHeadroom(toFree)}`
  return `${isNegative(toFree) ? '≤' : '≥'} ${shownHeadroom(toFree)}`
}

function shownExpected(expected: Expected | undefined): string {
  if (expected === undefined) return '-'
  const { amount, certainty, low, high } = expected
  if (amount === undefined) return 'unknown'
  const range = low === undefined || high === undefined || isZero(amount) ? '' : ` (${brief(low)} to ${brief(high)})`
  return `${certaintySigns[certainty]}${brief(amount)}${range}`
}
