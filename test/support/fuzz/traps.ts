import type { ParameterType } from '../../../src/contracts/parameter.ts'
import { dayMs, minuteMs } from '../../../src/time/units.ts'

/** What a trap is laid for: a parameter, a text that would do, and the venue's present. */
export interface Bait {
  readonly name: string
  readonly type: ParameterType<unknown>
  readonly good: string
  readonly now: number
}

/** Ways to send one parameter wrongly, as raw pieces of a query; several pieces stand side by side in one text, divided by `&`. */
export type Trap = (bait: Bait) => readonly string[]

const valued =
  (...texts: readonly string[]): Trap =>
  ({ name }) =>
    texts.map((text) => `${name}=${text}`)

const encoded = (...texts: readonly string[]): Trap => valued(...texts.map(encodeURIComponent))

/** By name, so that a failure says what was sent. None has to be wrong for every parameter. */
export const traps = {
  missing: () => [''],
  empty: ({ name }) => [`${name}=`, name, `${name}=%20`],
  twice: ({ name, good }) => [`${name}=${good}&${name}=${good}`, `${name}=${good}&${name}=`, `${name}=1&${name}=2`],
  'too long': valued('A'.repeat(300), '7'.repeat(5_000), 'A,'.repeat(2_000)),
  'out of bounds by one': ({ name, type: { bounds } }) =>
    bounds === undefined ? [`${name}=-1`, `${name}=0`] : [`${name}=${bounds.minimum - 1}`, `${name}=${bounds.maximum + 1}`],
  'huge digits': valued('99999999999999999999', '9007199254740993', '9999999999999999999', '1'.repeat(400), '9'.repeat(60)),
  negative: ({ name, good }) => [`${name}=-${good}`, `${name}=-1`, `${name}=-0`, `${name}=--1`],
  exponent: valued('1e3', '1E400', '1e-9', '1e999999999', '1e', 'e1'),
  'many decimals': valued('0.00000000000000001', '1.5', '.5', '5.', '0.1234567890123456789012345', '1.', '0.0', '1..2', '1,5'),
  'another type': valued('abc', 'true', 'NaN', 'Infinity', 'null', 'undefined', '0x10', '1_000', '[object%20Object]', '0b1', '007'),
  'of the prototype': valued('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'),
  dollars: valued('$&', "$'", '$1', '%24%60', '%s', '{param0}', '%25s'),
  unicode: encoded('١٢٣', '１２３', '𝟙', '💸', 'ＵＳＤＴ', 'ſ', 'ǅ', '\u202eTDSU', '\ufeff1', 'USDT\u0301', '\ud7ff\ue000'),
  'raw unicode': valued('💸', 'é', '\ud800', '\u2028', 'ÿþ'),
  'percent traps': valued('%', '%zz', '%E0%A4%A', '%C0%AF', '%ff', '%u0041', '%25', '%2541', '100%', '%%', '%2', 'U%53DT'),
  nul: ({ name, good }) => [`${name}=%00`, `${name}=${good}%00`, `${name}=${good}\0`, `${name}%00=${good}`],
  controls: ({ name, good }) => [`${name}=${good}%0A`, `${name}=%0D%0AX:%201`, `${name}=%7F`, `${name}=%1B[0m`],
  separators: ({ name, good }) => [
    `${name}=${good}%26x%3D1`,
    `${name}=${good};x=1`,
    `${name}==${good}`,
    `&&${name}=${good}&&`,
    `?${name}=${good}`,
  ],
  spaces: ({ name, good }) => [`${name}=+${good}`, `${name}=${good}+`, `+${name}=${good}`, `${name}=%09${good}`, `${name}=%C2%A0${good}`],
  arrays: ({ name, good }) => [
    `${name}[]=${good}`,
    `${name}[0]=${good}&${name}[1]=${good}`,
    `${name}=[${good}]`,
    `${name}=${good},,${good}`,
    `${name}=,`,
  ],
  json: ({ name, good }) => [`${name}={"$gt":""}`, `${name}=%7B%22a%22%3A1%7D`, `${name}="${good}"`, `${name}[a]=${good}`],
  'another case': ({ name, good }) => [
    `${name.toUpperCase()}_=${good}`,
    `${name[0]?.toUpperCase()}${name.slice(1)}=${good}`,
    `${name}=${good.toLowerCase()}`,
  ],
  'unknown beside': ({ name, good }) => [
    `${name}=${good}&other=1`,
    `${name}=${good}&__proto__=1`,
    `${name}=${good}&=1`,
    `constructor=1&${name}=${good}`,
  ],
  markup: encoded("' OR 1=1 --", '<script>', '../../etc/passwd', '\\', '`', '"', '{7*7}'),
  'odd instants': (bait) => [...oddInstants(bait)].map((text) => `${bait.name}=${text}`),
} as const satisfies Record<string, Trap>

export type TrapName = keyof typeof traps
export const trapNames = Object.keys(traps) as readonly TrapName[]

function* oddInstants({ now }: Bait): Generator<string> {
  const numbers = [0, 1, now + 1, now + 999, now + 1_000, now - 5_000, now - 5_001, now - 60_001, now + dayMs, now - 4_000 * dayMs]
  for (const instant of [...numbers, 8_640_000_000_000_000, 8_640_000_000_000_001, 253_402_300_800_000, Number.MAX_SAFE_INTEGER])
    yield `${instant}`
  yield* [`${Math.floor(now / 1_000)}`, `${now}000`, `${now}.5`, `0${now}`, new Date(now).toISOString(), '2026-02-30', `${now - minuteMs}`]
}

/** A text the type reads, one of those that mean something to the venue where there is one. */
export function goodText(name: string, type: ParameterType<unknown>, now: number, pick: number): string {
  if (name === 'timestamp') return now.toString()
  const instants = [now - dayMs, now - 3 * dayMs, now - 1, now]
  const oneOf = /^one of (.*)$/.exec(type.expects)?.[1]?.split(', ') ?? []
  const { minimum, maximum } = type.bounds ?? { minimum: 0, maximum: 100 }
  const numbers = [minimum, maximum, 5].filter((number) => number >= minimum && number <= maximum)
  const candidates = [...oneOf, ...(type.expects.startsWith('epoch') ? instants : []), ...(type.bounds === undefined ? [] : numbers)]
  const general = ['USDT', 'BTC', '0.01', '1', 'true', 'BNB', 'false', '100', 'ETH', '0.00001', 'MARGIN']
  const readable = (candidates.length > 0 ? candidates : general).map(String).filter((text) => type.parse(text) !== undefined)
  return readable[pick % Math.max(readable.length, 1)] ?? '1'
}
