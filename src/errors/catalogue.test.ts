import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { catalogue } from './catalogue.ts'
import { type ErrorEntry, exitCodes, quoted } from './entry.ts'
import { isOverdraftError, overdraftError } from './overdraft-error.ts'

const folder = new URL('catalogue/', import.meta.url)
const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
const stated = await Promise.all(
  files.map(async (file) => {
    const tables = Object.values((await import(new URL(file, folder).href)) as Record<string, Record<string, ErrorEntry<unknown>>>)
    return { file, entries: tables.flatMap((table) => Object.entries(table)) }
  }),
)

/** Values for any entry: whatever is asked of it, it answers with itself, and it reads as the word `sample`. */
function sample(): unknown {
  const anything: unknown = new Proxy(() => anything, {
    get: (_, name) => {
      if (name === Symbol.toPrimitive) return (hint: string) => (hint === 'number' ? 1 : 'sample')
      if (name === 'toString') return () => 'sample'
      if (name === Symbol.iterator) return () => ['sample'].values()
      return anything
    },
    apply: () => anything,
  })
  return anything
}

test('every code is stated once, in one file, and every file is gathered', () => {
  const codes = stated.flatMap(({ entries }) => entries.map(([code]) => code))
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
  expect(Object.keys(catalogue).sort()).toEqual(codes.sort())
})

describe.each(stated)('$file', ({ entries }) => {
  test.each(entries)('%s says what was wrong, and what to do about it', (code, entry) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(Object.keys(exitCodes)).toContain(entry.exit)
    const says = `${entry.says(sample())}`
    const remedy = `${typeof entry.remedy === 'string' ? entry.remedy : entry.remedy(sample())}`
    for (const text of [says, remedy]) {
      expect(text.trim()).not.toBe('')
      expect(text).not.toContain('[object')
    }
  })
})

test('exit codes differ from one another', () => {
  const numbers = Object.values(exitCodes)
  expect(new Set(numbers).size).toBe(numbers.length)
})

test('an error carries its code, its values, its remedy and its cause', () => {
  const cause = new Error('underneath')
  const error = overdraftError('time.malformed', { text: 'noon' }, cause)
  expect(error).toMatchObject({ name: 'OverdraftError', code: 'time.malformed', exit: 'usage', values: { text: 'noon' }, cause })
  expect(error.message).toContain('"noon"')
  expect(error.remedy).toContain('ISO')
  expect(isOverdraftError(error)).toBe(true)
  expect(isOverdraftError(error, 'time.malformed')).toBe(true)
  expect(isOverdraftError(error, 'decimal.malformed')).toBe(false)
  expect(isOverdraftError(cause)).toBe(false)
})

test('a hostile value is shown shortened, so that it cannot flood a log', () => {
  expect(quoted('x'.repeat(10_000)).length).toBeLessThan(130)
})
