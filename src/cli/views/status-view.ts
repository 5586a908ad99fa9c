import { isZero } from '../../decimal/arithmetic.ts'
import type { AccountStatus } from '../../forecast/account-status.ts'
import type { AssetForecast } from '../../forecast/asset-forecast.ts'
import type { Expected } from '../../forecast/expected.ts'
import { answerCoverage } from '../../report/answer-coverage.ts'
import { nextAttemptOf } from '../../sync/schedule.ts'
import { exportedAmount, exportedInstant, shownAmount, shownInstant, shownTime } from '../output/amounts.ts'
import { shownDuration } from '../output/duration.ts'
import { exportedCoverage } from '../output/gaps.ts'
import { printable } from '../output/printable.ts'
import { type Column, type Sheet, sheetObjects } from '../output/sheet.ts'
import type { Style } from '../output/style.ts'
import { printTable } from '../output/table.ts'
import { certaintySigns } from './certainty-signs.ts'
import { autoExchangeColumns, bearsInterest, brief, freeColumns, nextChargeColumns, rateColumns } from './charge-columns.ts'
import { owedColumns } from './owed-columns.ts'
import { rateUnitLine } from './rate-unit-line.ts'

interface Row extends AssetForecast {
  readonly status: AccountStatus
}

/** The columns of the status of each asset, as of `now`. Every figure is the forecast's. */
function columnsOf(rows: readonly Row[], now: number): readonly Column<Row>[] {
  return [
    { field: 'account', header: 'ACCOUNT', isKey: true, value: ({ account }) => account },
    { field: 'exchange', value: ({ exchange }) => exchange },
    { field: 'asset', header: 'ASSET', isKey: true, value: ({ asset }) => asset },
    ...owedColumns(rows),
    ...freeColumns('INTEREST-FREE'),
    ...rateColumns,
    {
      field: 'costPerDay',
      header: 'COST A DAY',
      align: 'decimal',
      value: ({ within }) => exportedAmount(within.day.amount),
      shown: (row) => (bearsInterest(row) ? shownCost(row.within.day) : '-'),
    },
    { field: 'costCertainty', value: ({ within }) => (within.day.amount === undefined ? 'unknown' : within.day.certainty) },
    ...nextChargeColumns(now),
    { field: 'nextCharge', value: ({ nextCharge }) => exportedAmount(nextCharge?.amount) },
    ...autoExchangeColumns,
    { field: 'coverable', value: ({ coverable }) => exportedAmount(coverable) },
    { field: 'balancesAt', value: ({ status }) => exportedInstant(status.balancesAt) },
    { field: 'historyProven', value: ({ status }) => isProven(status) },
  ]
}

export function statusSheet(accounts: readonly AccountStatus[], now: number): Sheet<Row> {
  const rows = accounts.flatMap((status) => status.assets.map((forecast) => ({ ...forecast, status })))
  return { columns: columnsOf(rows, now), rows }
}

export function statusDocument(accounts: readonly AccountStatus[], now: number): object {
  return {
    asOf: exportedInstant(now),
    accounts: accounts.map((account) => ({
      account: account.account.label,
      exchange: account.account.exchange,
      balancesAt: exportedInstant(account.balancesAt),
      balancesAgeSeconds: account.balancesAt === undefined ? null : Math.max(Math.floor((now - account.balancesAt) / 1_000), 0),
      historyProven: isProven(account),
      history: exportedCoverage(answerCoverage([account.coverage])),
      lastSuccessAt: exportedInstant(account.syncState?.lastSuccessAt),
      lastErrorAt: exportedInstant(account.syncState?.lastErrorAt),
      lastError: account.syncState?.lastError ?? null,
      failures: account.syncState?.failures ?? 0,
      nextAttemptAt: exportedInstant(account.syncState?.nextAttemptAt),
      assets: sheetObjects(statusSheet([account], now)),
    })),
  }
}

/** The table, what cross margin could repay, and how far each account is to be trusted. */
export function statusText(accounts: readonly AccountStatus[], now: number, style: Style): string {
  const sheet = statusSheet(accounts, now)
  const table = sheet.rows.length === 0 ? 'Nothing is owed.\n' : printTable(sheet, style)
  const coverable = sheet.rows.filter((row) => !isZero(row.coverable)).map(coverableLine)
  const trust = accounts.map((account) => trustLine(account, now, style))
  return [table, coverable.join(''), trust.join('')].filter((part) => part !== '').join('\n')
}

function isProven(account: AccountStatus): boolean {
  return answerCoverage([account.coverage]).gaps.length === 0
}

function shownCost({ amount, certainty }: Expected): string {
  return amount === undefined ? 'unknown' : `${certaintySigns[certainty]}${brief(amount)}`
}

function coverableLine({ account, asset, debt, coverable }: AssetForecast): string {
  return `${printable(account)}: ${shownAmount(coverable)} of ${shownAmount(debt.principal)} ${printable(asset)} owed by the futures wallets is free in cross margin.\n`
}

function trustLine(account: AccountStatus, now: number, style: Style): string {
  const label = `${printable(account.account.label)}:`
  const failed = account.failure === undefined ? '' : `; ${style.red('last sync failed')}: ${printable(account.failure)}`
  const next = nextLine(account, now)
  if (account.balancesAt === undefined && account.syncState?.lastSuccessAt !== undefined)
    return `${label} synced, and holds nothing${failed}${next}\n`
  if (account.balancesAt === undefined) return `${label} ${style.yellow('never synced')}; overdraft sync does it${failed}${next}\n`
  const age = `balances from ${shownDuration(Math.max(now - account.balancesAt, 0))} ago`
  const proven = isProven(account) ? style.green('interest history proven') : style.yellow(`interest history ${provenSince(account)}`)
  return `${label} ${age}, ${proven}${failed}${next}\n${rateUnitLine(account.assets, account.forecast.facts)}`
}

/** When trying again is worth it; nothing where it is worth it now. */
function nextLine({ syncState }: AccountStatus, now: number): string {
  const next = nextAttemptOf(syncState)
  if (next.kind === 'human') return '; trying again will not mend that'
  if (next.at <= now) return ''
  const why = (syncState?.failures ?? 0) > 0 ? 'next attempt' : 'something new'
  return `; ${why} in ${shownDuration(next.at - now)}, at ${shownTime(next.at)} UTC`
}

function provenSince({ coverage }: AccountStatus): string {
  const newest = coverage.proven.at(-1)
  return newest === undefined ? 'not proven' : `proven only since ${shownInstant(newest.from)} UTC`
}
