import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { nodeFiles, type TargetFiles, writeTarget } from './target-file.ts'

const root = mkdtempSync(join(tmpdir(), 'overdraft-target-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(root, 'one-'))
  path = join(folder, 'charges.csv')
})

const kept = { force: false }

/** A disk that takes so many writes, and at whose step something goes wrong. */
function failing(step: 'create' | 'write' | 'sync' | 'publish', code: string): TargetFiles {
  const raise = () => {
    throw Object.assign(new Error(`${code}: simulated`), { code })
  }
  return {
    ...nodeFiles,
    create: async (name) => {
      if (step === 'create') raise()
      const file = await nodeFiles.create(name)
      let writes = 0
      return {
        ...file,
        write: async (bytes) => (step === 'write' && ++writes > 1 ? raise() : file.write(bytes)),
        sync: async () => (step === 'sync' ? raise() : file.sync()),
      }
    },
    publish: async (from, to, replace) => (step === 'publish' ? raise() : nodeFiles.publish(from, to, replace)),
  }
}

const writesTwo = async (sink: { write(bytes: string): Promise<void> }) => {
  await sink.write('a')
  await sink.write('b')
}

describe('a file', () => {
  test('is there whole, and nothing beside it', async () => {
    await writeTarget(path, kept, writesTwo)
    expect(readFileSync(path, 'utf8')).toBe('ab')
    expect(readdirSync(folder)).toEqual(['charges.csv'])
  })

  test('that is there is left alone, unless it is to be replaced', async () => {
    writeFileSync(path, 'before')
    await expect(writeTarget(path, kept, writesTwo)).rejects.toMatchObject({ code: 'report.target-exists', values: { path } })
    expect(readFileSync(path, 'utf8')).toBe('before')
    await writeTarget(path, { force: true }, writesTwo)
    expect(readFileSync(path, 'utf8')).toBe('ab')
  })

  test('that somebody else makes meanwhile is not replaced', async () => {
    const work = async () => writeFileSync(path, 'theirs')
    await expect(writeTarget(path, kept, work)).rejects.toMatchObject({ code: 'report.target-exists' })
    expect(readFileSync(path, 'utf8')).toBe('theirs')
    expect(readdirSync(folder)).toEqual(['charges.csv'])
  })

  test('behind a link is replaced where it lies, and the link stays', async () => {
    const real = join(folder, 'real.csv')
    writeFileSync(real, 'before')
    symlinkSync(real, path)
    await writeTarget(path, { force: true }, writesTwo)
    expect(readFileSync(real, 'utf8')).toBe('ab')
  })

  test('is never put in the place of a folder or a device', async () => {
    mkdirSync(path)
    await expect(writeTarget(path, { force: true }, writesTwo)).rejects.toMatchObject({ code: 'report.target-unwritable' })
    await expect(writeTarget('/dev/null', { force: true }, writesTwo)).rejects.toMatchObject({ code: 'report.target-unwritable' })
  })

  test('in a folder that is not there is refused before anything is read', async () => {
    let worked = false
    const work = async () => {
      worked = true
    }
    await expect(writeTarget(join(folder, 'no', 'x.csv'), kept, work)).rejects.toMatchObject({ code: 'report.target-unwritable' })
    expect(worked).toBe(false)
  })
})

describe.each([
  ['create', 'EACCES', 'report.target-unwritable'],
  ['create', 'EROFS', 'report.target-unwritable'],
  ['create', 'ENOSPC', 'report.target-full'],
  ['write', 'ENOSPC', 'report.target-full'],
  ['write', 'EDQUOT', 'report.target-full'],
  ['write', 'EIO', 'report.target-unwritable'],
  ['sync', 'ENOSPC', 'report.target-full'],
  ['publish', 'EACCES', 'report.target-unwritable'],
] as const)('when the disk says at %s: %s', (step, disk, code) => {
  test('nothing is left under the name, nothing beside it, and what was there stays', async () => {
    await expect(writeTarget(path, { force: false, files: failing(step, disk) }, writesTwo)).rejects.toMatchObject({
      code,
      values: { path },
    })
    expect(readdirSync(folder)).toEqual([])
    writeFileSync(path, 'before')
    await expect(writeTarget(path, { force: true, files: failing(step, disk) }, writesTwo)).rejects.toMatchObject({ code })
    expect(readdirSync(folder)).toEqual(['charges.csv'])
    expect(readFileSync(path, 'utf8')).toBe('before')
  })
})

test('what goes wrong while reading is told as it is, and leaves nothing', async () => {
  const work = async () => {
    throw new Error('the book is damaged')
  }
  await expect(writeTarget(path, kept, work)).rejects.toThrow('the book is damaged')
  expect(existsSync(path)).toBe(false)
  expect(readdirSync(folder)).toEqual([])
})
