import { readFileSync } from 'node:fs'
import type { Argument, Command, Option } from 'commander'
import { describe, expect, test } from 'vitest'
import { processIo } from '../src/cli/process-io.ts'
import { buildProgram } from '../src/cli/program.ts'

const document = readFileSync(new URL('cli.md', import.meta.url), 'utf8')
const program = buildProgram(processIo(new AbortController().signal), () => undefined)

/** What the program can do: each command that does something, by how it is called. */
const commands = new Map(program.commands.flatMap((command) => leaves(command, command.name())))

function leaves(command: Command, name: string): readonly (readonly [string, Command])[] {
  if (command.commands.length === 0) return [[name, command]]
  return command.commands.flatMap((one) => leaves(one, `${name} ${one.name()}`))
}

/** The usages of the page's first table. A command may have several, each with what belongs together. */
const usages = [...document.matchAll(/^\| (`.+`) \| .+ \|$/gm)]
  .flatMap(([, cell = '']) => [...cell.replaceAll('\\|', '|').matchAll(/`([^`]+)`/g)].map(([, usage = '']) => usage))
  .flatMap((usage) => {
    const name = [...commands.keys()].find((one) => usage === one || usage.startsWith(`${one} `))
    return name === undefined ? [] : [{ name, parts: partsOf(usage.slice(name.length)) }]
  })

/** An argument or an option with its value, in brackets where it may be left out, and with … where it may be given again. */
function partsOf(text: string): readonly string[] {
  return [...text.matchAll(/\[(?:[^[\]]|\[[^\]]*\])+\]…?|--\S+(?: [^\s[-]\S*)?|\S+/g)].map(([part]) => part)
}

/** `[--in CURRENCY [--price-age HOURS]]` says that the second belongs to the first. */
const apart = (part: string) => [...part.matchAll(/--[^\s\]]+(?: [^\s[\]]+)?/g)].map(([option]) => option)

const format = new Set(['--json', '--csv'])
const optionsOf = (command: Command) => command.options.filter(({ long }) => !format.has(long ?? ''))

function takenBy({ argChoices, flags }: Option): string {
  return argChoices?.join('|').toLowerCase() ?? flags.match(/<(.+)>/)?.[1] ?? ''
}

function shownArgument(argument: Argument): string {
  const name = argument.name().toUpperCase()
  return argument.variadic ? `[${name.replace(/S$/, '')}…]` : name
}

describe('the table of docs/cli.md', () => {
  test('has every command, and no other', () => {
    const named = [...document.matchAll(/^\| `([a-z]+(?: [a-z]+(?:-[a-z]+)*)*)/gm)].map(([, name]) => name)
    expect([...new Set(usages.map(({ name }) => name))].sort()).toEqual([...commands.keys()].sort())
    expect(named.filter((name) => ![...commands.keys()].includes(name ?? ''))).toEqual([])
  })

  test.each([...commands.keys()])('says of %s what it takes', (name) => {
    const command = commands.get(name)!
    const parts = usages.filter((usage) => usage.name === name).flatMap((usage) => usage.parts)
    const said = [...new Set(parts.flatMap(apart))].filter((option) => !format.has(option)).map((option) => option.toLowerCase())
    expect(said.sort()).toEqual(
      optionsOf(command)
        .map((option) => `${option.long} ${takenBy(option)}`.trim())
        .sort(),
    )
    const positional = parts.filter((part) => !part.includes('--'))
    expect([...new Set(positional)]).toEqual(command.registeredArguments.map(shownArgument))
  })

  test.each([...commands.keys()])('puts in brackets what may be left out of %s, and an ellipsis behind what may be repeated', (name) => {
    const parts = usages.filter((usage) => usage.name === name).flatMap((usage) => usage.parts)
    for (const option of optionsOf(commands.get(name)!)) {
      const part = parts.find((one) => apart(one).some((taken) => taken.split(' ')[0] === option.long)) ?? ''
      // What makes another usage of the same command (`sync --plan`) stands in its row without brackets.
      if (option.mandatory) expect(part).not.toMatch(/^\[/)
      else if (option.long !== '--plan' && option.long !== '--watch' && option.long !== '--list-scenarios') expect(part).toMatch(/^\[/)
      expect(part.endsWith('…'), `${name} ${option.long}`).toBe(/again|repeated|several/.test(option.description))
    }
  })

  test('says which commands that print data have no --csv', () => {
    const without = [...commands].filter(([, { options }]) => {
      const longs = options.map(({ long }) => long)
      return longs.includes('--json') && !longs.includes('--csv')
    })
    const [, said = ''] = document.replaceAll('\n', ' ').match(/or `--csv`, ((?:`\w+(?: \w+)*`(?:, | and )?)+) only `--json`/) ?? []
    expect([...said.matchAll(/`(\w+(?: \w+)*)`/g)].map(([, name]) => name).sort()).toEqual(without.map(([name]) => name).sort())
    const neither = [...commands].filter(([, { options }]) => !options.some(({ long }) => long === '--json')).map(([name]) => name)
    expect(neither.sort()).toEqual(['account add', 'account remove', 'demo', 'export', 'import okx-bills', 'prices import'])
  })
})
