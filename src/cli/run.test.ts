import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openBook } from '../book/open-book.ts'
import { decimal } from '../decimal/decimal.ts'
import type { Clock } from '../time/clock.ts'
import { parseInstant } from '../time/instant.ts'
import { interval } from '../time/interval.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { systemClock } from '../time/system-clock.ts'
import { dayMs, minuteMs } from '../time/units.ts'
import type { Io } from './io.ts'
import { runCli } from './run.ts'

const now = parseInstant('2026-03-10T09:30:00Z')
const apiSecret = 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j'

interface World {
  readonly env?: Record<string, string>
  /** What is typed at each question; without it there is no terminal. */
  readonly typed?: readonly string[]
  readonly piped?: string
  readonly home?: string
  readonly clock?: Clock
}

/** Runs a command line in a folder of its own and tells everything it said. */
async function run(line: string, world: World = {}) {
  const home = world.home ?? mkdtempSync(join(tmpdir(), 'overdraft-cli-'))
  const said = { stdout: '', stderr: '' }
  const typed = [...(world.typed ?? [])]
  const output = (name: 'stdout' | 'stderr') => {
    const write = (text: string) => {
      said[name] += text
    }
    return { write, isTerminal: false, columns: 100 }
  }
  const io: Io = {
    env: { OVERDRAFT_HOME: home, ...world.env },
    stdin: {
      isTerminal: world.typed !== undefined,
      readAll: async () => world.piped ?? '',
      ask: async (prompt) => {
        said.stderr += prompt
        return typed.shift() ?? ''
      },
    },
    stdout: output('stdout'),
    stderr: output('stderr'),
    clock: world.clock ?? new ManualClock(now),
    signal: new AbortController().signal,
    userFolder: home,
    command: 'overdraft',
  }
  const code = await runCli(
    line.split(' ').filter((part) => part !== ''),
    io,
  )
  return { code, ...said, home, all: said.stdout + said.stderr }
}

const passphrase = { OVERDRAFT_PASSPHRASE: 'a passphrase' }
const withSecret = { ...passphrase, OVERDRAFT_API_SECRET: apiSecret }

describe('a mistyped command line ends with exit code 2, and', () => {
  test.each([
    ['statsu', "unknown command 'statsu'", 'Did you mean status?'],
    ['status --jsno', "unknown option '--jsno'", 'Did you mean --json?'],
    ['interest --by week', "'week' is invalid", 'day, month'],
    ['status --json --csv', 'cannot be used with', 'overdraft --help'],
    ['account remove', "missing required argument 'label'", 'overdraft --help'],
    ['account add x', '--exchange', 'overdraft --help'],
    ['account add x --exchange kraken', "'kraken' is invalid", 'binance, okx'],
    ['account add bad/label --exchange okx', '"bad/label" cannot be the label', 'letters, digits'],
    ['account add x --exchange okx --signing rsa', '--signing should be hmac', 'hmac'],
    ['interest --since yesterday', '"yesterday" is not an instant', '2026-01-31T08:00:00Z'],
    ['interest --until 2026-02-30', '"2026-02-30" is not an instant', 'ISO date'],
    ['interest --limit none', '--limit should be a whole number', 'from 1'],
    ['venue --port 70000', '--port should be', '0 to 65535'],
    ['venue --speed fast', '--speed should be', 'such as 60'],
    ['venue --clock noon', '"noon" is not an instant', 'ISO date'],
    ['venue --frozen --speed 2', 'cannot be used with', 'overdraft --help'],
  ])('%s says: %s', async (line, problem, remedy) => {
    const { code, stderr, stdout } = await run(line)
    expect(stderr).toContain(problem)
    expect(stderr).toContain(remedy)
    expect(stderr).toMatch(/^overdraft: /)
    expect(stderr).not.toContain('    at ')
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })
})

describe('a secret given as an argument', () => {
  test.each(['--secret', '--api-secret', '--passphrase', '--api-passphrase', '--password', '--private-key'])(
    '%s is refused and not repeated',
    async (option) => {
      for (const line of [`account add x --exchange okx ${option} hunter2`, `account add x --exchange okx ${option}=hunter2`]) {
        const { code, all } = await run(line, { env: withSecret })
        expect(code).toBe(2)
        expect(all).toContain(`${option} is not taken`)
        expect(all).toContain('OVERDRAFT_API_SECRET')
        expect(all).not.toContain('hunter2')
      }
    },
  )

  test('under a mistyped option is not repeated either', async () => {
    const { code, all } = await run('account add x --exchange okx --scret=hunter2')
    expect(code).toBe(2)
    expect(all).not.toContain('hunter2')
  })
})

describe('account add', () => {
  test('keeps the secret in an encrypted file that only the owner may read, and nowhere else', async () => {
    const { code, all, home } = await run('account add main --exchange binance --api-key key-1', { env: withSecret })
    expect(code).toBe(0)
    expect(all).toContain('Added main (binance, https://papi.binance.com)')
    expect(statSync(join(home, 'vault.json')).mode & 0o777).toBe(0o600)
    for (const file of readdirSync(home)) expect(readFileSync(join(home, file), 'latin1')).not.toContain(apiSecret)
    expect(all).not.toContain(apiSecret)
  })

  test('asks on a terminal for key, secret and twice for the new passphrase', async () => {
    const { code, stderr } = await run('account add main --exchange binance', { typed: ['key-1', apiSecret, 'pass', 'pass'] })
    expect(code).toBe(0)
    expect(stderr).toContain('API key: API secret (not shown): Choose a passphrase for the vault: The same passphrase again: ')
    expect(stderr).not.toContain(apiSecret)
  })

  test('writes nothing when the two passphrases differ', async () => {
    const { code, stderr, home } = await run('account add main --exchange binance', { typed: ['key-1', apiSecret, 'pass', 'word'] })
    expect(code).toBe(3)
    expect(stderr).toContain('not the same')
    expect(readdirSync(home)).not.toContain('vault.json')
    expect((await run('account list --json', { home })).stdout).toContain('"accounts": []')
  })

  test.each([
    [{}, 'the API key is needed', '--api-key'],
    [{ OVERDRAFT_API_KEY: 'k' }, 'the API secret is needed', 'OVERDRAFT_API_SECRET'],
    [{ OVERDRAFT_API_KEY: 'k', OVERDRAFT_API_SECRET: 's' }, 'the passphrase of the vault is needed', 'OVERDRAFT_PASSPHRASE'],
    [{ OVERDRAFT_API_KEY: 'k', OVERDRAFT_API_SECRET: 's', OVERDRAFT_PASSPHRASE: '' }, 'the passphrase is empty', 'at least one'],
    [{ OVERDRAFT_API_KEY: 'two\nlines', OVERDRAFT_API_SECRET: 's' }, 'the API key has characters', 'Copy the API key'],
  ])('without a terminal and with %j says what is needed, with exit code 3', async (env, problem, remedy) => {
    const { code, stderr } = await run('account add main --exchange binance', { env })
    expect(stderr).toContain(problem)
    expect(stderr).toContain(remedy)
    expect(code).toBe(3)
  })

  test('refuses a secret file that others may read, naming it and its mode', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'overdraft-secret-')), 'secret')
    writeFileSync(path, `${apiSecret}\n`)
    chmodSync(path, 0o644)
    const line = `account add main --exchange binance --api-key k --secret-file ${path}`
    const open = await run(line, { env: passphrase })
    expect(open.stderr).toContain(`"${path}" can be read by others (mode 644)`)
    expect(open.code).toBe(3)
    chmodSync(path, 0o600)
    expect((await run(line, { env: passphrase })).code).toBe(0)
    expect((await run(line.replace(path, `${path}.missing`), { env: passphrase })).stderr).toContain('cannot be read')
  })

  test('takes the secret from standard input', async () => {
    const line = 'account add main --exchange binance --api-key k --secret-file -'
    expect((await run(line, { env: passphrase, piped: `${apiSecret}\n` })).code).toBe(0)
    expect((await run(line, { env: passphrase, piped: '' })).stderr).toContain('the API secret is empty')
  })

  test('takes a private key of the kind asked for, and no other', async () => {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const line = (signing: string) => `account add main --exchange binance --api-key k --signing ${signing}`
    expect((await run(line('ed25519'), { env: { ...passphrase, OVERDRAFT_API_SECRET: pem } })).code).toBe(0)
    const wrong = await run(line('rsa'), { env: { ...passphrase, OVERDRAFT_API_SECRET: pem } })
    expect(wrong.code).toBe(3)
    expect(wrong.stderr).toContain('should be an RSA private key in PEM, but is ed25519')
    const none = await run(line('rsa'), { env: withSecret })
    expect(none.stderr).toContain('but is not a private key')
    expect(none.all).not.toContain(apiSecret)
  })

  test.each([
    ['ftp://127.0.0.1', 'instead of https:'],
    ['http://exchange.example', 'http: is only for this machine'],
    ['not-a-url', 'it is not a URL'],
    ['https://user:hunter2@exchange.example', 'user name or password'],
  ])('refuses the base URL %s', async (url, reason) => {
    const { code, all } = await run(`account add main --exchange binance --base-url ${url} --api-key k`, { env: withSecret })
    expect(code).toBe(3)
    expect(all).toContain(reason)
    expect(all).not.toContain('hunter2')
  })

  test('does not take a label twice, but replaces its key when told to', async () => {
    const { home } = await run('account add main --exchange binance --api-key k', { env: withSecret })
    const again = await run('account add main --exchange binance --api-key k', { env: withSecret, home })
    expect(again.code).toBe(2)
    expect(again.stderr).toContain('already an account "main"')
    expect((await run('account add main --exchange binance --api-key k2 --replace', { env: withSecret, home })).code).toBe(0)
    const other = await run('account add main --exchange okx --api-key k2 --replace', { env: withSecret, home })
    expect(other.code).toBe(2)
  })

  test('with the wrong passphrase of the vault adds nothing', async () => {
    const { home } = await run('account add main --exchange binance --api-key k', { env: withSecret })
    const { code, stderr } = await run('account add other --exchange binance --api-key k', {
      env: { ...withSecret, OVERDRAFT_PASSPHRASE: 'wrong' },
      home,
    })
    expect(code).toBe(3)
    expect(stderr).toContain('this passphrase does not open the vault')
    expect(stderr).not.toContain('wrong passphrase')
    expect((await run('account list --csv', { home })).stdout).not.toContain('other')
  })

  test('with a damaged vault says so, with exit code 6', async () => {
    const { home } = await run('account add main --exchange binance --api-key k', { env: withSecret })
    writeFileSync(join(home, 'vault.json'), readFileSync(join(home, 'vault.json'), 'utf8').replace('"sealed":"', '"sealed":"AAAA'))
    const { code, stderr } = await run('sync', { env: withSecret, home })
    expect(code).toBe(6)
    expect(stderr).toContain('is damaged or was tampered with')
  })
})

describe('account remove', () => {
  test('asks for the label again, and forgets key and history', async () => {
    const { home } = await run('account add main --exchange binance --api-key k', { env: withSecret })
    expect((await run('account remove main', { home, env: passphrase })).code).toBe(3)
    expect((await run('account remove main', { home, env: passphrase, typed: ['mian'] })).code).toBe(2)
    expect((await run('account list --csv', { home })).stdout).toContain('main')
    expect((await run('account remove main', { home, env: passphrase, typed: ['main'] })).code).toBe(0)
    expect((await run('account list --csv', { home })).stdout).not.toContain('main')
  })
})

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

describe('a book with history', () => {
  const midnight = parseInstant('2026-03-10')

  async function bookOf(provenFrom: number): Promise<string> {
    const { home } = await run('account add main --exchange binance --api-key k', { env: withSecret })
    const book = await openBook({ kind: 'sqlite', path: join(home, 'book.db') }, { clock: new ManualClock(now) })
    const charge = (at: number, interest: string) => ({
      account: 'main',
      asset: 'USDT',
      instId: '',
      marginMode: '',
      loanType: '',
      at,
      principal: decimal('210000'),
      rate: decimal('0.0001164'),
      interest: decimal(interest),
      receivedAt: now,
    })
    const proof = {
      account: 'main',
      stream: 'interest' as const,
      provenBy: 'test',
      provenAt: now,
      ...interval(provenFrom, now - 10 * minuteMs),
    }
    await book.recordCharges(
      'main',
      [charge(midnight, '24.4440'), charge(midnight - dayMs, '24.4440'), charge(midnight - 20 * dayMs, '1.1')],
      [proof],
    )
    const amounts = {
      total: decimal('-210000.5'),
      owed: decimal('210000.5'),
      free: decimal('0'),
      um: decimal('-210000.5'),
      cm: decimal('0'),
    }
    await book.recordBalances('main', [
      { account: 'main', takenAt: now - minuteMs, asset: 'USDT', ...amounts, interest: decimal('24.4440'), updatedAt: midnight - 5 },
    ])
    await book.close()
    return home
  }

  test('status tells what is owed, what it costs and when it is charged next', async () => {
    const { code, stdout } = await run('status', { home: await bookOf(0) })
    expect(code).toBe(0)
    expect(stdout).toContain('USDT   210000.5')
    expect(stdout).toMatch(/0\.5 +0\.01164 % +24\.444 +in 14 h 30 min, at 00:00 UTC +unknown/)
    expect(stdout).toContain('main: balances from 1 min ago, interest history proven')
  })

  test('status as JSON has exact decimals as strings', async () => {
    const { stdout } = await run('status --json', { home: await bookOf(0) })
    const { accounts } = JSON.parse(stdout)
    expect(accounts[0]).toMatchObject({ account: 'main', historyProven: true, balancesAgeSeconds: 60 })
    expect(accounts[0].assets[0]).toMatchObject({
      owed: '210000.5',
      rateDaily: '0.0001164',
      freePart: '0.5',
      freePartKnown: 'exact',
      costPerDay: '24.444',
      nextChargeAt: '2026-03-11T00:00:00.000Z',
      nextChargeInSeconds: 52_200,
      headroom: null,
    })
  })

  test('status ends with 7 where the history is not proven only when asked to be strict', async () => {
    const home = await bookOf(midnight - 2 * dayMs)
    expect(await run('status', { home })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('proven only since 2026-03-08 00:00 UTC'),
    })
    expect((await run('status --strict', { home })).code).toBe(7)
  })

  test('interest shows rows, totals, and that they are proven complete', async () => {
    const { code, stdout, stderr } = await run('interest --since 2026-03-01', { home: await bookOf(0) })
    expect(code).toBe(0)
    expect(stdout).toContain('2026-03-10 00:00  main')
    expect(stdout).toMatch(/USDT +2 +48\.888 +yes/)
    expect(stdout).toContain('Proven complete up to 2026-03-10 09:20 UTC, 10 min ago.')
    expect(stderr).toBe('')
  })

  test('interest with a gap shows it in table, JSON and CSV, and ends with 7 unless gaps are allowed', async () => {
    const home = await bookOf(midnight - 2 * dayMs)
    const asked = 'interest --since 2026-02-01'
    const table = await run(asked, { home })
    expect(table).toMatchObject({
      code: 7,
      stdout: expect.stringContaining('main interest: 2026-02-01 00:00 to 2026-03-08 00:00 UTC (35 d) not proven'),
    })
    expect(table.stdout).toMatch(/USDT +3 +49\.988 +no/)
    const json = JSON.parse((await run(`${asked} --json`, { home })).stdout)
    expect(json).toMatchObject({
      complete: false,
      gaps: [{ account: 'main', from: '2026-02-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z', kind: 'unproven' }],
    })
    const csv = await run(`${asked} --csv`, { home })
    expect(csv.stdout.split('\n')[1]).toBe('unproven,2026-02-01T00:00:00.000Z,2026-03-08T00:00:00.000Z,main,,,,,,,,,,')
    expect((await run(`${asked} --allow-gaps`, { home })).code).toBe(0)
    expect((await run('interest --since 2026-03-09', { home })).code).toBe(0)
  })

  test.each([
    ['month', 'month,asset,charges,interest,complete\n2026-03,USDT,2,48.8880,true\n2026-02,USDT,1,1.1000,true\n'],
    [
      'day',
      'day,asset,charges,interest,complete\n2026-03-10,USDT,1,24.4440,true\n2026-03-09,USDT,1,24.4440,true\n2026-02-18,USDT,1,1.1000,true\n',
    ],
    ['account', 'account,asset,charges,interest,complete\nmain,USDT,3,49.9880,true\n'],
    ['asset', 'asset,charges,interest,complete\nUSDT,3,49.9880,true\n'],
  ])('interest by %s adds up exactly', async (by, csv) => {
    const { stdout } = await run(`interest --by ${by} --csv`, { home: await bookOf(0) })
    expect(stdout.replaceAll(/(\.\d+?)0*,/g, '$1,')).toBe(csv.replaceAll(/(\.\d+?)0*,/g, '$1,'))
  })

  test('interest within a day adds up only what lies in it', async () => {
    const { stdout } = await run('interest --by asset --csv --since 2026-03-09T00:00:00.001Z', { home: await bookOf(0) })
    expect(stdout).toContain('USDT,1,24.444')
  })

  test('a span that ends before it starts is refused', async () => {
    const { code, stderr } = await run('interest --since 2026-03-02 --until 2026-03-01', { home: await bookOf(0) })
    expect(code).toBe(2)
    expect(stderr).toContain('ends before it starts')
  })

  test('coverage tells proven and unproven, and ends with 7 while something is missing', async () => {
    const { code, stdout } = await run('coverage --csv', { home: await bookOf(midnight) })
    expect(code).toBe(7)
    expect(stdout).toContain(`main,interest,proven,2026-03-10T00:00:00.000Z,2026-03-10T09:20:00.000Z`)
    expect(stdout).toContain('main,exchanges,unproven,')
  })
})

test('help goes to standard output and explains the command', async () => {
  const { code, stdout, stderr } = await run('interest --help')
  expect(code).toBe(0)
  expect(stdout).toContain('--by <group>')
  expect(stdout).toContain('--home <folder>')
  expect(stderr).toBe('')
})

test('the version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect((await run('--version')).stdout).toBe(`${version}\n`)
})

afterEach(() => {
  expect(process.exitCode).toBeUndefined()
})
