import { fail } from '../../errors/overdraft-error.ts'
import { dayMs } from '../../time/units.ts'
import type { OpenChoice } from '../open-question.ts'
import type { EngineBehaviour } from './behaviour.ts'
import { engineOptions } from './engine-options.ts'
import { instantMax } from './instant-max.ts'

interface Check {
  readonly holds: (value: unknown) => boolean
  /** As it is told of. */
  readonly choices: readonly string[]
}

const leverageMax = 1_000

const checks: { readonly [Option in keyof EngineBehaviour]: Check } = {
  autoExchangeDurationMs: { holds: isSpan, choices: ['{ minimum, maximum } in whole milliseconds, the minimum not above the maximum'] },
  autoExchangeMeasure: oneOf(engineOptions.autoExchangeMeasure),
  okxRecordDelayMs: whole(0, dayMs),
  okxStablecoinQuota: oneOf(engineOptions.okxStablecoinQuota),
  okxVipDeduction: oneOf(engineOptions.okxVipDeduction),
  okxBorrowLeverage: whole(1, leverageMax),
  okxForcedRepaymentEveryMs: whole(1, dayMs),
  okxForcedRepaymentStep: oneOf(engineOptions.okxForcedRepaymentStep),
  okxForcedRepaymentOrder: oneOf(engineOptions.okxForcedRepaymentOrder),
  okxPlatformRepaymentToPercent: whole(0, 100),
  dailyMidnightFrom: whole(0, instantMax),
  autoRepayAt: { holds: areTimesOfDay, choices: [`a list of whole milliseconds of the UTC day, each below ${dayMs}`] },
  marginLevels: oneOf(engineOptions.marginLevels),
  marginLeverage: whole(2, leverageMax),
}

/** Options that were given and can be gone by. @throws `venue.behaviour-malformed` naming the option and its choices */
export function checkBehaviour(given: Partial<EngineBehaviour>): void {
  for (const [name, { holds, choices }] of Object.entries(checks)) {
    const value: unknown = given[name as keyof EngineBehaviour]
    if (value !== undefined && !holds(value))
      fail('venue.behaviour-malformed', { name, value: JSON.stringify(value) ?? String(value), choices })
  }
}

/** What an option may be, in words: its choices or its range. */
export function acceptedValues(option: keyof EngineBehaviour): readonly string[] {
  return checks[option].choices
}

function oneOf(stated: OpenChoice<string>): Check {
  const choices = stated.choices.map(([choice]) => choice)
  return { holds: (value) => typeof value === 'string' && choices.includes(value), choices }
}

function whole(least: number, most: number): Check {
  return { holds: (value) => isWhole(value, least, most), choices: [`a whole number from ${least} to ${most}`] }
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}

function isSpan(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { minimum, maximum } = value as { minimum?: unknown; maximum?: unknown }
  return isWhole(minimum, 0, dayMs) && isWhole(maximum, 0, dayMs) && minimum <= maximum
}

function areTimesOfDay(value: unknown): boolean {
  return Array.isArray(value) && value.every((time) => isWhole(time, 0, dayMs - 1))
}
