import { catalogue, type ErrorCode } from './catalogue.ts'
import type { ErrorEntry, ExitName } from './entry.ts'

type ValuesOf<Code extends ErrorCode> = (typeof catalogue)[Code] extends ErrorEntry<infer Values> ? Values : never

/**
 * An error whose text names the value that was wrong and the way out.
 *
 * `code` is stable and may be tested for; `message` is what was wrong, `remedy` what to do.
 *
 * @example
 * try { decimal('1,5') } catch (error) { if (isOverdraftError(error, 'decimal.malformed')) … }
 */
export class OverdraftError extends Error {
  override readonly name = 'OverdraftError'
  readonly code: ErrorCode
  readonly remedy: string
  readonly exit: ExitName
  readonly values: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, text: string, remedy: string, exit: ExitName, values: Record<string, unknown>, cause?: unknown) {
    super(text, cause === undefined ? undefined : { cause })
    this.code = code
    this.remedy = remedy
    this.exit = exit
    this.values = Object.freeze({ ...values })
  }
}

/** Builds the catalogued error `code` for the values at hand. */
export function overdraftError<Code extends ErrorCode>(code: Code, values: ValuesOf<Code>, cause?: unknown): OverdraftError {
  const stated = catalogue[code] as unknown as ErrorEntry<ValuesOf<Code>>
  const remedy = typeof stated.remedy === 'string' ? stated.remedy : stated.remedy(values)
  return new OverdraftError(code, stated.says(values), remedy, stated.exit, values as Record<string, unknown>, cause)
}

/** Throws the catalogued error `code`. */
export function fail<Code extends ErrorCode>(code: Code, values: ValuesOf<Code>, cause?: unknown): never {
  throw overdraftError(code, values, cause)
}

/** Whether `error` is one of ours, and, when `code` is given, that one. */
export function isOverdraftError(error: unknown, code?: ErrorCode): error is OverdraftError {
  return error instanceof OverdraftError && (code === undefined || error.code === code)
}
