import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { now, run, withSecret } from '../../../test/support/command-line.ts'
import { openBook } from '../../book/open-book.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { hourMs } from '../../time/units.ts'
import { lineLengthMax } from '../text-lines.ts'

const heading = 'instType,billId,subType,ts,balChg,posBalChg,bal,posBal,ccy,mgnMode,instId,ordId,interest'
const from = Date.UTC(2025, 6, 1)
const hours = (Date.UTC(2025, 9, 1) - from) / hourMs
const lines = Array.from(
  { length: hours },
  (_, hour) => `MARGIN,${1_000 + hour},9,${from + hour * hourMs},-1,0,-${hour + 1},0,USDT,cross,,,-1`,
).reverse()
const okx = { ...withSecret, OVERDRAFT_API_PASSPHRASE: 'p' }

/** A home with an account of each exchange, and a file in it. */
async function home(content: string | Uint8Array, name = 'bills.csv') {
  const { home: folder } = await run('account add okx --exchange okx --api-key k', { env: okx })
  await run('account add main --exchange binance --api-key k', { env: withSecret, home: folder })
  const path = join(folder, name)
  writeFileSync(path, content)
  const imports = (more = '', file = path) =>
    run(['import', 'okx-bills', file, ...(more === '' ? asked : more).split(' ')], { home: folder })
  return { folder, imports }
}
const asked = '--account okx --quarter 2025-Q3'
const file = (rows: readonly string[]) => [heading, ...rows, ''].join('\r\n')

describe('import okx-bills', () => {
  test('says what it took and what that proves; a second time it takes nothing', async () => {
    const { folder, imports } = await home(file(lines))
    expect(await imports()).toMatchObject({
      code: 0,
      stdout: '',
      stderr: `${hours} bills imported.\nOf 2025-Q3 is proven: 2025-07-01 00:00 to 2025-10-01 00:00.\n`,
    })
    expect(await imports()).toMatchObject({ code: 0, stderr: expect.stringMatching(/^0 bills imported, 2208 were there already\.\n/) })
    const book = await openBook({ kind: 'sqlite', path: join(folder, 'book.db') }, { clock: new ManualClock(now) })
    expect((await book.coverage('okx', 'bills')).map(({ provenBy }) => provenBy)).toEqual([
      expect.stringMatching(/^file bills\.csv of OKX bills-history-archive, SHA-256 [0-9a-f]{64}, of 2025-Q3 as stated /),
    ])
    await book.close()
  })

  test('ends with 7 where no row tells by whose calendar the file was cut', async () => {
    const { imports } = await home(file(lines.slice(20)))
    expect(await imports()).toMatchObject({
      code: 7,
      stderr:
        '2188 bills imported.\nOf 2025-Q3 is proven: 2025-07-01 00:00 to 2025-09-30 16:00.\nNo bill tells whether the file was cut at midnight ' +
        'of UTC or of Hong Kong; it speaks for 2025-07-01 00:00 to 2025-09-30 16:00.\n',
    })
  })

  test('ends with 9 where balances do not follow, and names them', async () => {
    const { imports } = await home(file(lines.filter((_, index) => index !== 100)))
    const { code, stderr } = await imports()
    expect(code).toBe(9)
    expect(stderr).toMatch(/^2207 bills imported\.\nokx: bill 3108 okx USDT .* and a change of -1 make .*\nOf .* is proven: .*, .*\.\n$/)
  })

  test.each([
    ['--account other --quarter 2025-Q3', 2, 'no account "other"'],
    ['--account main --quarter 2025-Q3', 2, 'account "main" is one of binance, and the file is one of okx'],
    ['--account okx --quarter 2026-Q1', 2, 'the quarter "2026-Q1" is not over'],
    ['--account okx --quarter summer', 2, '"summer" is not a quarter'],
    ['--account okx --quarter 2025-Q2', 2, '"bills.csv" has 2208 wrong lines; nothing was imported'],
    ['--quarter 2025-Q2', 2, '--account'],
    ['--account okx', 2, '--quarter'],
  ])('refuses %s', async (options, code, said) => {
    const { imports } = await home(file(lines))
    expect(await imports(options)).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(said) })
  })

  test('prints nothing of a hostile file that could steer a terminal', async () => {
    const hostile = lines.slice(0, 3).map((line, index) => (index === 1 ? line.replace('USDT', '\u001b[2J\u202eUSDT\u0007') : line))
    const { imports } = await home(file(hostile), 'bills\u001b[31m.csv')
    const { code, all } = await imports()
    expect(code).toBe(2)
    expect(all).toContain('line 3: ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what this is for.
    expect(all).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  })

  test('refuses what is no such file: packed, of one endless line, not there', async () => {
    const { imports } = await home(gzipSync(file(lines)))
    expect((await imports()).stderr).toContain('begins a packed file: unpack it first')
    const endless = await home(`${file(lines)}${'9'.repeat(lineLengthMax * 3)}`)
    expect(await endless.imports()).toMatchObject({ code: 2, stderr: expect.stringContaining(`line ${hours + 2} of`) })
    const nowhere = join(mkdtempSync(join(tmpdir(), 'overdraft-import-')), 'bills.csv')
    expect(await endless.imports(asked, nowhere)).toMatchObject({ code: 3, stderr: expect.stringContaining('cannot be read') })
    expect(await endless.imports(asked, tmpdir())).toMatchObject({ code: 3, stderr: expect.stringContaining('cannot be read') })
  })
})
