import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const linter = join(root, 'node_modules/@biomejs/biome/bin/biome')
let house: string

// A house with the same rules and nobody in it, so that nothing is written among the sources.
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'overdraft-import-rule-'))
  for (const name of ['biome.json', '.gitignore']) cpSync(join(root, name), join(house, name))
})

afterAll(() => rmSync(house, { recursive: true, force: true }))

/** Lints one line of code as if it stood in a room, and gives the linter's verdict. */
function lintIn(room: string, line: string): string {
  const path = join(house, 'src', room, 'probe', 'probe.ts')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${line}\n`)
  const run = spawnSync(process.execPath, [linter, 'lint', path], { cwd: house, encoding: 'utf8' })
  return `${run.status}\n${run.stdout}${run.stderr}`
}

test.each([
  ['client', 'venue'],
  ['sync', 'venue'],
  ['audit', 'venue'],
  ['book', 'venue'],
  ['book', 'client'],
  ['rules', 'venue'],
  ['contracts', 'rules'],
  ['decimal', 'time'],
  ['venue', 'client'],
  ['alerts', 'repay'],
])('src/%s/ may not import from src/%s/', (room, other) => {
  const verdict = lintIn(room, `export { thing } from '../../${other}/thing.ts'`)
  expect(verdict).toMatch(/^1\n/)
  expect(verdict).toContain('noRestrictedImports')
})

test.each(['rules', 'contracts', 'decimal', 'time'])('src/%s/ does no input or output', (room) => {
  expect(lintIn(room, "export { readFileSync } from 'node:fs'")).toContain('does no input or output')
})

test('what a room may use passes the rule', () => {
  expect(lintIn('venue', "export { thing } from '../../rules/thing.ts'")).toMatch(/^0\n/)
})

test('nobody but the clock asks the machine for the time', () => {
  expect(lintIn('sync', 'export const now = Date.now()')).toContain('noRestrictedGlobals')
})
