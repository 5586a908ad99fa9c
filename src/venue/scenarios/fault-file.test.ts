import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseInstant } from '../../time/instant.ts'
import { hourMs } from '../../time/units.ts'
import { loadFaults } from './fault-file.ts'

const startsAt = parseInstant('2026-03-10T12:00:00Z')

function load(text: string, labels?: readonly string[]) {
  const path = join(mkdtempSync(join(tmpdir(), 'overdraft-faults-')), 'faults.yaml')
  writeFileSync(path, text)
  return loadFaults(path, { startsAt, seed: 'monday', ...(labels === undefined ? {} : { labels }) })
}

test('a file of faults has rules as a scenario has them, their instants counted from the start', () => {
  const text = `
faults:
  - { kind: slow, ms: 1500, probability: 0.1, where: { account: main } }
  - { kind: service-unavailable, seed: mine, between: { from: +1h, to: +2h } }`
  expect(load(text, ['main'])).toMatchObject([
    { kind: 'slow', ms: 1_500, probability: 0.1, seed: 'monday', where: { account: 'main' } },
    { kind: 'service-unavailable', seed: 'mine', between: { from: startsAt + hourMs, to: startsAt + 2 * hourMs } },
  ])
  expect(load('faults: [{ kind: reset, where: { account: anybody } }]')).toHaveLength(1)
})

test.each([
  ['faults: [{ kind: slow }]', 'faults[0].ms', /missing/],
  ['faults: [{ kind: reset, where: { account: mian } }]', 'faults[0].where.account', /main/],
  ['accounts: []', 'accounts', /there are: faults/],
])('%s is refused with its place', (text, field, problem) => {
  expect(() => load(text, ['main'])).toThrow(
    expect.objectContaining({
      code: 'scenario.invalid',
      values: expect.objectContaining({
        faults: expect.arrayContaining([expect.objectContaining({ line: 1, field, problem: expect.stringMatching(problem) })]),
      }),
    }),
  )
})
