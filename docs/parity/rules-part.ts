import { cell, code, table } from '../../src/contracts/reference-markdown.ts'
import { ruleCatalogue } from '../../src/rules/catalogue/catalogue.ts'
import type { Rule } from '../../src/rules/catalogue/rule.ts'
import { isoInstant } from '../../src/time/instant.ts'
import { faultKindNames, statedKind } from '../../src/venue/faults/kinds.ts'
import { filesOf } from './contracts-part.ts'
import type { Part } from './part.ts'
import type { Suite, Suites } from './suites.ts'
import { readText } from './test-files.ts'

/** Every rule with its dates, both ways against the tests that bear its name. */
export function rulesPart({ suites }: Suites): Part {
  const proven = byName(suites, 'rule: ')
  const missing = [
    ...ruleCatalogue.filter(({ name }) => !proven.has(name)).map(({ name }) => `the rule ${name} has no describe('rule: ${name}', …)`),
    ...[...proven.keys()]
      .filter((name) => !ruleCatalogue.some((rule) => rule.name === name))
      .map((name) => `rule: ${name} is tested, but not in src/rules/catalogue`),
    ...ruleCatalogue.flatMap(({ name, module }) =>
      isThere(`src/${module}`) ? [] : [`the rule ${name} names src/${module}, which is not there`],
    ),
  ]
  const rows = ruleCatalogue.map((rule) => [
    code(rule.name),
    cell(rule.says),
    forceWords(rule),
    cell(rule.facts.join(', ')),
    code(`src/${rule.module}`),
    filesOf(proven.get(rule.name) ?? []),
  ])
  return {
    text: [
      '## Rules',
      'The facts are sections of [exchange-facts.md](exchange-facts.md).',
      table(['Rule', 'What it says', 'In force', 'Facts', 'Carried out in', 'Tests'], rows),
    ],
    missing,
  }
}

/** Every kind of fault, both ways. */
export function faultsPart({ suites }: Suites): Part {
  const proven = byName(suites, 'fault: ')
  const names: readonly string[] = faultKindNames
  const missing = [
    ...names.filter((name) => !proven.has(name)).map((name) => `the fault ${name} has no describe('fault: ${name}', …)`),
    ...[...proven.keys()].filter((name) => !names.includes(name)).map((name) => `fault: ${name} is tested, but no kind`),
  ]
  const rows = faultKindNames.map((name) => [code(name), cell(statedKind(name).says), filesOf(proven.get(name) ?? [])])
  return { text: ['## Faults', 'Their settings are in [faults.md](faults.md).', table(['Kind', 'What happens', 'Tests'], rows)], missing }
}

function byName(suites: readonly Suite[], prefix: string): ReadonlyMap<string, readonly Suite[]> {
  const found = new Map<string, Suite[]>()
  for (const suite of suites) {
    if (!suite.title.startsWith(prefix)) continue
    const name = suite.title.slice(prefix.length)
    found.set(name, [...(found.get(name) ?? []), suite])
  }
  return found
}

function forceWords({ from, until }: Rule): string {
  const words = [
    from === undefined ? '' : `from ${isoInstant(from).slice(0, 16)}Z`,
    until === undefined ? '' : `until ${isoInstant(until).slice(0, 16)}Z`,
  ]
  return words.filter((word) => word !== '').join(' ') || 'always'
}

function isThere(path: string): boolean {
  try {
    return readText(path) !== ''
  } catch {
    return false
  }
}
