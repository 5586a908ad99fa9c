import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chargeOf } from '../../../test/support/charges.ts'
import { now, run } from '../../../test/support/command-line.ts'
import { openBook } from '../../book/open-book.ts'
import type { BalanceSnapshot, Charge } from '../../book/record.ts'
import { decimal } from '../../decimal/decimal.ts'
import { parseInstant } from '../../time/instant.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { minuteMs } from '../../time/units.ts'

const days = ['2026-03-06', '2026-03-07', '2026-03-08', '2026-03-09', '2026-03-10']

/** A charge of each day; on the eighth a cent too much. */
const charges: readonly Charge[] = days.map((day) =>
  chargeOf({
    account: 'main',
    at: parseInstant(day),
    interest: decimal(day === '2026-03-08' ? '24.4540' : '24.4440'),
    receivedAt: parseInstant('2026-03-10T08:00:00Z'),
  }),
)

/** A home whose book has an account `main`; what reads needs no vault. */
async function emptyHome(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-audit-'))
  const book = await openBook({ kind: 'sqlite', path: join(folder, 'book.db') }, { clock: new ManualClock(now) })
  await book.addAccount({ label: 'main', exchange: 'binance', baseUrl: 'http://127.0.0.1:1', addedAt: now, mayRepay: false })
  await book.close()
  return folder
}

async function home(rows: readonly Charge[] = charges, provenFrom = '2020-01-01'): Promise<string> {
  const folder = await emptyHome()
  const book = await openBook({ kind: 'sqlite', path: join(folder, 'book.db') }, { clock: new ManualClock(now) })
  const provenBy = 'GET /papi/v1/portfolio/interest-history?startTime=1&endTime=2'
  const proof = {
    account: 'main',
    stream: 'interest' as const,
    from: parseInstant(provenFrom),
    to: now - 10 * minuteMs,
    provenBy,
    provenAt: now,
  }
  await book.recordCharges('main', rows, [proof])
  await book.recordMarginCharges('main', [], [{ ...proof, stream: 'margin-interest' }])
  await book.close()
  return folder
}

/** From now on the book knows of an asset that stands at zero. */
async function know(folder: string, asset: string): Promise<void> {
  const book = await openBook({ kind: 'sqlite', path: join(folder, 'book.db') }, { clock: new ManualClock(now) })
  await book.recordBalances('main', [nothingOf(asset)])
  await book.close()
}

function nothingOf(asset: string): BalanceSnapshot {
  const nothing = decimal('0')
  return {
    account: 'main',
    takenAt: now,
    asset,
    total: nothing,
    owed: nothing,
    free: nothing,
    um: nothing,
    cm: nothing,
    interest: nothing,
    updatedAt: now,
  }
}

async function idIn(folder: string): Promise<string> {
  const { stdout } = await run('audit --json', { home: folder })
  return (JSON.parse(stdout) as { findings: { id: string }[] }).findings[0]?.id ?? ''
}

describe('audit', () => {
  test('lists what is wrong with its amounts, counts verdicts, shows what was learned, and ends with 9', async () => {
    const { code, stdout } = await run('audit', { home: await home() })
    expect(code).toBe(9)
    expect(stdout).toMatch(/^[0-9a-z]{8} +unexplained +2026-03-08 00:00 +main +USDT .* 24\.454 .* 24\.444 +0\.01\n/m)
    expect(stdout).toContain('24.454 was charged on 210000 at 0.0001164, which makes 24.444')
    expect(stdout).toMatch(/^main +5 +4 +0 +0 +0 +0 +0 +0 +0 +1\n/m)
    expect(stdout).toMatch(
      /Rounding, as the charges themselves show it:\n {2}Binance negative balance, USDT: \d+ ways of rounding fit, and \d charges between /,
    )
    expect(stdout).toContain('Proven complete from 2020-01-01 00:00 up to 2026-03-10 09:20 UTC')
  })

  test('of a clean book says so and ends with 0', async () => {
    const { code, stdout } = await run('audit', { home: await home(charges.filter(({ interest }) => interest.mantissa === 244440n)) })
    expect(stdout).toMatch(/^No finding\.\n/)
    expect(code).toBe(0)
  })

  test('with gaps says where charges may be missing and ends with 7, but with 9 where there is a finding', async () => {
    const clean = await home(charges.slice(0, 2), '2026-03-05')
    expect(await run('audit', { home: clean })).toMatchObject({ code: 7, stdout: expect.stringContaining('Not complete') })
    expect((await run('audit --allow-gaps', { home: clean })).code).toBe(0)
    expect((await run('audit --allow-gaps', { home: await home(charges, '2026-03-05') })).code).toBe(9)
  })

  test('as JSON and CSV carries exact amounts, steps and gaps', async () => {
    const folder = await home(charges, '2026-03-05')
    const { stdout } = await run('audit --json', { home: folder })
    const document = JSON.parse(stdout)
    expect(document).toMatchObject({ complete: false, accounts: [{ account: 'main', charges: 5, verdicts: { exact: 4, unexplained: 1 } }] })
    expect(document.findings).toMatchObject([
      { verdict: 'unexplained', at: '2026-03-08T00:00:00.000Z', charged: '24.4540', difference: expect.stringMatching(/^0\.01/) },
    ])
    expect(document.findings[0].steps.length).toBeGreaterThan(3)
    const lines = (await run('audit --csv', { home: folder })).stdout.split('\n')
    expect(lines[0]).toBe('record,id,verdict,at,until,account,asset,position,txId,charged,dueLow,dueHigh,difference,sentence')
    expect(lines.filter((line) => line.startsWith('unproven,'))).toHaveLength(2)
    expect(lines.filter((line) => line.startsWith('finding,'))).toHaveLength(1)
  })

  test('tells of one asset and one span alone', async () => {
    const folder = await home()
    await know(folder, 'BTC')
    expect((await run('audit --asset btc', { home: folder })).stdout).toMatch(/^No finding\./)
    expect(await run('audit --asset nope', { home: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/names the asset "NOPE"[\s\S]*Known are: BTC, USDT\./),
    })
    expect(await run('audit --since 2026-03-09', { home: folder })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^No finding\./),
    })
  })

  test('of an account without data looks at nothing, and says that nothing is proven', async () => {
    const folder = await emptyHome()
    const { code, stdout } = await run('audit main', { home: folder })
    expect(stdout).toMatch(/^No finding\.\n/)
    expect(stdout).toMatch(/^main +0 +0/m)
    expect(stdout).toContain('Not complete')
    expect(code).toBe(7)
    expect(await run('audit elsewhere', { home: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no account "elsewhere"'),
    })
  })
})

describe('audit --explain', () => {
  test('of a finding shows the arithmetic step by step', async () => {
    const folder = await home()
    const { stdout, code } = await run(`audit --explain ${await idIn(folder)}`, { home: folder })
    expect(stdout).toContain('interest before rounding\n   210000 × 0.0001164\n   = 24.444\n')
    expect(stdout).toContain('rests on: document 000')
    expect(code).toBe(9)
  })

  test('of a charge that is sound does the same', async () => {
    const { stdout } = await run('audit --explain main/usdt/2026-03-09T00:00:00Z', { home: await home() })
    expect(stdout).toContain('exact, and nothing known speaks against it')
    expect(stdout).toContain('rounding learned from the charges themselves')
    expect(stdout).toContain('= exact: to the last digit\n')
  })

  test.each([
    ['00000000', 2, 'no finding has the id "00000000"; the audit told 1'],
    ['main/USDT/2026-03-09T01:00:00Z', 2, 'there is no charge on "USDT" of account "main" at 2026-03-09T01:00:00.000Z'],
    ['main/USDT', 2, '"main/USDT" names no charge'],
    ['other/USDT/2026-03-09', 2, 'there is no account "other"'],
  ])('%s is refused with %i', async (asked, code, says) => {
    const told = await run(`audit --explain ${asked}`, { home: await home() })
    expect(told).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(says) })
  })
})

describe('audit --dossier', () => {
  const names = [
    'README.txt',
    'computation.txt',
    'finding.json',
    'letter.txt',
    'manifest.sha256',
    'proofs.jsonl',
    'rows.jsonl',
    'witnesses.jsonl',
  ]

  test('writes what a support desk needs: rows as they came, when, by which request, the computation, hashes and a letter', async () => {
    const folder = await home()
    const path = join(folder, 'dossier')
    const { stderr } = await run(`audit --explain ${await idIn(folder)} --dossier ${path}`, { home: folder })
    expect(stderr).toBe(`Wrote the dossier of one finding to ${path}\n`)
    expect(readdirSync(path).sort()).toEqual(names)
    const read = (name: string) => readFileSync(join(path, name), 'utf8')
    const row = '{"asset":"USDT","interest":"24.4540","interestAccuredTime":1772928000000,"interestRate":"0.0001164","principal":"210000"}'
    expect(read('rows.jsonl')).toContain(
      `{"history":"interest-history","at":"2026-03-08T00:00:00.000Z","receivedAt":"2026-03-10T08:00:00.000Z","row":${row}}\n`,
    )
    expect(read('rows.jsonl').split('\n')).toHaveLength(days.length + 1)
    expect(JSON.parse(read('proofs.jsonl').split('\n')[0] ?? '')).toMatchObject({
      stream: 'interest',
      provenBy: expect.stringContaining('GET /papi/v1/portfolio'),
    })
    expect(read('letter.txt')).toMatch(/^To Binance support\n[\s\S]*Charged: 24\.454 USDT\n[\s\S]*Difference: 0\.01 USDT\n/)
    expect(read('computation.txt')).toContain('210000 × 0.0001164')
    for (const line of read('manifest.sha256').trimEnd().split('\n')) {
      const [hash, name = ''] = line.split('  ')
      expect(hash).toBe(createHash('sha256').update(read(name)).digest('hex'))
    }
    expect(read('manifest.sha256').split('\n')).toHaveLength(names.length)
  })

  test('of every finding has a folder for each', async () => {
    const folder = await home()
    const path = join(folder, 'all')
    mkdirSync(path)
    await run(`audit --dossier ${path}`, { home: folder })
    expect(readdirSync(path)).toEqual([await idIn(folder)])
    expect(readdirSync(join(path, await idIn(folder))).sort()).toEqual(names)
  })

  test('is not written into a folder that holds something, nor where nothing can be written, nor about nothing', async () => {
    const folder = await home()
    writeFileSync(join(folder, 'file'), 'mine')
    expect(await run(`audit --dossier ${folder}`, { home: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not empty'),
    })
    expect(await run(`audit --dossier ${join(folder, 'file', 'below')}`, { home: folder })).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('the dossier cannot be written to'),
    })
    await know(folder, 'BTC')
    expect(await run(`audit --asset BTC --dossier ${join(folder, 'new')}`, { home: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no finding to write a dossier about'),
    })
    expect(readdirSync(folder)).not.toContain('new')
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('mine')
  })
})
