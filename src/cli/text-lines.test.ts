import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { collect } from '../../test/support/charges.ts'
import { lineLengthMax, textLines } from './text-lines.ts'

function fileOf(content: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'overdraft-lines-')), 'lines.txt')
  writeFileSync(path, content)
  return path
}

describe('the lines of a file', () => {
  test.each([
    ['', []],
    ['one', ['one']],
    ['one\n', ['one']],
    ['one\r\n\r\ntwo\n\nthree', ['one', '', 'two', '', 'three']],
    ['\uFEFFone\n', ['\uFEFFone']],
  ])('of %j are %j', async (content, lines) => {
    expect(await collect(textLines(fileOf(content)))).toEqual(lines)
  })

  test('are whole where a character of several bytes, or a line, lies across what is read at once', async () => {
    const lines = Array.from({ length: 9_000 }, (_, index) => `${'x'.repeat(index % 7)}€ line ${index}`)
    const content = lines.join('\n')
    const read = textLines(fileOf(content))
    expect(await collect(read)).toEqual(lines)
    expect(read.sha256()).toBe(createHash('sha256').update(content).digest('hex'))
  })

  test('end with an error before an endless one fills the memory', async () => {
    const path = fileOf(`short\n${'9'.repeat(lineLengthMax + 1)}`)
    await expect(collect(textLines(path))).rejects.toThrow(`line 2 of "${path}" is longer than ${lineLengthMax} characters`)
    expect(await collect(textLines(fileOf('9'.repeat(lineLengthMax))))).toHaveLength(1)
  })
})
