import fc from 'fast-check'

/** A scenario as it is written: mappings, lists and texts. */
export type Tree = string | boolean | null | Tree[] | { [name: string]: Tree }

/** One wrong turn: where (counted through the tree), what is done there, and with which value. */
export interface TreeChange {
  readonly place: number
  readonly deed: Deed
  readonly pick: number
}

const deeds = ['drop', 'replace', 'twice', 'swap', 'nest', 'rename', 'add', 'alias', 'anchor', 'copy'] as const
type Deed = (typeof deeds)[number]

export const treeChange: fc.Arbitrary<TreeChange> = fc.record({
  place: fc.nat(),
  deed: fc.constantFrom(...deeds),
  pick: fc.nat(1_000),
})

const values: readonly Tree[] = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1',
    '1.5',
    '-0',
    '1e5',
    '0x10',
    '1_000',
    'NaN',
    '.inf',
    '~',
    'true',
    'null',
    '9'.repeat(30),
    '9'.repeat(31),
    '-'.concat('9'.repeat(30)),
  ],
  ...[
    '0.000000000000000000000001',
    '0.00000001',
    '0.0000000000000001',
    '1.',
    '.5',
    '+1',
    '1,5',
    '99',
    '15',
    '16',
    '10000',
    '10001',
    '999999999',
  ],
  ...[
    'end',
    '-1d',
    '-999999d',
    '1d',
    '-0s',
    '-1d 99:99',
    '1s',
    '0s',
    '2026-02-30',
    '1970-01-01',
    '9999-12-31T23:59:59Z',
    '2026-01-31T08:00:00+01:00',
    'now',
  ],
  ...['USDT', 'usdt', 'BTC', 'DOGE', 'A'.repeat(21), 'main', 'nobody', '-x', 'okx', 'binance', 'um', 'cash', 'hmac', 'rsa', 'read'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '💸',
    '\u0000',
    '\u2028',
    'x'.repeat(3_000),
    '../../etc/hostname',
    '!!binary x',
    '*none',
    '&a',
    '{',
    '%',
    '# x',
  ],
  ...[
    null,
    true,
    [],
    {},
    [[]],
    [null],
    [{}],
    { a: '1' },
    { __proto__x: '1' },
    { start: '1' },
    { start: '1', changes: [{ at: '-1s', to: '2' }] },
    ['0', '1'],
    ['1', '0'],
    ['1'],
  ],
  ...[{ every: '1s', between: ['0', '1'], step: '1' }, { kind: 'deposit' }, Array<Tree>(30).fill('USDT')],
]

/** Every place of a tree: what holds it, and by which name or index. */
function placesOf(tree: Tree): { readonly holder: Tree[] | { [name: string]: Tree }; readonly name: string }[] {
  if (tree === null || typeof tree !== 'object') return []
  return Object.entries(tree).flatMap(([name, value]) => [{ holder: tree as Tree[] | { [name: string]: Tree }, name }, ...placesOf(value)])
}

/** The tree with one change, made in place. */
export function withChange(tree: Tree, { place, deed, pick }: TreeChange): Tree {
  const places = placesOf(tree)
  const chosen = places[place % Math.max(places.length, 1)]
  if (chosen === undefined) return tree
  const { name } = chosen
  // Lists are changed by index as mappings are by name.
  const holder = chosen.holder as { [name: string]: Tree }
  const other = places[(place + pick) % places.length] ?? chosen
  const value = values[pick % values.length] ?? null
  const old = holder[name] ?? null
  switch (deed) {
    case 'drop':
      if (Array.isArray(chosen.holder)) chosen.holder.splice(Number(name), 1)
      else delete holder[name]
      break
    case 'replace':
      holder[name] = structuredClone(value)
      break
    case 'twice':
      if (Array.isArray(chosen.holder)) chosen.holder.push(structuredClone(old))
      else holder[`@@twice@@${name}`] = structuredClone(value)
      break
    case 'swap':
    case 'copy': {
      const others = other.holder as { [name: string]: Tree }
      holder[name] = structuredClone(others[other.name] ?? null)
      if (deed === 'swap') others[other.name] = structuredClone(old)
      break
    }
    case 'nest':
      holder[name] = pick % 2 === 0 ? [structuredClone(old)] : { [name]: structuredClone(old) }
      break
    case 'rename':
    case 'add':
      if (!Array.isArray(chosen.holder)) setOwn(holder, typeof value === 'string' ? value : 'other', structuredClone(old))
      if (deed === 'rename' && !Array.isArray(chosen.holder)) delete holder[name]
      break
    case 'alias':
      holder[name] = `@@alias@@${pick % 2}`
      break
    case 'anchor':
      if (typeof old === 'string') holder[name] = `@@anchor@@${pick % 2}@@${old}`
      break
  }
  return tree
}

/** Also where the name is one that every object has. */
function setOwn(holder: { [name: string]: Tree }, name: string, value: Tree): void {
  Object.defineProperty(holder, name, { value, enumerable: true, writable: true, configurable: true })
}

/** What a tree cannot say: keys given twice, anchors and aliases. */
export function withMarks(text: string): string {
  return text
    .replaceAll(/"?@@alias@@(\d)"?/g, '*a$1')
    .replaceAll(/(["']?)@@anchor@@(\d)@@/g, '&a$2 $1')
    .replaceAll(/(["']?)@@twice@@/g, '$1')
}
