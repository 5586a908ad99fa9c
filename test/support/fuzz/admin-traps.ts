import type { FieldPath, Schema } from './json-schema.ts'

/** What a field can never be, or only by chance; raw JSON. The last ones follow from what the schema says of it. */
export function wrongValues({ minimum, maximum, exclusiveMinimum, minLength, maxLength, enum: words }: Schema): readonly string[] {
  const bounds = [minimum, maximum, exclusiveMinimum].flatMap((bound) =>
    bound === undefined ? [] : [`${bound - 1}`, `${bound}`, `${bound + 1}`],
  )
  const lengths = [minLength, maxLength].flatMap((length) =>
    length === undefined ? [] : [JSON.stringify('x'.repeat(Math.max(length - 1, 0))), JSON.stringify('x'.repeat(length + 1))],
  )
  const near = (words ?? []).flatMap((word) => [JSON.stringify(`${word} `), JSON.stringify(String(word).toUpperCase())])
  return [...anyWrongValues, ...bounds, ...lengths, ...near]
}

const anyWrongValues: readonly string[] = [
  ...['null', 'true', 'false', '0', '-1', '-0', '1', '1.5', '1e21', '1E400', '-1e400', '9007199254740993', '9'.repeat(300), '99'],
  ...[
    '""',
    '" "',
    '"0"',
    '"-1"',
    '"1e5"',
    '"1e999999999"',
    '"NaN"',
    '"Infinity"',
    '"0x10"',
    '"1_000"',
    '" 1"',
    '"1."',
    '".5"',
    '"+1"',
    '"--1"',
  ],
  ...[
    '"0.000000000000000000000000000000000000001"',
    '"99999999999999999999999"',
    `"${'9'.repeat(61)}"`,
    `"${'x'.repeat(5_000)}"`,
    '"100000000000000000000"',
  ],
  ...[
    '"١٢"',
    '"💸"',
    '"\\ud800"',
    '"\\u0000"',
    '"a\\nb"',
    '"\u202e"',
    '"a b"',
    '"__proto__"',
    '"constructor"',
    '"USDT\\u0000"',
    '"%s"',
    '"$&"',
    '"../.."',
  ],
  ...[
    '[]',
    '[null]',
    '[[]]',
    '["main","main"]',
    '{}',
    '{"__proto__":{"on":true}}',
    '{"toString":1}',
    `${'['.repeat(500)}${']'.repeat(500)}`,
  ],
]

/** Bodies that are no object of fields at all. */
export const wholeBodies: readonly string[] = [
  ...[
    '',
    ' ',
    'null',
    'true',
    '1',
    '"text"',
    '[]',
    '[{}]',
    '{',
    '}',
    '{}}',
    '{} {}',
    '\ufeff{}',
    '{}\0',
    '{"a":NaN}',
    "{'a':1}",
    '{"a":1,}',
    '/**/{}',
  ],
  ...['asset=USDT&amount=1', '<xml/>', '['.repeat(100_000), '{"a":'.repeat(50_000), `{"a":"${'x'.repeat(1_100_000)}"}`],
  ...['{"__proto__":{"asset":"USDT","amount":"1"}}', '{"constructor":{"prototype":{}}}', '{"id":""}', `{"id":"${'x'.repeat(129)}"}`],
]

export const oddHeaders: readonly Readonly<Record<string, string>>[] = [
  { authorization: '' },
  { authorization: 'Bearer' },
  { authorization: 'Bearer  token' },
  { authorization: 'Bearer token, Bearer token' },
  { authorization: `Bearer ${'t'.repeat(20_000)}` },
  { authorization: 'Bearer tok\u00ffen' },
  { 'content-type': 'text/plain' },
  { 'content-type': '' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'application/jsonp' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-length': '99999999' },
  { 'content-length': '-1' },
  { 'content-length': 'x' },
  { origin: 'null' },
  { origin: 'http://198.51.100.7' },
  { host: '198.51.100.7' },
  { host: '' },
  { 'content-encoding': 'gzip' },
]

/** What a name in a path, or a value in a query, can be; raw. */
export const oddTexts: readonly string[] = [
  ...[
    '',
    '%20',
    '%00',
    '%',
    '%zz',
    '%E0%A4%A',
    '%C0%AF',
    '%ff',
    '%2F',
    '%2e%2e',
    '..',
    '.',
    '%25',
    'a%0Ab',
    'x'.repeat(65),
    'x'.repeat(5_000),
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'nobody',
    '%F0%9F%92%B8',
    '-1',
    '0',
    '1.5',
    '1e3',
    '10001',
    'NaN',
    '[]',
    '{}',
    'null',
    '%22',
    "'",
    '*',
    '$&',
    '+',
  ],
]

/** The JSON text of a body with one field replaced by a raw value, or left out when there is none. */
export function withField(body: unknown, path: FieldPath, raw: string | undefined): string {
  const copy = structuredClone(body)
  const hole = '\u0001hole\u0001'
  let place = copy as Record<string | number, unknown>
  for (const [index, step] of path.entries()) {
    const next = path[index + 1]
    if (next === undefined) {
      if (raw === undefined) delete place[step]
      else place[step] = hole
    } else {
      place[step] ??= typeof next === 'number' ? [] : {}
      place = place[step] as Record<string | number, unknown>
    }
  }
  return JSON.stringify(copy).replace(JSON.stringify(hole), () => raw ?? '')
}
