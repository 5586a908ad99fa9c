import type { Endpoint } from '../../../src/contracts/contract.ts'
import type { Change, Plan } from './plan.ts'
import { goodText, type TrapName, trapNames } from './traps.ts'

/**
 * What stands in a JSON body where a parameter should be, as raw pieces `"name":value`. The names of the traps are those
 * of queries, so that one plan serves both; where a trap is one of queries alone, JSON has one of its own in its place.
 */
type JsonTrap = (name: string, good: string) => readonly string[]

const member = (name: string, ...values: readonly string[]): readonly string[] => values.map((value) => `"${name}":${value}`)

const jsonTraps: Readonly<Record<TrapName, JsonTrap>> = {
  missing: () => [''],
  empty: (name) => member(name, '""', 'null', '" "', '[]', '{}'),
  twice: (name, good) => [`"${name}":${good},"${name}":${good}`, `"${name}":null,"${name}":${good}`, `"${name}":"1","${name}":"2"`],
  'too long': (name) => member(name, `"${'A'.repeat(300)}"`, `"${'7'.repeat(5_000)}"`, '7'.repeat(5_000)),
  'out of bounds by one': (name) => member(name, '0', '-1', '"0"', '"-1"', '101'),
  'huge digits': (name) => member(name, `"${'9'.repeat(60)}"`, '9007199254740993', '9'.repeat(400), '1e308'),
  negative: (name) => member(name, '-1', '-0', '"-0.01"', '- 1'),
  exponent: (name) => member(name, '1e3', '1E400', '1e-400', '"1e3"', '1e', '1e999999999999'),
  'many decimals': (name) => member(name, '"0.00000000000000000001"', '1.5', '.5', '5.', '0.1234567890123456789012345'),
  'another type': (name) => member(name, 'true', 'false', '1', '"abc"', '"true"', 'NaN', 'Infinity', 'undefined', "'x'", '0x10', '007'),
  'of the prototype': (name, good) => [
    ...member(name, '"__proto__"', '"constructor"'),
    `"__proto__":{"${name}":${good}}`,
    `"${name}":${good},"__proto__":1`,
  ],
  dollars: (name) => member(name, '"$&"', '"$1"', '"%s"', '"{param0}"'),
  unicode: (name) => member(name, '"١٢٣"', '"𝟙"', '"💸"', '"\\ud83d\\udcb8"', '"\\u0031"', '"USDT\\u0301"'),
  'raw unicode': (name) => member(name, '"\ud800"', '"\\ud800"', '"\u2028"', '"ÿ"', '"\ufeff"'),
  'percent traps': (name) => member(name, '"%"', '"%00"', '"\\"', '"\\x"', '"\\u00"', '"\\u{31}"'),
  nul: (name) => member(name, '"\\u0000"', '"\0"', '"1\\u0000"'),
  controls: (name) => member(name, '"\n"', '"\\n"', '"\t"', '"\\u001b"'),
  separators: (name, good) => [`"${name}":${good},`, `,"${name}":${good}`, `"${name}"=${good}`, `"${name}" ${good}`, `${name}:${good}`],
  spaces: (name, good) => [`  "${name}"\t:\n ${good} `, `" ${name}":${good}`, `"${name}":" 1"`, `\u00a0"${name}":${good}`],
  arrays: (name, good) => member(name, '[]', `[${good}]`, `[${good},${good}]`, '["a",]', `[[[${good}]]]`),
  json: (name, good) =>
    member(name, '{}', `{"$gt":${good}}`, `{"${name}":${good}}`, '"{\\"a\\":1}"', `${'['.repeat(3_000)}${']'.repeat(3_000)}`),
  'another case': (name, good) => [
    `"${name.toUpperCase()}_":${good}`,
    `"${name}":${good.toLowerCase()}`,
    `"${name}":TRUE`,
    `"${name}":None`,
  ],
  'unknown beside': (name, good) => [`"${name}":${good},"other":1`, `"${name}":${good},"":{}`, `"other":[[]],"${name}":${good}`],
  markup: (name) => member(name, '"\' OR 1=1"', '"<script>"', '"/*"', '1/*x*/', '1//x'),
  'odd instants': (name) => member(name, '0', '8640000000000001', '"2026-02-30"', '253402300800000'),
}

/** Bodies that are no object of parameters at all. */
const wholeBodies = [
  '',
  ' ',
  'null',
  '1',
  '"text"',
  'true',
  '[]',
  '[{}]',
  '{',
  '}',
  '{}}',
  '{} {}',
  '\ufeff{}',
  '{}\0',
  '{"a":1}x',
  'ccy=BTC&amt=1',
  '<xml/>',
  '['.repeat(20_000),
  '{"a":'.repeat(8_000),
  `{${'"a":1,'.repeat(5_000)}"b":2}`,
  `"${'x'.repeat(60_000)}"`,
  '{"a":"\\',
  '/* c */{}',
  '{"toString":1,"valueOf":{},"constructor":null}',
]

/** The JSON body of a plan. A change of the parameter `unknown` replaces it as a whole now and then. */
export function bodyOf<Envelope extends string>({ parameters }: Endpoint, { changes, pick }: Plan<Envelope>, now: number): string {
  const unknown = changes.find(({ parameter }) => parameter === 'unknown')
  if (unknown !== undefined) return wholeBodies[(unknown.pick + trapNames.indexOf(unknown.trap)) % wholeBodies.length] ?? ''
  const members = Object.entries(parameters).flatMap(([name, { need, type }], place): string[] => {
    const text = goodText(name, type, now, pick + place)
    const good = type.json === 'boolean' ? text : JSON.stringify(text)
    const change = changes.find(({ parameter }) => parameter === name)
    if (change !== undefined) return [trapped(change, good)]
    return need === 'mandatory' || (pick >> (place % 8)) % 3 === 0 ? [`"${name}":${good}`] : []
  })
  return `{${members.filter((piece) => piece !== '').join(',')}}`
}

function trapped({ parameter, trap, pick }: Change, good: string): string {
  const pieces = jsonTraps[trap](parameter, good)
  return pieces[pick % pieces.length] ?? ''
}
