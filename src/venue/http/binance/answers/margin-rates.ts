import { binanceErrors } from '../../../../contracts/binance/errors.ts'
import { marginInterestRateHistory } from '../../../../contracts/binance/margin-interest-rate-history.ts'
import { divide, equals } from '../../../../decimal/arithmetic.ts'
import { decimalOf } from '../../../../decimal/decimal.ts'
import { atPrintedScale, binanceRateRule } from '../../../../decimal/printing.ts'
import type { RateChange } from '../../../engine/record.ts'
import { type AnswerOf, refuse, reply } from '../answer.ts'
import { assetFault } from './asset.ts'
import { requestedWindow } from './requested-window.ts'

const hoursOfDay = decimalOf(24n)
const assetsMax = 20
const hourlyDecimals = 8

/** `GET /sapi/v1/margin/interestRateHistory` (facts A5): where the rate of the level changed, newest first. */
export const answerMarginInterestRateHistory: AnswerOf<'marginInterestRateHistory'> = ({ engine, account, values, now, behaviour }) => {
  const { asset, vipLevel } = values
  const fault = assetFault(asset)
  if (fault !== undefined) return refuse(fault)
  const vip = vipLevel ?? engine.accountState(account).vip
  const changes = changesOf(engine.rateHistory({ exchange: 'binance', asset, vip, to: now }))
  if (changes.length === 0) return refuse(binanceErrors.assetNotSupported(asset))
  const window = requestedWindow(marginInterestRateHistory, values, now, behaviour)
  if (window.kind === 'error') return window
  if (window.kind === 'empty') return reply([])
  const { from, to } = window
  return reply(
    changes
      .filter(({ at }) => at >= from && at <= to)
      .map(({ at, rateDaily }) => ({
        asset,
        dailyInterestRate: atPrintedScale(rateDaily, binanceRateRule),
        timestamp: at,
        vipLevel: vip,
      })),
  )
}

/** Of rates set one after the other, newest first, those that took effect and changed something. */
function changesOf(newestFirst: readonly RateChange[]): readonly RateChange[] {
  const tookEffect = newestFirst.filter(({ at }, index) => newestFirst[index - 1]?.at !== at)
  return tookEffect.filter(({ rateDaily }, index) => {
    const before = tookEffect[index + 1]
    return before === undefined || !equals(before.rateDaily, rateDaily)
  })
}

/** `GET /sapi/v1/margin/next-hourly-interest-rate` (facts A5): isolated margin has the same rates here. */
export const answerNextHourlyInterestRate: AnswerOf<'nextHourlyInterestRate'> = ({ engine, account, values }) => {
  const { assets } = values
  if (assets.length > assetsMax) return refuse(binanceErrors.invalidParameter('assets'))
  const { vip } = engine.accountState(account)
  const rows = []
  for (const asset of assets) {
    const fault = assetFault(asset)
    if (fault !== undefined) return refuse(fault)
    const daily = engine.rateOf('binance', asset, vip)
    if (daily === undefined) return refuse(binanceErrors.assetNotSupported(asset))
    rows.push({ asset, nextHourlyInterestRate: divide(daily, hoursOfDay, hourlyDecimals, 'half-up') })
  }
  return reply(rows)
}
