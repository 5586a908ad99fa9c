import { fail } from '../../errors/overdraft-error.ts'
import { dayMs } from '../../time/units.ts'
import type { EngineBehaviour } from './behaviour.ts'
import { instantMax } from './instant-max.ts'

interface Check {
  readonly holds: (value: unknown) => boolean
  /** As it is told of. */
  readonly choices: readonly string[]
}

const leverageMax = 1_000

const checks: { readonly [Option in keyof EngineBehaviour]: Check } = {
  autoExchangeDurationMs: { holds: isSpan, choices: ['{ minimum, maximum } in whole milliseconds, the minimum not above the maximum'] },
  autoExchangeMeasure: oneOf('total'),
  okxRecordDelayMs: whole(0, dayMs),
  okxStablecoinQuota: oneOf('enlarged', 'own'),
  okxVipDeduction: oneOf('hourly'),
  okxBorrowLeverage: whole(1, leverageMax),
  okxForcedRepaymentEveryMs: whole(1, dayMs),
  okxForcedRepaymentStep: oneOf('whole', 'half'),
  okxForcedRepaymentOrder: oneOf('higher-rate-first', 'lower-rate-first'),
  okxPlatformRepaymentToPercent: whole(0, 100),
  dailyMidnightFrom: whole(0, instantMax),
  autoRepayAt: { holds: areTimesOfDay, choices: [`a list of whole milliseconds of the UTC day, each below ${dayMs}`] },
  marginLevels: oneOf('today', 'former'),
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

function oneOf(...choices: readonly string[]): Check {
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
