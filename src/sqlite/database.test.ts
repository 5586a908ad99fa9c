import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isOverdraftError } from '../errors/overdraft-error.ts'
import { inTransaction, openDatabase } from './database.ts'

test('integers beyond 2^53 are stored and read exactly', () => {
  const database = openDatabase(':memory:')
  database.exec('CREATE TABLE t (n INTEGER NOT NULL) STRICT')
  database.prepare('INSERT INTO t VALUES (?)').run(9_007_199_254_740_993n)
  const read = database.prepare('SELECT n FROM t')
  read.setReadBigInts(true)
  expect(read.get()).toEqual({ n: 9_007_199_254_740_993n })
})

test('a transaction that throws leaves nothing behind', () => {
  const database = openDatabase(':memory:')
  database.exec('CREATE TABLE t (n INTEGER NOT NULL) STRICT')
  expect(() =>
    inTransaction(database, () => {
      database.prepare('INSERT INTO t VALUES (1)').run()
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(database.prepare('SELECT count(*) AS rows FROM t').get()).toEqual({ rows: 0 })
})

test('a file that is not a database is named, and left as it is', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'overdraft-')), 'book.db')
  writeFileSync(path, 'this is not a database, but it is long enough to look like a header of one '.repeat(20))
  let thrown: unknown
  try {
    openDatabase(path)
  } catch (error) {
    thrown = error
  }
  expect(isOverdraftError(thrown, 'storage.damaged')).toBe(true)
  expect(String(thrown)).toContain(path)
})
