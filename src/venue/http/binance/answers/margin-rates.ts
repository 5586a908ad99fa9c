import { binanceErrors } from '../../../../contracts/binance/errors.ts'
import { marginInterestRateHistory } from '../../../../contracts/binance/margin-interest-rate-history.ts'
import { divide, equals } from '../../../../decimal/arithmetic.ts'
import { decimalOf } from '../../../../decimal/decimal.ts'
import { atPrintedScale, binanceRateRule } from '../../../../decimal/printing.ts'
import { boundaryAtOrBefore, everyDayAtMidnightUtc } from '../../../../time/boundary.ts'
import { dayMs } from '../../../../time/units.ts'
import type { RateChange } from '../../../engine/record.ts'
import { type AnswerOf, refuse, reply } from '../answer.ts'
import { assetFault } from './asset.ts'
import { requestedWindow } from './requested-window.ts'

const hoursOfDay = decimalOf(24n)
const assetsMax = 20
const hourlyDecimals = 8

/**
 * `GET /sapi/v1/margin/interestRateHistory` (facts A5): where the rate of the level changed, and at every midnight,
 * newest first; unless told otherwise from the midnight on after which the present was seven days away.
 */
export const answerMarginInterestRateHistory: AnswerOf<'marginInterestRateHistory'> = ({ engine, account, values, now, behaviour }) => {
  const { asset, vipLevel, startTime, endTime } = values
  const fault = assetFault(asset)
  if (fault !== undefined) return refuse(fault)
  const vip = vipLevel ?? engine.accountState(account).vip
  const changes = changesOf(engine.rateHistory({ exchange: 'binance', asset, vip, to: now }))
  if (changes.length === 0) return refuse(binanceErrors.assetNotSupported(asset))
  const window = requestedWindow(marginInterestRateHistory, values, now, behaviour)
  if (window.kind === 'error') return window
  if (window.kind === 'empty') return reply([])
  const isUsual = startTime === undefined && endTime === undefined
  const from = isUsual ? boundaryAtOrBefore(window.from, everyDayAtMidnightUtc) : window.from
  return reply(
    shownOf(changes, from, Math.min(window.to, now)).map(({ at, rateDaily }) => ({
      asset,
      timestamp: at,
      dailyInterestRate: atPrintedScale(rateDaily, binanceRateRule),
      vipLevel: vip,
    })),
  )
}

/** The changes of a span and the midnights between them, when what was in force is told once more; newest first. */
function shownOf(newestFirst: readonly RateChange[], from: number, to: number): readonly Pick<RateChange, 'at' | 'rateDaily'>[] {
  const shown: Pick<RateChange, 'at' | 'rateDaily'>[] = []
  let until = to + 1
  for (const { at, rateDaily } of newestFirst) {
    for (let midnight = boundaryAtOrBefore(until - 1, everyDayAtMidnightUtc); midnight > at && midnight >= from; midnight -= dayMs) {
      shown.push({ at: midnight, rateDaily })
    }
    if (at < from) break
    if (at < until) shown.push({ at, rateDaily })
    until = Math.min(until, at)
  }
  return shown
}

/** Of rates set one after the other, newest first, those that took effect and changed something. */
function changesOf(newestFirst: readonly RateChange[]): readonly RateChange[] {
  const tookEffect = newestFirst.filter(({ at }, index) => newestFirst[index - 1]?.at !== at)
  return tookEffect.filter(({ rateDaily }, index) => {
    const before = tookEffect[index + 1]
    return before === undefined || !equals(before.rateDaily, rateDaily)
  })
}

/**
 * `GET /sapi/v1/margin/next-hourly-interest-rate` (facts A5): isolated margin has the same rates here. An asset without a
 * rate has no row (seen live).
 */
export const answerNextHourlyInterestRate: AnswerOf<'nextHourlyInterestRate'> = ({ engine, account, values }) => {
  const { assets } = values
  if (assets.length > assetsMax) return refuse(binanceErrors.tooManyAssets())
  const { vip } = engine.accountState(account)
  const rows = []
  for (const asset of assets) {
    const fault = assetFault(asset)
    if (fault !== undefined) return refuse(fault)
    const daily = engine.rateOf('binance', asset, vip)
    if (daily === undefined) continue
    rows.push({ asset, nextHourlyInterestRate: atPrintedScale(divide(daily, hoursOfDay, hourlyDecimals, 'half-up'), binanceRateRule) })
  }
  return reply(rows)
}
