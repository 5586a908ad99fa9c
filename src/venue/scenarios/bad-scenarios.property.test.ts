import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { fuzzRuns, fuzzTimeoutMs } from '../../../test/support/fuzz/fuzz-runs.ts'
import { type Tree, type TreeChange, treeChange, withChange, withMarks } from '../../../test/support/fuzz/scenario-trees.ts'
import { errorOf } from '../../../test/support/scenario-text.ts'
import { isOverdraftError } from '../../errors/overdraft-error.ts'
import { createEngine } from '../engine/engine.ts'
import type { Fault } from './reading.ts'
import { applyScenario, parseScenario, type ShippedScenario, scenarioCommands, shippedScenarios } from './scenario.ts'
import { readScenarioFile, shippedPath } from './shipped-files.ts'

const endsAt = Date.parse('2026-11-21T10:17:00Z')
/** More is read and unfolded, but not carried out: that takes as long as all the others together. */
const unfoldedMax = 3_000

const trees = new Map(
  shippedScenarios.map((name) => [name, parse(readScenarioFile(shippedPath(`${name}.yaml`)), { schema: 'failsafe' }) as Tree]),
)

/** Reads, unfolds and carries out a scenario: all of it goes well, or it is refused with places that exist in it. */
function holds(name: ShippedScenario, changes: readonly TreeChange[]): void {
  const tree = changes.reduce(withChange, structuredClone(trees.get(name) ?? {}))
  const text = withMarks(stringify(tree, { lineWidth: 0 }))
  try {
    const scenario = parseScenario(text, shippedPath('changed.yaml'))
    if (scenario.accounts.some(({ copies = 1 }) => copies > 20)) return
    const unfolded = scenarioCommands(scenario, endsAt)
    if (unfolded.commands.length > unfoldedMax) return
    applyScenario(createEngine({ startsAt: unfolded.startsAt }), unfolded)
  } catch (error) {
    if (!isOverdraftError(error)) throw error
    expect(['scenario.invalid', 'scenario.unreadable', 'scenario.too-long', 'scenario.refused']).toContain(error.code)
    const { faults = [], ...whole } = error.values as { readonly faults?: readonly Fault[] }
    const places = error.code === 'scenario.refused' ? [whole as unknown as Fault] : faults
    if (error.code === 'scenario.invalid') expect(places.length).toBeGreaterThan(0)
    const lines = text.split('\n')
    for (const { line, column } of places) {
      expect(line).toBeGreaterThanOrEqual(1)
      expect(line).toBeLessThanOrEqual(lines.length)
      expect(column).toBeGreaterThanOrEqual(1)
      expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
    }
  }
}

describe('a shipped scenario that was taken apart and put together wrongly', () => {
  test.each(shippedScenarios)(
    'is carried out or refused by its places: %s',
    (name) => {
      const runs = name === 'default' || name === 'thousand-accounts' ? 20 : 50
      fc.assert(
        fc.property(fc.array(treeChange, { minLength: 1, maxLength: 3 }), (changes) => holds(name, changes)),
        fuzzRuns(runs),
      )
    },
    fuzzTimeoutMs,
  )
})

const head = 'name: bomb\n'
const laughs = Array.from({ length: 12 }, (_, index) => `  - &l${index + 1} [${Array(10).fill(`*l${index}`).join(', ')}]`).join('\n')

describe('a scenario made to take all time or room there is', () => {
  test.each([
    ['ten to the twelfth of aliases', `${head}history:\n  - &l0 [x]\n${laughs}\n`],
    ['aliases of accounts', `${head}accounts: [&a { label: a, exchange: okx }, ${Array(20_000).fill('*a').join(', ')}]\n`],
    [
      'aliases of keys within aliases of accounts',
      `${head}accounts: [&a { label: a, exchange: okx, keys: [&k { signing: hmac }, ${Array(99).fill('*k').join(', ')}] }, ${Array(999).fill('*a').join(', ')}]\n`,
    ],
    ['an alias of what it stands in', `&all\n${head}accounts: *all\nmarkets: *all\nhistory: [*all, *all]\n`],
    ['an alias for a key', `${head}markets: { prices: { &p USDT: 1, *p : 2 } }\n`],
    ['a key that is a mapping', `${head}? { a: [b] }\n: 1\n? { a: [b] }\n: 2\n`],
    ['a merge key', `${head}base: &b { label: a, exchange: okx }\naccounts: [{ <<: *b }]\n`],
    ['a hundred thousand faults', `${head}accounts: [${'x, '.repeat(100_000)}x]\n`],
    ['a key given thirty thousand times', `${head}${'a: 1\n'.repeat(30_000)}`],
    ['two documents', `${head}---\n${head}`],
    ['tags that make something of it', `${head}accounts: !!js/function 'function () {}'\nmarkets: !!binary x\nhistory: !!omap [a: 1]\n`],
    ['a directive of another YAML', `%YAML 9.9\n---\n${head}`],
    ['text of another encoding', '\u0000n\u0000a\u0000m\u0000e'],
    ['nothing', ''],
  ])('%s', (_what, text) => {
    const { code, values } = errorOf(() => parseScenario(text, 'bomb.yaml'))
    expect(['scenario.invalid', 'scenario.unreadable']).toContain(code)
    for (const { line, column } of (values['faults'] ?? []) as readonly Fault[]) expect(Math.min(line, column)).toBeGreaterThanOrEqual(1)
  })
})
