/** How a command ends, by name; the numbers are documented in `docs/exit-codes.md`. */
export const exitCodes = {
  ok: 0,
  internal: 1,
  usage: 2,
  configuration: 3,
  refused: 4,
  unreachable: 5,
  storage: 6,
  incomplete: 7,
  mismatch: 8,
  findings: 9,
  interrupted: 130,
} as const

export type ExitName = keyof typeof exitCodes

/** One line of the error catalogue: what is said of the values at hand, and what the reader can do about it. */
export interface ErrorEntry<Values> {
  readonly exit: ExitName
  readonly says: (values: Values) => string
  readonly remedy: string | ((values: Values) => string)
}

/** States one catalogue entry; the values' type is taken from `says`. */
export function entry<Values>(stated: ErrorEntry<Values>): ErrorEntry<Values> {
  return Object.freeze(stated)
}

const longestQuotedValue = 120

/** A value as error texts show it: in quotes, shortened so that a hostile input cannot flood a log. */
export function quoted(value: unknown): string {
  // In one line, so that a value from outside is never taken for a sentence of ours.
  const text = (typeof value === 'string' ? value : String(value)).replace(/\s*[\r\n]\s*/g, ' ')
  return text.length <= longestQuotedValue ? `"${text}"` : `"${text.slice(0, longestQuotedValue)}…"`
}
