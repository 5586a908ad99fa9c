import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = promisify(execFile)

/** Lines that each example must print, in this order; others may stand between them. */
const printed: Readonly<Record<string, readonly RegExp[]>> = {
  'binance.ts': [/^charged \d+\.\d{4,8} [A-Z]+ on [\d.]+$/, /^[1-9]\d* auto-exchange runs in 80 days$/],
  'ccxt.ts': [
    /^Binance holds -?[\d.e-]+ USDT$/,
    /^Binance charged \d+\.\d{4,8} [A-Z]+ on [\d.]+$/,
    /^OKX charged [\d.e-]+ [A-Z]+ at \d{4}-\d\d-\d\dT\d\d:00:00\.000Z$/,
  ],
  'official-connector.ts': [/^before: UM wallet -[\d.]+ USDT$/, /^repaid: success$/],
  'okx-api.ts': Array.from({ length: 6 }, () => /^\d{13}: [\d.]+ USDT on [\d.]+$/),
}

/** Each runner has one for each of these. */
const clients = ['binance', 'ccxt', 'official-connector', 'okx-api']

async function testFiles(suite: string): Promise<readonly string[]> {
  return (await readdir(new URL(`../examples/${suite}`, import.meta.url))).filter((name) => name.endsWith('.test.ts')).sort()
}

/** The runner of these tests tells its children that they are part of it. */
const withoutRunner = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST') && name !== 'NODE_ENV'))

describe('the examples', () => {
  test('are all run here', async () => {
    const entries = await readdir(new URL('../examples', import.meta.url))
    expect(entries.sort()).toEqual([...Object.keys(printed), 'node-test', 'vitest'].sort())
    for (const suite of ['node-test', 'vitest'])
      expect((await testFiles(suite)).map((name) => name.replace('.test.ts', ''))).toEqual(clients)
  })

  test('for node:test pass', async () => {
    const files = (await testFiles('node-test')).map((name) => `examples/node-test/${name}`)
    const { stdout } = await run(process.execPath, ['--import', 'tsx', '--test', '--test-reporter=tap', ...files], { cwd: root })
    expect(stdout).toMatch(/^# pass 8$/m)
    expect(stdout).toMatch(/^# fail 0$/m)
  })

  test('for vitest pass', async () => {
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--root', 'examples/vitest', '--reporter=json']
    const { stdout } = await run(process.execPath, vitest, { cwd: root, env: withoutRunner })
    expect(JSON.parse(stdout)).toMatchObject({ success: true, numPassedTests: 9, numTotalTests: 9 })
  })

  test.each(Object.keys(printed))('%s runs as it is and prints what it reads', async (name) => {
    const { stdout, stderr } = await run(process.execPath, ['--import', 'tsx', `examples/${name}`], { cwd: root })
    expect(stderr).toBe('')
    const lines = stdout.trimEnd().split('\n')
    let from = 0
    for (const pattern of printed[name] ?? []) {
      const at = lines.findIndex((line, index) => index >= from && pattern.test(line))
      expect(at, `no line like ${pattern} from line ${from + 1} of:\n${stdout}`).toBeGreaterThanOrEqual(0)
      from = at + 1
    }
  })

  test('the repaid USDT wallet of the connector example is negative no more', async () => {
    const { stdout } = await run(process.execPath, ['--import', 'tsx', 'examples/official-connector.ts'], { cwd: root })
    expect(stdout).not.toMatch(/^after: .* USDT$/m)
  })
})
