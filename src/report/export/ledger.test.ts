import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import {
  chargedAt,
  exported,
  okxChargedAt,
  priceAt,
  provenBetween,
  reportAccount,
  reportBook,
  runTool,
} from '../../../test/support/report-kit.ts'
import type { Book } from '../../book/book-interface.ts'
import { decimal } from '../../decimal/decimal.ts'
import { beancountNames } from './ledger-names.ts'

const folder = mkdtempSync(join(tmpdir(), 'overdraft-ledger-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Names that each tool has its own trouble with. */
const oddAssets = ['USDT', '1INCH', '1000SHIB', 'T', 'TRUE', 'A'.repeat(30), 'BTC.B', 'P-Q']
const gappy = provenBetween('2026-02-01', '2026-03-10', '2026-01-01')

async function oddBook(): Promise<Book> {
  const book = await reportBook([
    reportAccount('main', 'binance'),
    reportAccount('Main', 'binance'),
    reportAccount('1.my_acc', 'binance'),
    reportAccount('okx', 'okx'),
  ])
  for (const label of ['main', 'Main', '1.my_acc']) {
    const charges = oddAssets.map((asset) => chargedAt('2026-02-10', { account: label, asset, interest: decimal('1.234') }))
    await book.recordCharges(label, [...charges, chargedAt('2026-02-11', { account: label })], [])
  }
  const hours = Array.from({ length: 24 }, (_, hour) => okxChargedAt(`2026-02-10T${String(hour).padStart(2, '0')}:00:00Z`))
  await book.recordCharges('okx', hours, [])
  await book.recordPrices([priceAt('2026-02-10', '0.9998'), priceAt('2026-02-10', '0.31', { asset: '1INCH' })])
  return book
}

async function ledger(format: 'beancount' | 'hledger', per: 'day' | 'charge'): Promise<string> {
  const book = await oddBook()
  const text = (
    await exported(book, { format, per, coverage: { ...gappy, gaps: gappy.gaps.map((gap) => ({ ...gap, account: 'main' })) } })
  ).toString()
  await book.close()
  return text
}

describe.each([['day'], ['charge']] as const)('a transaction for each %s', (per) => {
  test('is accepted by the real beancount, with odd names of accounts and assets', async (context) => {
    const path = join(folder, `${per}.beancount`)
    writeFileSync(path, await ledger('beancount', per))
    const checked = runTool('bean-check', [path])
    if (checked === undefined) return context.skip('beancount is not on this machine')
    expect(checked).toEqual({ code: 0, said: '' })
  })

  test('is accepted by the real hledger, in strict mode, and sums up to the last digit', async (context) => {
    const path = join(folder, `${per}.journal`)
    writeFileSync(path, await ledger('hledger', per))
    const checked = runTool('hledger', ['check', '--strict', '-f', path])
    if (checked === undefined) return context.skip('hledger is not on this machine')
    expect(checked).toEqual({ code: 0, said: '' })
    const balance = runTool('hledger', ['balance', '-f', path, '--layout=bare', '-O', 'csv', 'Liabilities:OKX'])
    expect(balance?.said).toContain('"Liabilities:OKX:okx:USDT","USDT","-0.0095060000000016"')
  })
})

describe('beancount', () => {
  test('is told of each gap by a note on the account, and of prices', async () => {
    const text = await ledger('beancount', 'charge')
    expect(text).toMatch(
      /^2026-01-01 note Expenses:Interest:Binance:Main-[0-9A-F]{6} "main interest: 2026-01-01T00:00:00.000Z to 2026-02-01/m,
    )
    expect(text).toContain('2026-02-10 price USDT 0.9998 USD\n')
    expect(text).toContain(';; Proven complete up to 2026-03-10T00:00:00.000Z, but for one span told above.\n')
    expect(text).toContain('  Expenses:Interest:OKX:Okx  0.0003960833333334 USDT\n  Liabilities:OKX:Okx:USDT  -0.0003960833333334 USDT\n')
  })

  test('has another name for each account and each asset, all of them legal', () => {
    const labels = ['main', 'Main', 'a.b', 'a_b', 'a-b', '9x']
    const names = beancountNames(labels)
    expect(new Set(labels.map(names.label)).size).toBe(labels.length)
    for (const label of labels) expect(names.label(label)).toMatch(/^[A-Z0-9][A-Za-z0-9-]*$/)
    const commodities = [...oddAssets, 'INCH', '1inch'].map(names.commodity)
    expect(new Set(commodities).size).toBe(commodities.length)
    for (const commodity of commodities) expect(commodity).toMatch(/^(?!TRUE$)[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]$/)
    const parts = [...oddAssets, 'BTCB', 'BTC-B', 'BTC_B'].map(names.assetPart)
    expect(new Set(parts).size).toBe(parts.length)
    for (const part of parts) expect(part).toMatch(/^[A-Z0-9][A-Za-z0-9-]*$/)
  })
})

describe('hledger', () => {
  test('is told of each gap and of prices', async () => {
    const text = await ledger('hledger', 'day')
    expect(text).toMatch(
      /^; gap: main interest: 2026-01-01T00:00:00.000Z to 2026-02-01T00:00:00.000Z is not proven; charges may be missing$/m,
    )
    expect(text).toContain('P 2026-02-10 USDT 0.9998 USD\n')
    expect(text).toContain('2026-02-10 * okx | Interest, 24 charges  ; at:2026-02-10T23:00:00.000Z\n')
  })
})
