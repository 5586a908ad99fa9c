import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccountAccess } from '../src/venue/account-access.ts'
import { type RunningProcess, runOverdraft, startOverdraft } from './support/overdraft-process.ts'

interface Started {
  readonly url: string
  readonly admin: { readonly url: string; readonly token: string }
  readonly accounts: readonly AccountAccess[]
}

function freshHome(): Record<string, string> {
  return { OVERDRAFT_HOME: mkdtempSync(join(tmpdir(), 'overdraft-e2e-')), OVERDRAFT_PASSPHRASE: 'e2e passphrase' }
}

async function addAccount(access: AccountAccess, url: string, home: Record<string, string>, secret = access.apiSecret) {
  const args = ['account', 'add', access.label, '--exchange', access.exchange, '--base-url', url, '--api-key', access.apiKey]
  const passphrase = access.passphrase === undefined ? {} : { OVERDRAFT_API_PASSPHRASE: access.passphrase }
  return runOverdraft(args, { ...home, ...passphrase, OVERDRAFT_API_SECRET: secret })
}

describe('the command line against a venue of its own', () => {
  let process_: RunningProcess
  let venue: Started

  beforeAll(async () => {
    process_ = startOverdraft(['venue', '--port', '0', '--json'])
    venue = JSON.parse(await process_.firstLine) as Started
  })

  afterAll(async () => {
    process_.child.kill('SIGTERM')
    const { code, stdout } = await process_.ended
    expect(code).toBe(0)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  })

  const account = (exchange: string) => venue.accounts.find((access) => access.exchange === exchange)!

  test('the venue tells its address, its admin face and the keys of three accounts', () => {
    expect(venue.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(venue.accounts.map(({ exchange }) => exchange).sort()).toEqual(['binance', 'binance', 'okx'])
    expect(venue.accounts.find(({ label }) => label === 'main')!.keys.map(({ signing }) => signing)).toEqual(
      expect.arrayContaining(['hmac', 'rsa', 'ed25519']),
    )
  })

  test('an account is added, checked, synced twice and reported, and no secret is ever said', async () => {
    const home = freshHome()
    const access = account('binance')
    const said: string[] = []
    const run = async (...args: string[]) => {
      const ended = await runOverdraft(args, home)
      said.push(ended.stdout, ended.stderr)
      return ended
    }
    expect((await addAccount(access, venue.url, home)).code).toBe(0)
    expect((await run('account', 'check')).code).toBe(0)
    const since = new Date(Date.now() - 60 * 86_400_000).toISOString()
    const first = JSON.parse((await run('sync', '--since', since, '--json')).stdout)
    for (const { ended, provenPercent } of first.streams) {
      expect(ended).toBe('done')
      expect(provenPercent).toBe(100)
    }
    expect(first.streams[0].added).toBeGreaterThan(50)
    const second = JSON.parse((await run('sync', '--since', since, '--json')).stdout)
    const news = second.streams.map(({ stream, added }: { stream: string; added: number }) => [stream, added])
    expect(news).toEqual(first.streams.map(({ stream }: { stream: string }) => [stream, 0]))
    const status = JSON.parse((await run('status', '--json')).stdout)
    expect(status.accounts[0].assets.length).toBeGreaterThan(0)
    const whole = await run('interest', '--since', new Date(Date.now() - 50 * 86_400_000).toISOString(), '--by', 'asset', '--csv')
    expect(whole.code).toBe(0)
    expect(whole.stdout).toMatch(/^asset,charges,interest,complete\n/)
    expect(whole.stdout).not.toContain('false')
    expect((await run('interest', '--csv')).code).toBe(7)
    for (const text of said) expect(text).not.toContain(access.apiSecret)
    for (const file of readdirSync(home['OVERDRAFT_HOME']!)) {
      expect(readFileSync(join(home['OVERDRAFT_HOME']!, file), 'latin1')).not.toContain(access.apiSecret)
    }
  })

  test.each(['binance', 'okx'])('a wrong secret of %s is said to be one, with exit code 4', async (exchange) => {
    const home = freshHome()
    const access = account(exchange)
    await addAccount(access, venue.url, home, 'not-the-secret-of-this-key')
    for (const args of [['account', 'check'], ['sync']]) {
      const { code, stderr } = await runOverdraft(args, home)
      expect(stderr).toContain('the API secret does not belong to this API key')
      expect(stderr).toContain('Enter the secret again')
      expect(stderr).not.toContain('not-the-secret-of-this-key')
      expect(code).toBe(4)
    }
  })

  test('an unknown key is said to be one, with exit code 4, and does not hold up another account', async () => {
    const home = freshHome()
    const known = account('okx')
    await addAccount({ ...account('binance'), label: 'unknown', apiKey: 'z'.repeat(64) }, venue.url, home)
    await addAccount(known, venue.url, home)
    const since = new Date(Date.now() - 86_400_000).toISOString()
    const { code, stdout, stderr } = await runOverdraft(['sync', '--since', since, '--csv'], home)
    expect(code).toBe(4)
    expect(stderr).toContain('overdraft: unknown: the API key was not accepted')
    expect(stdout).toMatch(new RegExp(`^${known.label},interest,[1-9].*,done,,$`, 'm'))
    const status = await runOverdraft(['status'], home)
    expect(status.stdout).toContain('last sync failed')
  })

  test('Ctrl-C during a sync ends it with 130, and the next run goes on from there', async () => {
    const home = freshHome()
    // Its limit of five requests in two seconds keeps the sync of this account under way for longer than a minute.
    await addAccount(account('okx'), venue.url, home)
    const running = startOverdraft(['sync'], home)
    while (!(await runOverdraft(['interest', '--csv', '--allow-gaps'], home)).stdout.includes('\ncharge,')) {
      if (running.child.exitCode !== null) break
    }
    running.child.kill('SIGINT')
    const { code, stderr } = await running.ended
    expect(stderr).toContain('interrupted')
    expect(stderr).not.toContain('    at ')
    expect(code).toBe(130)
    expect((await runOverdraft(['interest', '--csv', '--allow-gaps'], home)).stdout).toContain('\ncharge,')
  })

  test('a port in use is named, with exit code 3', async () => {
    const port = new URL(venue.url).port
    for (const command of ['venue', 'demo']) {
      const { code, stderr } = await runOverdraft([command, '--port', port])
      expect(stderr).toContain(`port ${port} on 127.0.0.1 is already in use`)
      expect(code).toBe(3)
    }
  })
})

test('a clock minutes off is corrected by the exchange, and said', async () => {
  // The venue stands three quarters of an hour behind this machine.
  const at = new Date(Date.now() - 45 * 60_000).toISOString()
  const running = startOverdraft(['venue', '--port', '0', '--json', '--scenario', 'empty', '--clock', at, '--speed', '1'])
  const venue = JSON.parse(await running.firstLine) as Started
  const home = freshHome()
  for (const access of venue.accounts) await addAccount(access, venue.url, home)
  const { code, stdout } = await runOverdraft(['account', 'check'], home)
  expect(stdout).toMatch(/this clock is 4[45] min.* ahead/)
  expect(code).toBe(0)
  running.child.kill('SIGINT')
  expect((await running.ended).code).toBe(0)
})

test.each([
  ['missing.yaml', undefined, /missing\.yaml/],
  ['broken.yaml', 'accounts:\n  - label: x\n    exchange: kraken\n', /broken\.yaml.*(line )?\d+/],
])('the scenario %s that cannot be read is named with its place', async (name, text, place) => {
  const path = join(mkdtempSync(join(tmpdir(), 'overdraft-e2e-')), name)
  if (text !== undefined) writeFileSync(path, text)
  const { code, stderr, stdout } = await runOverdraft(['venue', '--port', '0', '--scenario', path])
  expect(stderr).toMatch(place)
  expect(stderr).not.toContain('    at ')
  expect(stdout).toBe('')
  expect([2, 3]).toContain(code)
})

test('a damaged journal is named, with exit code 6, and left as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-e2e-'))
  const running = startOverdraft(['venue', '--port', '0', '--json', '--scenario', 'empty', '--data', folder])
  await running.firstLine
  running.child.kill('SIGTERM')
  await running.ended
  const journal = readdirSync(folder).find((file) => /\.(db|sqlite|journal)/.test(file))!
  const damaged = 'no longer a database '.repeat(500)
  writeFileSync(join(folder, journal), damaged)
  const { code, stderr } = await runOverdraft(['venue', '--port', '0', '--data', folder])
  expect(stderr).toContain('is damaged')
  expect(code).toBe(6)
  expect(readFileSync(join(folder, journal), 'utf8')).toBe(damaged)
})

test('the demo reports while older history still comes, also onto a pipe, and ends quietly when stopped', async () => {
  const running = startOverdraft(['demo', '--port', '0'])
  await running.firstLine
  running.child.kill('SIGINT')
  const { code, stdout, stderr } = await running.ended
  expect(code).toBe(0)
  for (const head of ['What is owed now', 'Interest of the last 30 days', 'Auto-exchanges', 'How much of the whole history is proven']) {
    expect(stdout).toContain(head)
  }
  expect(stderr).toMatch(/Reported \d+ s after the start; older history follows/)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what must not be there.
  expect(stdout + stderr).not.toMatch(/\u001b/)
})

test.each(['a reader that stops reading', 'SIGHUP'])('the demo ends at %s as at Ctrl-C, and takes its folder along', async (how) => {
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-e2e-'))
  const running = startOverdraft(['demo', '--port', '0'], { TMPDIR: folder })
  if (how === 'SIGHUP') {
    await running.firstLine
    running.child.kill('SIGHUP')
  } else running.child.stdout!.destroy()
  expect(await running.ended).toMatchObject({ code: 0 })
  expect(readdirSync(folder)).toEqual([])
})

test('a reader that stops reading is no error', async () => {
  const running = startOverdraft(['venue', '--help'])
  running.child.stdout!.destroy()
  const { stderr } = await running.ended
  expect(stderr).toBe('')
})
