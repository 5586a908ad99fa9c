import { entry, quoted } from '../entry.ts'

/** Errors of the ground floor: decimals, time, JSON. */
export const groundErrors = {
  'decimal.malformed': entry<{ text: string }>({
    exit: 'usage',
    says: ({ text }) => `${quoted(text)} is not a decimal number`,
    remedy: 'Write digits with at most one decimal point, such as -12.345.',
  }),
  'decimal.too-long': entry<{ digits: number; limit: number }>({
    exit: 'usage',
    says: ({ digits, limit }) => `a decimal of ${digits} digits is longer than the ${limit} digits allowed`,
    remedy: 'Round the value before it is passed in.',
  }),
  'decimal.too-many-decimals': entry<{ text: string; decimals: number }>({
    exit: 'internal',
    says: ({ text, decimals }) => `${quoted(text)} cannot be printed with at most ${decimals} decimals without rounding`,
    remedy: 'Round the amount by the rule that governs it before printing it.',
  }),
  'decimal.divided-by-zero': entry<{ dividend: string }>({
    exit: 'usage',
    says: ({ dividend }) => `${dividend} cannot be divided by zero`,
    remedy: 'Give a divisor other than zero.',
  }),
  'time.malformed': entry<{ text: string }>({
    exit: 'usage',
    says: ({ text }) => `${quoted(text)} is not an instant`,
    remedy: 'Write an ISO date or instant in UTC, such as 2026-01-31 or 2026-01-31T08:00:00Z, or epoch milliseconds.',
  }),
  'time.interval-reversed': entry<{ from: number; to: number }>({
    exit: 'usage',
    says: ({ from, to }) => `the interval from ${from} to ${to} ends before it starts`,
    remedy: 'Give a start that is not after the end (epoch milliseconds UTC).',
  }),
  'time.clock-backwards': entry<{ now: number; target: number }>({
    exit: 'usage',
    says: ({ now, target }) => `the clock stands at ${now} and cannot be moved back to ${target}`,
    remedy: 'Choose an instant at or after the present one; a clock only moves forward.',
  }),
  'json.malformed': entry<{ text: string; reason: string }>({
    exit: 'unreachable',
    says: ({ text, reason }) => `this is not JSON (${reason}): ${quoted(text)}`,
    remedy: 'Check that the address answers as an exchange does and that nothing in between rewrites replies.',
  }),
}
