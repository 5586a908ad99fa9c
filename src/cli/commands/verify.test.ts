import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { chargeOf } from '../../../test/support/charges.ts'
import { now, run, withSecret } from '../../../test/support/command-line.ts'
import { openBook } from '../../book/open-book.ts'
import { decimal } from '../../decimal/decimal.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { dayMs, hourMs } from '../../time/units.ts'

let home: string
let certificate: string
let charges: string
let seal: string

beforeAll(async () => {
  home = (await run('account add main --exchange binance --api-key k', { env: withSecret })).home
  const passphrase = { OVERDRAFT_API_PASSPHRASE: 'p' }
  await run('account add side --exchange okx --api-key k', { home, env: { ...withSecret, ...passphrase } })
  const book = await openBook({ kind: 'sqlite', path: join(home, 'book.db') }, { clock: new ManualClock(now) })
  const day = now - (now % dayMs)
  await book.recordCharges(
    'main',
    Array.from({ length: 40 }, (_, index) => chargeOf({ account: 'main', at: day - index * dayMs })),
    [],
  )
  const hourly = Array.from({ length: 2_500 }, (_, index) => day - index * hourMs)
  await book.recordCharges(
    'side',
    hourly.flatMap((at) => [
      chargeOf({ account: 'side', at, marginMode: 'cross', loanType: '2', totalLiability: decimal('3.10') }),
      chargeOf({ account: 'side', at, marginMode: 'isolated', instId: 'BTC-USDT', loanType: '2', asset: 'BTC' }),
    ]),
    [{ account: 'side', stream: 'interest', from: day - dayMs, to: day, provenBy: 'GET /somewhere', provenAt: now }],
  )
  await book.close()
  certificate = join(home, 'book.cert')
  const made = await run(`coverage --allow-gaps --certificate ${certificate}`, { home })
  expect(made.code, made.stderr).toBe(0)
  seal = /[0-9a-f]{64}/.exec(made.stderr)?.[0] ?? ''
  charges = join(home, 'charges.csv')
  writeFileSync(charges, (await run('interest --csv --allow-gaps', { home })).stdout)
}, 60_000)

describe('overdraft verify', () => {
  test('says that the export of the same book fits, offline and without a book', async () => {
    const { code, stdout } = await run(`verify ${certificate} --export ${charges} --seal ${seal}`)
    expect(stdout).toContain('The export fits: 5040 charges.')
    expect(stdout).toContain('Its seal is the one given.')
    expect(code).toBe(0)
    const json = await run(`verify ${certificate} --export ${charges} --json`)
    expect(JSON.parse(json.stdout)).toMatchObject({
      certificate: { seal, sealCompared: false },
      export: { fits: true, rows: 5_040, first: null },
    })
  })

  test('takes what overdraft export writes, in both forms, whole or not at all', async () => {
    for (const format of ['csv', 'jsonl']) {
      const file = join(home, `whole.${format}`)
      const made = await run(`export --format ${format} --out ${file} --allow-gaps`, { home })
      expect(made.code, made.stderr).toBe(0)
      const { code, stdout } = await run(`verify ${certificate} --export ${file}`)
      expect([code, stdout]).toEqual([0, expect.stringContaining('The export fits: 5040 charges.')])
      const text = readFileSync(file, 'utf8')
      writeFileSync(file, text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1))
      const cut = await run(`verify ${certificate} --export ${file}`)
      expect([cut.code, cut.stderr]).toEqual([3, expect.stringContaining('is not whole')])
    }
  })

  test('names the first row that does not fit, and ends with its own code', async () => {
    const lines = readFileSync(charges, 'utf8').split('\n')
    const victim = lines.findIndex((line) => line.startsWith('charge,') && line.includes('BTC-USDT'))
    const file = join(home, 'changed.csv')
    writeFileSync(file, lines.with(victim, (lines[victim] ?? '').replace('24.4440', '24.4441')).join('\n'))
    const changed = await run(`verify ${certificate} --export ${file}`)
    expect(changed.code).toBe(8)
    expect(changed.stdout).toContain('side BTC BTC-USDT isolated 2 210000 0.0001164 24.4441')
    expect(changed.stdout).toContain('with other amounts')
    writeFileSync(file, lines.toSpliced(victim, 1).join('\n'))
    const missing = await run(`verify ${certificate} --export ${file} --json`)
    expect(missing.code).toBe(8)
    expect(JSON.parse(missing.stdout)).toMatchObject({ export: { fits: false, first: { kind: 'missing', account: 'side' } } })
  })

  test('checks a part that is claimed as one', async () => {
    const part = join(home, 'part.csv')
    writeFileSync(part, (await run('interest side --csv --allow-gaps --since 2026-02-01 --until 2026-03-01', { home })).stdout)
    const claimed = await run(`verify ${certificate} --export ${part} --account side --since 2026-02-01 --until 2026-03-01`)
    expect(claimed.stdout).toContain('The export fits: 1344 charges.\n')
    expect(claimed.code).toBe(0)
    expect((await run(`verify ${certificate} --export ${part}`)).code).toBe(8)
    expect((await run(`verify ${certificate} --export ${part} --account other`)).code).toBe(2)
  })

  test('does not believe a certificate that was altered, or that another seal was kept of', async () => {
    const file = join(home, 'altered.cert')
    writeFileSync(file, readFileSync(certificate, 'utf8').replace('"BTC-USDT"', '"BTC-USDC"'))
    const altered = await run(`verify ${file}`)
    expect(altered.code).toBe(8)
    expect(altered.stderr).toMatch(/line \d+ of the certificate .* was altered/)
    const other = await run(`verify ${certificate} --seal ${'0'.repeat(64)}`)
    expect([other.code, other.stderr]).toEqual([8, expect.stringContaining(`has the seal ${seal}`)])
    expect((await run(`verify ${certificate} --seal abc`)).code).toBe(2)
    expect((await run(`verify ${charges}`)).stderr).toContain('is no certificate')
    expect((await run(`verify ${join(home, 'nothing')}`)).code).toBe(3)
  })

  test('a certificate is never written over a file that is there', async () => {
    const again = await run(`coverage --allow-gaps --certificate ${certificate}`, { home })
    expect(again.code, again.stderr).not.toBe(0)
    expect(again.stderr).toContain('book.cert')
    expect((await run(`verify ${certificate} --seal ${seal}`)).code).toBe(0)
  })
})
