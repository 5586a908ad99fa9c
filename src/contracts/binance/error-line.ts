/** One code of Binance's list: its name, status and texts. `%s` in a text stands for a value. */
export interface BinanceErrorLine {
  readonly code: number
  readonly name: string
  /** The HTTP status it comes with. The list states none: 400 but where facts A2 say otherwise. */
  readonly status: number
  /** The texts of the list, in its order. */
  readonly texts: readonly string[]
  /** Texts seen on the wire that the list does not have, or has otherwise. */
  readonly seen: readonly string[]
}

/** States one code that comes with HTTP 400. */
export function refusal(code: number, name: string, ...texts: readonly string[]): BinanceErrorLine {
  return withStatus(400, code, name, ...texts)
}

/** States one code with its HTTP status. */
export function withStatus(status: number, code: number, name: string, ...texts: readonly string[]): BinanceErrorLine {
  return Object.freeze({ code, name, status, texts: Object.freeze(texts), seen: noTexts })
}

/** The same code with texts that were seen on the wire. */
export function seenAs(line: BinanceErrorLine, ...seen: readonly string[]): BinanceErrorLine {
  return Object.freeze({ ...line, seen: Object.freeze(seen) })
}

const noTexts: readonly string[] = Object.freeze([])
