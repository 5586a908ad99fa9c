import type { BookAccount } from '../book/record.ts'
import { type Cadence, everyDayAtMidnightUtc, everyHour } from '../time/boundary.ts'
import { dayMs } from '../time/units.ts'

/** How often the debts that a forecast is about are charged; a period of a rate's history (facts A4.2, B4). */
export function chargeCadence({ exchange }: BookAccount): Cadence {
  return exchange === 'binance' ? everyDayAtMidnightUtc : everyHour
}

export function periodsPerDay(account: BookAccount): number {
  return dayMs / chargeCadence(account).everyMs
}
