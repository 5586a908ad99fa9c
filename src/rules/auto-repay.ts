import { parseInstant } from '../time/instant.ts'

/** The switch and the repayment came together, 2023-07-18 (facts A3.4); the hour is not known. */
export const autoRepayFrom = parseInstant('2023-07-18T00:00:00Z')

/** From here on the switch may be set only so often a day (facts A6); the hour is not known. */
export const repaySwitchLimitFrom = parseInstant('2024-11-01T00:00:00Z')
