import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { chargeOf } from '../../../test/support/charges.ts'
import { now, run, withSecret } from '../../../test/support/command-line.ts'
import { openBook } from '../../book/open-book.ts'
import { openDatabase } from '../../sqlite/database.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { dayMs } from '../../time/units.ts'

let home: string
const day = now - (now % dayMs)

beforeEach(async () => {
  home = (await run('account add main --exchange binance --api-key k', { env: withSecret })).home
  const book = await openBook({ kind: 'sqlite', path: join(home, 'book.db') }, { clock: new ManualClock(now) })
  const charges = Array.from({ length: 40 }, (_, index) => chargeOf({ account: 'main', at: day - index * dayMs }))
  const proof = { account: 'main', stream: 'interest', from: day - 60 * dayMs, to: day, provenBy: 'GET /x', provenAt: now } as const
  await book.recordCharges('main', charges, [proof])
  await book.recordSyncState({ account: 'main', lastSuccessAt: now })
  await book.close()
})

function behind(sql: string): void {
  const database = openDatabase(join(home, 'book.db'))
  database.exec(sql)
  database.close()
}

/** Ten times what was charged: an audit that believed it would accuse the exchange. */
const overcharge = `UPDATE charge_rows SET interest_mantissa = interest_mantissa * 10 WHERE at = ${day - 20 * dayMs}`

describe('a charge that changed in the book', () => {
  test.each([
    'audit',
    'interest --by day',
    'interest',
    'export --format csv --out -',
    'statement main 2026-02',
    'coverage --certificate x.cert',
  ])('%s says that the book is damaged, and accuses nobody', async (line) => {
    behind(overcharge)
    if (line === 'interest --by day') behind(`UPDATE day_totals SET charges = 2 WHERE day = ${day / dayMs - 20}`)
    const told = await run(line.replace('x.cert', join(home, 'x.cert')), { home })
    expect(told.stderr).toContain('the book is damaged')
    expect(told.stderr).toContain('of main from 2026-')
    expect(told.stderr).toContain('overdraft book repair')
    expect(told.code).toBe(6)
    expect(told.stdout).not.toContain('overcharge')
  })

  test('is named by book check, taken out by book repair, and unproven afterwards', async () => {
    expect(await run('book check', { home })).toMatchObject({ code: 0, stdout: expect.stringContaining('Whole: charges of main, 40 rows') })
    behind(overcharge)
    const check = await run('book check', { home })
    expect(check.code).toBe(8)
    expect(check.stdout).toMatch(/^Damaged: charges of main from 2026-\d\d-\d\dT00:00:00\.000Z to 2026-\d\d-\d\dT00:00:00\.000Z, 14 rows$/m)
    expect(check.stdout).toContain('Whole: monthly totals of main, 3 rows')
    const document = JSON.parse((await run('book check --json', { home })).stdout)
    expect(document).toMatchObject({ whole: false, problems: [] })
    expect(document.histories.find((one: { history: string }) => one.history === 'charges').damaged).toHaveLength(1)

    const repair = await run('book repair', { home })
    expect(repair.code).toBe(0)
    expect(repair.stdout).toContain('14 rows; the proof of interest is withdrawn')
    expect((await run('book check', { home })).code).toBe(0)
    const interest = await run('interest --by asset', { home })
    expect(interest.code).toBe(7)
    expect(interest.stdout).toContain('26')
    expect((await run('book repair', { home })).stdout).toContain('nothing was changed')
  })

  test('is repaired when the rows lie before what the exchange keeps, and that is said', async () => {
    await run('account add side --exchange okx --api-key k', { home, env: { ...withSecret, OVERDRAFT_API_PASSPHRASE: 'p' } })
    const book = await openBook({ kind: 'sqlite', path: join(home, 'book.db') }, { clock: new ManualClock(now) })
    const at = day - 500 * dayMs
    const proof = { account: 'side', stream: 'interest', from: at, to: at + dayMs, provenBy: 'GET /x', provenAt: at } as const
    await book.recordCharges('side', [chargeOf({ account: 'side', at, loanType: '2', marginMode: 'cross' })], [proof])
    await book.close()
    behind(`UPDATE charge_rows SET rate_scale = 3 WHERE at = ${at}`)
    const repair = await run('book repair', { home })
    expect(repair.stdout).toContain('the exchange no longer shows')
    const document = JSON.parse((await run('book repair --json', { home })).stdout)
    expect(document).toEqual({ deeds: [] })
  })
})
