import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readTextIfThere, writeAtomically } from './atomic-file.ts'

function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'overdraft-atomic-'))
}

test('a file is replaced as a whole, by one that only its owner may read', async () => {
  const folder = freshFolder()
  const path = join(folder, 'file')
  writeFileSync(path, 'old text that is longer than the new one', { mode: 0o644 })
  await writeAtomically(path, 'new')
  expect(readFileSync(path, 'utf8')).toBe('new')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['file'])
})

test('a write that cannot be finished changes nothing and leaves nothing behind', async () => {
  const folder = freshFolder()
  // The rename onto a folder that holds something fails, after the temporary file was written.
  mkdirSync(join(folder, 'taken', 'inside'), { recursive: true })
  await expect(writeAtomically(join(folder, 'taken'), 'new')).rejects.toMatchObject({ code: 'storage.unwritable' })
  expect(readdirSync(folder)).toEqual(['taken'])
  expect(readdirSync(join(folder, 'taken'))).toEqual(['inside'])
})

test('a folder that is not there is named', async () => {
  const path = join(freshFolder(), 'missing', 'file')
  await expect(writeAtomically(path, 'new')).rejects.toThrow(path)
})

test('no file is no text, and what is no file is an error', async () => {
  const folder = freshFolder()
  expect(await readTextIfThere(join(folder, 'missing'))).toBeUndefined()
  await expect(readTextIfThere(folder)).rejects.toMatchObject({ code: 'storage.unwritable' })
})
