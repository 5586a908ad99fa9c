import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { passphrase, run, withSecret } from '../../test/support/command-line.ts'
import { systemClock } from '../time/system-clock.ts'

describe('a home that is not ready', () => {
  test.each(['status', 'interest', 'exchanges', 'coverage', 'sync', 'account list', 'account check'])(
    '%s without a book says how to begin',
    async (line) => {
      const { code, stderr, stdout, home } = await run(line)
      expect(code).toBe(3)
      expect(stderr).toContain('there is no book at')
      expect(stderr).toContain('overdraft demo')
      expect(stdout).toBe('')
      expect(readdirSync(home)).toEqual([])
    },
  )

  test.each(['status', 'interest', 'exchanges', 'coverage', 'sync', 'account check', 'account remove'])(
    '%s of an unknown account names those there are',
    async (line) => {
      const { home } = await run('account add main --exchange binance --api-key k', { env: withSecret })
      const { code, stderr } = await run(`${line} mian`, { home, env: passphrase })
      expect(code).toBe(2)
      expect(stderr).toContain('there is no account "mian"')
      expect(stderr).toContain('It has: main')
    },
  )

  test('a book that is not a database is named, with exit code 6, and left as it is', async () => {
    const home = mkdtempSync(join(tmpdir(), 'overdraft-cli-'))
    const text = 'this is no database '.repeat(100)
    writeFileSync(join(home, 'book.db'), text)
    const { code, stderr } = await run('status', { home })
    expect(code).toBe(6)
    expect(stderr).toContain(join(home, 'book.db'))
    expect(readFileSync(join(home, 'book.db'), 'utf8')).toBe(text)
  })

  test('accounts whose vault is gone need their keys again, and can be given them', async () => {
    const { home } = await run('account add main --exchange binance --api-key k', { env: withSecret })
    rmSync(join(home, 'vault.json'))
    const { code, stderr } = await run('sync', { env: withSecret, home })
    expect(code).toBe(3)
    expect(stderr).toContain('account add LABEL --replace')
    expect((await run('account add main --replace --exchange binance --api-key k', { env: withSecret, home })).code).toBe(0)
  })

  test('faults of a scenario are listed line by line', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'overdraft-cli-')), 'broken.yaml')
    writeFileSync(path, 'name: "two\\nlines"\naccounts:\n  - label: a\n    exchange: kraken\n')
    const { code, stderr } = await run(`venue --scenario ${path}`)
    expect(code).toBe(3)
    expect(stderr).toMatch(/^overdraft: the scenario .* has \d faults:\n {2}line \d/)
    expect(stderr).toContain('\n  line 4, column 15, accounts[0].exchange: should be one of: binance, okx, but is "kraken"\n')
  })

  test('a home that cannot be made is named, with exit code 6', async () => {
    const { code, stderr } = await run('account add main --exchange binance --api-key k', { env: withSecret, home: '/dev/null/home' })
    expect(code).toBe(6)
    expect(stderr).toContain('/dev/null/home')
  })

  test('an exchange that cannot be reached is named, with exit code 5', async () => {
    const { home } = await run('account add main --exchange binance --api-key k --base-url http://127.0.0.1:9', { env: withSecret })
    const clock = systemClock
    const checked = await run('account check', { home, env: passphrase, clock })
    const synced = await run('sync', { home, env: passphrase, clock })
    expect(synced.code).toBe(5)
    expect(synced.stderr).toContain('overdraft: main: http://127.0.0.1:9 cannot be reached')
    expect((await run('account list --csv', { home })).stdout).toContain('client.unreachable')
    expect(checked.code).toBe(5)
    expect(checked.stderr).toContain('http://127.0.0.1:9 cannot be reached')
  })
})
