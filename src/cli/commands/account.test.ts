import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { apiSecret, passphrase, run, withSecret } from '../../../test/support/command-line.ts'

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

  test('with --replace and --base-url asks the account at another address from then on', async () => {
    const { home } = await run('account add main --exchange binance --api-key k --base-url http://127.0.0.1:1', { env: withSecret })
    const add = 'account add main --exchange binance --api-key k --replace'
    expect((await run(`${add} --base-url http://127.0.0.1:2/`, { env: withSecret, home })).stderr).toContain('http://127.0.0.1:2)')
    expect((await run(add, { env: withSecret, home })).stderr).toContain('http://127.0.0.1:2)')
    expect((await run('account list --csv', { home })).stdout).toContain('main,binance,http://127.0.0.1:2,')
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
