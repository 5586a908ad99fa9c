import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { run, withSecret } from '../../test/support/command-line.ts'

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
    ['venue --speed 1000001', '--speed should be', 'up to 1000000'],
    ['venue --clock 1969-12-31', '--clock should be', 'from 1970 on'],
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
