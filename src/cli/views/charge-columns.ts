import { isNegative, isZero, negate, rescale } from '../../decimal/arithmetic.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import type { AssetForecast } from '../../forecast/asset-forecast.ts'
import { exportedAmount, exportedInstant, shownAmount, shownPercent, shownTime } from '../output/amounts.ts'
import { shownDuration } from '../output/duration.ts'
import type { Column } from '../output/sheet.ts'

/** Amounts to come are shown to a hundred-millionth, rounded up; exports have every digit. */
const shownDecimalsMax = 8

/** What status and forecast both say of the rate. */
export const rateColumns: readonly Column<AssetForecast>[] = [
  {
    field: 'rateDaily',
    header: 'RATE A DAY',
    align: 'decimal',
    value: ({ rate }) => exportedAmount(rate?.rateDaily),
    shown: (forecast) => (bearsInterest(forecast) ? shownPercent(forecast.rate?.rateDaily) : '-'),
  },
  { field: 'rateAt', value: ({ rate }) => exportedInstant(rate?.at) },
  { field: 'rateFrom', value: ({ rate }) => rate?.from ?? null },
]

/** Of when something is charged next. */
export function nextChargeColumns(now: number): readonly Column<AssetForecast>[] {
  return [
    {
      field: 'nextChargeAt',
      header: 'NEXT CHARGE',
      value: ({ nextChargeAt }) => exportedInstant(nextChargeAt),
      shown: ({ nextChargeAt }) =>
        nextChargeAt === undefined ? 'none' : `in ${shownDuration(nextChargeAt - now)}, at ${shownTime(nextChargeAt)} UTC`,
    },
    {
      field: 'nextChargeInSeconds',
      value: ({ nextChargeAt }) => (nextChargeAt === undefined ? null : Math.ceil((nextChargeAt - now) / 1_000)),
    },
  ]
}

/** Of the part that is free of interest; status shows it, forecast what is left to it. */
export function freeColumns(header: string | undefined): readonly Column<AssetForecast>[] {
  return [
    {
      field: 'freePart',
      ...(header === undefined ? {} : { header }),
      align: 'decimal',
      value: ({ freePart }) => (freePart.known === 'unknown' ? null : exportedAmount(freePart.amount)),
      shown: ({ freePart, negativeBalance }) =>
        isZero(negativeBalance)
          ? '-'
          : freePart.known === 'unknown'
            ? 'unknown'
            : `${freeSigns[freePart.known]}${shownAmount(freePart.amount)}`,
    },
    { field: 'freePartKnown', value: ({ freePart }) => freePart.known },
  ]
}

const freeSigns = Object.freeze({ exact: '', 'at-least': '≥ ', earlier: '≈ ' })

/** Of when the exchange would sell other assets. */
export const autoExchangeColumns: readonly Column<AssetForecast>[] = [
  {
    field: 'toAutoExchange',
    header: 'TO AUTO-EXCHANGE',
    align: 'decimal',
    value: ({ toAutoExchange }) => exportedAmount(toAutoExchange),
    shown: ({ toAutoExchange, negativeBalance }) => (isZero(negativeBalance) ? '-' : shownHeadroom(toAutoExchange)),
  },
  { field: 'maximumThreshold', value: ({ maximumThreshold }) => exportedAmount(maximumThreshold?.amount) },
  { field: 'maximumThresholdLearntAt', value: ({ maximumThreshold }) => exportedInstant(maximumThreshold?.learntAt) },
]

export function bearsInterest({ negativeBalance, nextChargeAt }: AssetForecast): boolean {
  return !isZero(negativeBalance) || nextChargeAt !== undefined
}

/** An amount to come: rounded up at what is shown. */
export function brief(value: Decimal): string {
  return shownAmount(rescale(value, shownDecimalsMax, 'up'))
}

export function shownHeadroom(headroom: Decimal | undefined): string {
  if (headroom === undefined) return 'unknown'
  return isNegative(headroom) ? `${brief(negate(headroom))} beyond` : shownAmount(rescale(headroom, shownDecimalsMax, 'down'))
}
