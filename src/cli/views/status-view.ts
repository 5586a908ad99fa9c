import { isNegative, isZero, negate, rescale } from '../../decimal/arithmetic.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import type { AccountStatus } from '../../forecast/account-status.ts'
import type { AssetStatus, Cost } from '../../forecast/asset-status.ts'
import type { FreePart } from '../../forecast/thresholds.ts'
import { answerCoverage } from '../../report/answer-coverage.ts'
import { nextAttemptOf } from '../../sync/schedule.ts'
import { exportedAmount, exportedInstant, shownAmount, shownInstant, shownPercent, shownTime } from '../output/amounts.ts'
import { shownDuration } from '../output/duration.ts'
import { exportedCoverage } from '../output/gaps.ts'
import { printable } from '../output/printable.ts'
import { type Column, type Sheet, sheetObjects } from '../output/sheet.ts'
import type { Style } from '../output/style.ts'
import { printTable } from '../output/table.ts'

interface Row {
  readonly status: AssetStatus
  readonly account: AccountStatus
}

/** What is to come is shown to a hundred-millionth, rounded up; exports have every digit. */
const shownDecimalsMax = 8

/** The columns of the status of each asset, as of `now`. */
function columnsAt(now: number): readonly Column<Row>[] {
  return [
    { field: 'account', header: 'ACCOUNT', isKey: true, value: ({ status }) => status.account },
    { field: 'exchange', value: ({ status }) => status.exchange },
    { field: 'asset', header: 'ASSET', isKey: true, value: ({ status }) => status.asset },
    amountColumn('owed', 'OWED', ({ status }) => status.owed),
    amountColumn('unpaidInterest', undefined, ({ status }) => status.unpaidInterest),
    {
      field: 'freePart',
      header: 'INTEREST-FREE',
      align: 'decimal',
      value: ({ status }) => (status.freePart.kind === 'unknown' ? null : exportedAmount(status.freePart.amount)),
      shown: ({ status }) => (isZero(status.owed) ? '-' : shownFree(status.freePart)),
    },
    { field: 'freePartKnown', value: ({ status }) => status.freePart.kind },
    {
      field: 'rateDaily',
      header: 'RATE A DAY',
      align: 'decimal',
      value: ({ status }) => exportedAmount(status.rateDaily),
      shown: ({ status }) => (isZero(status.owed) ? '-' : shownPercent(status.rateDaily)),
    },
    { field: 'rateAt', value: ({ status }) => exportedInstant(status.rateAt) },
    {
      field: 'costPerDay',
      header: 'COST A DAY',
      align: 'decimal',
      value: ({ status }) => exportedAmount(status.costPerDay?.amount),
      shown: ({ status }) => (isZero(status.owed) ? '-' : shownCost(status.costPerDay)),
    },
    { field: 'costCertainty', value: ({ status }) => status.costPerDay?.certainty ?? 'unknown' },
    {
      field: 'nextChargeAt',
      header: 'NEXT CHARGE',
      value: ({ status }) => exportedInstant(status.nextChargeAt),
      shown: ({ status }) =>
        status.nextChargeAt === undefined
          ? '-'
          : `in ${shownDuration(status.nextChargeAt - now)}, at ${shownTime(status.nextChargeAt)} UTC`,
    },
    {
      field: 'nextChargeInSeconds',
      value: ({ status }) => (status.nextChargeAt === undefined ? null : Math.ceil((status.nextChargeAt - now) / 1_000)),
    },
    { field: 'nextCharge', value: ({ status }) => exportedAmount(status.nextCharge?.amount) },
    {
      field: 'headroom',
      header: 'TO AUTO-EXCHANGE',
      align: 'decimal',
      value: ({ status }) => exportedAmount(status.headroom),
      shown: ({ status }) => shownHeadroom(status),
    },
    { field: 'maximumThreshold', value: ({ status }) => exportedAmount(status.maximumThreshold?.amount) },
    { field: 'maximumThresholdLearntAt', value: ({ status }) => exportedInstant(status.maximumThreshold?.learntAt) },
    { field: 'futuresDebt', value: ({ status }) => exportedAmount(status.futuresDebt) },
    { field: 'coverable', value: ({ status }) => exportedAmount(status.coverable) },
    { field: 'balancesAt', value: ({ status }) => exportedInstant(status.takenAt) },
    { field: 'historyProven', value: ({ account }) => isProven(account) },
  ]
}

export function statusSheet(accounts: readonly AccountStatus[], now: number): Sheet<Row> {
  return { columns: columnsAt(now), rows: accounts.flatMap((account) => account.assets.map((status) => ({ status, account }))) }
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
  const coverable = sheet.rows.filter(({ status }) => !isZero(status.coverable)).map(({ status }) => coverableLine(status))
  const trust = accounts.map((account) => trustLine(account, now, style))
  return [table, coverable.join(''), trust.join('')].filter((part) => part !== '').join('\n')
}

function isProven(account: AccountStatus): boolean {
  return answerCoverage([account.coverage]).gaps.length === 0
}

function amountColumn(field: string, header: string | undefined, pick: (row: Row) => Decimal): Column<Row> {
  const shown = (row: Row) => shownAmount(pick(row))
  return { field, align: 'decimal', value: (row) => exportedAmount(pick(row)), shown, ...(header === undefined ? {} : { header }) }
}

function shownFree(free: FreePart): string {
  if (free.kind === 'unknown') return 'unknown'
  return `${free.kind === 'at-least' ? '≥ ' : ''}${shownAmount(free.amount)}`
}

const certaintySigns = Object.freeze({ exact: '', 'at-most': '≤ ', about: '≈ ' })

function shownCost(cost: Cost | undefined): string {
  if (cost === undefined) return 'unknown'
  return `${certaintySigns[cost.certainty]}${shownAmount(rescale(cost.amount, shownDecimalsMax, 'up'))}`
}

function shownHeadroom({ headroom, owed }: AssetStatus): string {
  if (isZero(owed)) return '-'
  if (headroom === undefined) return 'unknown'
  return isNegative(headroom) ? `${shownAmount(negate(headroom))} beyond` : shownAmount(headroom)
}

function coverableLine({ account, asset, futuresDebt, coverable }: AssetStatus): string {
  return `${printable(account)}: ${shownAmount(coverable)} of ${shownAmount(futuresDebt)} ${printable(asset)} owed by the futures wallets is free in cross margin.\n`
}

function trustLine(account: AccountStatus, now: number, style: Style): string {
  const label = `${printable(account.account.label)}:`
  const failed = account.failure === undefined ? '' : `; ${style.red('last sync failed')}: ${printable(account.failure)}`
  const next = nextLine(account, now)
  if (account.balancesAt === undefined) return `${label} ${style.yellow('never synced')}; overdraft sync does it${failed}${next}\n`
  const age = `balances from ${shownDuration(Math.max(now - account.balancesAt, 0))} ago`
  const proven = isProven(account) ? style.green('interest history proven') : style.yellow(`interest history ${provenSince(account)}`)
  return `${label} ${age}, ${proven}${failed}${next}\n`
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
