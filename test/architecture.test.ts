import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesBelow, root } from './support/packed.ts'

interface Restriction {
  readonly group: readonly string[]
  readonly message: string
}

interface Override {
  readonly includes: readonly string[]
  readonly linter: {
    readonly rules: {
      readonly style?: { readonly noRestrictedImports?: { readonly options: { readonly patterns: readonly Restriction[] } } }
    }
  }
}

const document = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
const { overrides } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as { readonly overrides: readonly Override[] }

/** What the linter refuses, by the room that it refuses it. */
const rules = new Map(
  overrides.flatMap(({ includes, linter }) => {
    const restriction = linter.rules.style?.noRestrictedImports
    return restriction === undefined ? [] : [[includes[0]?.match(/^src\/(\w+)\//)?.[1] ?? '', restriction.options.patterns] as const]
  }),
)

/** The document's table: what each room may use. */
const table = new Map([...document.matchAll(/^\| `(\w+)` \|.*\| ([^|]+) \|$/gm)].map(([, room = '', uses = '']) => [room, uses] as const))
const notBuilt = [
  ...(document.match(/^(.*) have their rules in the linter already and are not built yet/m)?.[1] ?? '').matchAll(/`(\w+)`/g),
].map(([, room = '']) => room)
const rooms = [...table.keys(), ...notBuilt]

/** Rooms at the top may use every other one; the linter refuses them nothing. */
const unrestricted = ['cli', 'console']

describe('docs/architecture.md', () => {
  test('has a row for every room there is, and no other', () => {
    const built = new Set(filesBelow(join(root, 'src')).flatMap((file) => (file.includes('/') ? [file.split('/')[0]] : [])))
    expect([...table.keys()].sort()).toEqual([...built].sort())
    expect(rooms.filter((room) => !unrestricted.includes(room)).sort()).toEqual([...rules.keys()].sort())
  })

  test.each([...table.keys()].filter((room) => !unrestricted.includes(room)))('says of %s what the linter keeps', (room) => {
    const said = table.get(room) === 'nothing' ? [] : (table.get(room) ?? '').split(', ')
    const [imports] = rules.get(room) ?? []
    expect(imports?.message).toContain(`src/${room}/ may use only: ${table.get(room)}.`)
    const refused = rooms.filter((other) => other !== room && !said.includes(other)).map((other) => `**/${other}/**`)
    expect([...(imports?.group ?? [])].sort()).toEqual(refused.sort())
  })

  test('names the rooms that do no input or output', () => {
    const sentence = document.replaceAll('\n', ' ').match(/((?:`\w+`(?:, | and )?)+) do no input or output/)?.[1] ?? ''
    const silent = [...rules].filter(([, patterns]) => patterns.some(({ message }) => message.includes('does no input or output')))
    expect([...sentence.matchAll(/`(\w+)`/g)].map(([, room]) => room).sort()).toEqual(silent.map(([room]) => room).sort())
  })
})
