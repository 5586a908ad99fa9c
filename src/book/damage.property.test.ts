import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillBook, readings } from '../../test/support/book-world.ts'
import { bookClock } from '../../test/support/books.ts'
import { isOverdraftError } from '../errors/overdraft-error.ts'
import { openBook } from './open-book.ts'

const folder = mkdtempSync(join(tmpdir(), 'overdraft-damage-'))
const whole = join(folder, 'whole.db')
const damaged = join(folder, 'damaged.db')
/** What each reading gave before anything was damaged, with what is read more than once kept apart by its place. */
const before: string[] = []
const rounds = Number(process.env['OVERDRAFT_DAMAGE_ROUNDS'] ?? 120)
const seed = Number(process.env['OVERDRAFT_DAMAGE_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

beforeAll(async () => {
  const book = await openBook({ kind: 'sqlite', path: whole }, { clock: bookClock })
  await fillBook(book)
  await book.close()
  const again = await openBook({ kind: 'sqlite', path: whole }, { clock: bookClock })
  for (const [, read] of readings(again)) before.push(await read())
  await again.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Of one seed. Small differences are all that is asked of it. */
function random(from: number): () => number {
  let state = from
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** What the readings of a damaged book told that differs from before and is not an error that says so. */
async function unnoticed(): Promise<readonly string[]> {
  const book = await openBook({ kind: 'sqlite', path: damaged }, { clock: bookClock }).catch((error: unknown) => refused(error))
  if (typeof book === 'string') return book === '' ? [] : [`opening: ${book}`]
  const wrong: string[] = []
  try {
    for (const [place, [name, read]] of readings(book).entries()) {
      const told = await read().catch((error: unknown) => {
        const refusal = refused(error)
        return refusal === '' ? before[place] : refusal
      })
      if (told !== before[place]) wrong.push(`${name}: ${told?.slice(0, 300)}`)
    }
  } finally {
    await book.close().catch(() => undefined)
  }
  return wrong
}

/** Empty where the error says that the book is damaged. */
function refused(error: unknown): string {
  if (isOverdraftError(error) && /^(?:storage\.|book\.damaged)/.test(error.code)) return ''
  return `${error instanceof Error ? error.stack : String(error)}`
}

/** Writes the book with one byte changed. */
function damage(bytes: Buffer, at: number, flip: number): void {
  const copy = Buffer.from(bytes)
  copy[at] = (bytes[at] as number) ^ flip
  for (const side of ['-wal', '-shm']) rmSync(`${damaged}${side}`, { force: true })
  writeFileSync(damaged, copy)
}

test.each(['extra', 'interest_mantissa', 'principal_scale', 'at', 'amount', 'balance_after', 'um', 'from_at'])(
  'a letter that changes in the name of the column %s leaves no field out unnoticed',
  async (column) => {
    const bytes = readFileSync(whole)
    const found: string[] = []
    // Wherever the schema names it, quoted.
    for (let at = bytes.indexOf(`"${column}"`); at !== -1; at = bytes.indexOf(`"${column}"`, at + 1)) {
      damage(bytes, at + 1, 4)
      for (const wrong of await unnoticed()) found.push(`byte ${at + 1}: ${wrong}`)
    }
    expect(found).toEqual([])
  },
)

test.each(['bit', 'byte'] as const)(
  'a %s that changes in a closed book changes no figure unnoticed',
  async (what) => {
    const bytes = readFileSync(whole)
    const next = random(seed)
    const found: string[] = []
    for (let round = 0; round < rounds; round++) {
      const at = Math.floor(next() * bytes.length)
      const flip = what === 'bit' ? 1 << Math.floor(next() * 8) : 1 + Math.floor(next() * 255)
      damage(bytes, at, flip)
      for (const wrong of await unnoticed()) found.push(`byte ${at} ^ ${flip}: ${wrong}`)
    }
    expect(found, `seed ${seed}: OVERDRAFT_DAMAGE_SEED=${seed} repeats it`).toEqual([])
  },
  600_000,
)

test('a book that is whole reads as it was', async () => {
  copyFileSync(whole, damaged)
  expect(await unnoticed()).toEqual([])
})
