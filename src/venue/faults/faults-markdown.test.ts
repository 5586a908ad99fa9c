import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseScenario } from '../scenarios/scenario.ts'
import { faultsMarkdown } from './faults-markdown.ts'
import { faultKindNames } from './kinds.ts'

const page = readFileSync(new URL('../../../docs/faults.md', import.meta.url), 'utf8')

describe('docs/faults.md', () => {
  test('is what the table of kinds prints', () => {
    expect(page).toBe(faultsMarkdown())
  })

  test.each(faultKindNames)('tells of %s', (kind) => {
    expect(page).toContain(`| \`${kind}\` |`)
  })

  test.each([
    ['faults.md', ['slow', 'service-unavailable']],
    ['scenarios.md', ['rate-limited', 'reply-lost', 'rows-missing']],
  ])('%s shows faults that a scenario can have', (file, kinds) => {
    const text = readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8')
    const yaml = /```yaml\n(faults:[\s\S]*?)```/.exec(text)?.[1] ?? ''
    const { faults } = parseScenario(
      `name: x\naccounts: [{ label: main, exchange: binance }]\nmarkets: { prices: { USDT: 1 } }\n${yaml}`,
      'x.yaml',
    )
    expect(faults?.map(({ rule }) => rule.kind)).toEqual(kinds)
  })
})
