import { isNegative, isZero, negate, rescale } from '../../decimal/arithmetic.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import type { AccountForecast } from '../../forecast/account-forecast.ts'
import type { Owing } from '../../forecast/owed.ts'
import type { PlayedAutoExchange } from '../../forecast/play-event.ts'
import type { AssetDifference, ChargeDifference, WhatIf } from '../../forecast/what-if.ts'
import { exportedAmount, exportedInstant, shownAmount, shownInstant } from '../output/amounts.ts'
import { shownDuration } from '../output/duration.ts'
import { printable } from '../output/printable.ts'
import { type Column, type Sheet, sheetObjects } from '../output/sheet.ts'
import type { Style } from '../output/style.ts'
import { printTable } from '../output/table.ts'
import { owedObject } from './owed-columns.ts'

/** How many charges a table shows; exports have every one. */
const shownChargesMax = 30

const columns: readonly Column<ChargeDifference>[] = [
  { field: 'account', header: 'ACCOUNT', isKey: true, value: ({ account }) => account },
  { field: 'at', header: 'AT (UTC)', isKey: true, value: ({ at }) => exportedInstant(at), shown: ({ at }) => shownInstant(at) },
  { field: 'asset', header: 'ASSET', value: ({ asset }) => asset },
  { field: 'position', header: 'POSITION', value: ({ position }) => position },
  amountColumn('without', 'WITHOUT', (charge) => charge.without),
  amountColumn('with', 'WITH', (charge) => charge.with),
  amountColumn('avoided', 'AVOIDED', (charge) => charge.avoided),
  { field: 'certainty', value: ({ certainty }) => certainty },
]

function amountColumn(field: string, header: string, pick: (charge: ChargeDifference) => Decimal | undefined): Column<ChargeDifference> {
  return { field, header, align: 'decimal', value: (charge) => exportedAmount(pick(charge)), shown: (charge) => brief(pick(charge)) }
}

/** The charges that differ. */
export function whatIfSheet(answers: readonly WhatIf[]): Sheet<ChargeDifference> {
  return { columns, rows: answers.flatMap(({ charges }) => charges) }
}

export function whatIfDocument(answers: readonly WhatIf[], forecasts: readonly AccountForecast[], now: number): object {
  return {
    asOf: exportedInstant(now),
    accounts: answers.map((answer) => {
      const forecast = forecasts.find(({ account }) => account.label === answer.account)
      return {
        account: answer.account,
        balancesAt: exportedInstant(forecast?.balancesAt),
        balancesAreOld: forecast?.isOld ?? false,
        actions: answer.done.map(({ at, amount, action }) => ({
          at: exportedInstant(at),
          does: action.verb,
          amount: exportedAmount(amount),
          asset: action.asset,
        })),
        assets: answer.assets.map(assetObject),
        charges: sheetObjects({ columns, rows: answer.charges }),
      }
    }),
  }
}

function assetObject({ asset, owedAfter, owedAtEnd, avoided, exchangeWithout, exchangeWith }: AssetDifference): object {
  const both = (owed: AssetDifference['owedAfter']) => ({ without: owedObject(owed.without), with: owedObject(owed.with) })
  return {
    asset,
    owedAfterwards: both(owedAfter),
    owedIn30Days: both(owedAtEnd),
    avoided: {
      next24Hours: exportedAmount(avoided.day),
      next7Days: exportedAmount(avoided.week),
      next30Days: exportedAmount(avoided.month),
    },
    autoExchange: { without: exportedInstant(exchangeWithout?.at), with: exportedInstant(exchangeWith?.at) },
  }
}

/** What would be done, what it avoids, what is left, and the charges that differ. */
export function whatIfText(answers: readonly WhatIf[], forecasts: readonly AccountForecast[], now: number, style: Style): string {
  const done = answers.flatMap(({ account, done }) =>
    done.map(
      ({ at, amount, action }) =>
        `${printable(account)}: ${action.verb} ${shownAmount(amount)} ${printable(action.asset)} at ${shownInstant(at)} UTC\n`,
    ),
  )
  const told = answers.flatMap(({ assets }) => assets.map(assetText))
  const sheet = whatIfSheet(answers)
  const left = sheet.rows.length - shownChargesMax
  const table = printTable({ ...sheet, rows: sheet.rows.slice(0, shownChargesMax) }, style)
  const more = left > 0 ? `${left} later charges are not shown: --csv or --json\n` : ''
  const old = forecasts
    .filter(({ isOld, account }) => isOld && answers.some((answer) => answer.account === account.label))
    .map(
      ({ account, balancesAt = now }) =>
        `${printable(account.label)}: ${style.yellow(`balances from ${shownDuration(now - balancesAt)} ago: what was owed then is taken for now`)}\n`,
    )
  return [done.join(''), told.join(''), `${table}${more}`, old.join('')].filter((part) => part !== '').join('\n')
}

function assetText({ account, asset, owedAfter, avoided, exchangeWithout, exchangeWith }: AssetDifference): string {
  const head = `${printable(account)} ${printable(asset)}:`
  const lines = [
    isUnknown(avoided)
      ? 'what it avoids is not known, as no rate is'
      : `${savedOrCost(avoided.day)} within 24 h, ${brief(magnitude(avoided.week))} within 7 d, ${brief(magnitude(avoided.month))} within 30 d`,
    `${shownOwing(owedAfter.with)} owed afterwards instead of ${shownOwing(owedAfter.without)}`,
    ...exchangeText(exchangeWithout, exchangeWith),
  ]
  return `${head} ${lines.join('; ')}.\n`
}

/** The sum, its parts where there are two, and a loan beside it. */
function shownOwing({ debt: { principal, unpaidInterest, owed }, loan }: Owing): string {
  const isWhole = isZero(principal) || isZero(unpaidInterest)
  const parts = isWhole ? '' : ` (principal ${shownAmount(principal)}, unpaid interest ${shownAmount(unpaidInterest)})`
  return `${shownAmount(owed)}${parts}${isZero(loan) ? '' : ` and a loan of ${shownAmount(loan)}`}`
}

function isUnknown({ day, week, month }: AssetDifference['avoided']): boolean {
  return day === undefined || week === undefined || month === undefined
}

function savedOrCost(amount: Decimal | undefined): string {
  if (amount === undefined || isZero(amount)) return 'saves 0'
  return isNegative(amount) ? `costs ${brief(negate(amount))} more` : `saves ${brief(amount)}`
}

function magnitude(amount: Decimal | undefined): Decimal | undefined {
  return amount !== undefined && isNegative(amount) ? negate(amount) : amount
}

function exchangeText(without: PlayedAutoExchange | undefined, with_: PlayedAutoExchange | undefined): readonly string[] {
  if (without === undefined && with_ === undefined) return []
  if (with_ === undefined) return [`the auto-exchange due about ${shownInstant(without?.at ?? 0)} UTC is avoided`]
  return [
    `auto-exchange is due about ${shownInstant(with_.at)} UTC${without === undefined ? ', which it is not without' : ' all the same'}`,
  ]
}

function brief(amount: Decimal | undefined): string {
  return amount === undefined ? 'unknown' : shownAmount(rescale(amount, 8, 'up'))
}
