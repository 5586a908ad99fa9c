import { tmpdir } from 'node:os'
import { basename } from 'node:path'
import { expect, test } from 'vitest'

test('whatever the tests leave behind lies in a folder that the run takes along', () => {
  expect(basename(tmpdir())).toMatch(/^overdraft-test-/)
})
