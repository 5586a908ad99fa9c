import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chargeOf } from '../../../test/support/charges.ts'
import { reportOf } from '../../../test/support/coverage-kit.ts'
import type { Book } from '../../book/book-interface.ts'
import type { Charge } from '../../book/record.ts'
import { printCsv } from '../../cli/output/csv.ts'
import { interestColumns } from '../../cli/views/interest-view.ts'
import { decimal } from '../../decimal/decimal.ts'
import { dayMs, hourMs } from '../../time/units.ts'
import { writeNewFile } from './certificate-file.ts'
import { checkCertificate } from './check-certificate.ts'
import { verifyExport } from './verify-export.ts'
import { writeCertificate } from './write-certificate.ts'

const folder = mkdtempSync(join(tmpdir(), 'overdraft-certificate-'))
const start = Date.UTC(2026, 0, 20)
let files = 0

function newPath(): string {
  return join(folder, `file-${++files}`)
}

function fileOf(text: string): string {
  const path = newPath()
  writeFileSync(path, text)
  return path
}

/** Charges of both exchanges, several at each instant, more than two lines of a certificate. */
function history(hours: number): readonly Charge[] {
  return Array.from({ length: hours }, (_, hour) => start + hour * hourMs).flatMap((at) => [
    chargeOf({ account: 'okx', at, asset: 'BTC', marginMode: 'cross', loanType: '2', interest: decimal('0.00010') }),
    chargeOf({ account: 'okx', at, asset: 'BTC', marginMode: 'isolated', instId: 'BTC-USDT', loanType: '2', totalLiability: null }),
    chargeOf({ account: 'okx', at, asset: 'USDT', marginMode: 'cross', loanType: '2', interestFreeLiability: decimal('0') }),
    ...(at % dayMs === 0 ? [chargeOf({ at, asset: 'USDT' }), chargeOf({ at, asset: 'ETH' })] : []),
  ])
}

/** All that certifying asks of a book. */
function bookOf(charges: readonly Charge[]): Book {
  const book: Partial<Book> = {
    charges: async function* ({ accounts }) {
      yield* charges.filter(({ account }) => accounts?.includes(account))
    },
    coverage: async () => [],
    findings: async () => [],
  }
  return book as Book
}

async function certificateOf(charges: readonly Charge[]): Promise<{ path: string; seal: string }> {
  const accounts = (['bin', 'okx'] as const).map((label) => ({
    label,
    exchange: label === 'okx' ? ('okx' as const) : ('binance' as const),
    baseUrl: 'http://127.0.0.1:1',
    addedAt: start,
    mayRepay: false,
  }))
  const reports = accounts.map(({ label }) =>
    reportOf({ proven: [{ from: start, to: start + 90 * dayMs }] }, undefined, { account: label }),
  )
  const path = newPath()
  const lines = writeCertificate({ book: bookOf(charges), accounts, reports, madeAt: start + 100 * dayMs, madeBy: 'test' })
  return { path, seal: await writeNewFile(path, lines) }
}

function csvOf(charges: readonly Charge[]): string {
  const rows = charges.map((charge) => ({ record: 'charge' as const, charge, exchange: 'okx' as const }))
  return fileOf(printCsv({ columns: interestColumns, rows }))
}

const charges = history(1_000)
const newestFirst = [...charges].reverse()

describe('an export', () => {
  test('fits the certificate of the same book, whichever way round, as CSV and as JSON Lines', async () => {
    const { path, seal } = await certificateOf(charges)
    const certificate = await checkCertificate(path, seal)
    expect(certificate.sections.map(({ account, rows }) => [account, rows])).toEqual([
      ['bin', 84],
      ['okx', 3_000],
    ])
    const lines = newestFirst.map((charge) =>
      JSON.stringify(
        Object.fromEntries(interestColumns.map(({ field, value }) => [field, value({ record: 'charge', charge, exchange: 'okx' })])),
      ),
    )
    for (const file of [csvOf(charges), csvOf(newestFirst), fileOf(lines.join('\n'))]) {
      expect(await verifyExport(certificate, file)).toEqual({ rows: 3_084, byKeyAlone: 0, misfit: undefined })
    }
  })

  test('that lacks a row, has one more, has one twice, or has one changed is told by that very row', async () => {
    const certificate = await checkCertificate((await certificateOf(charges)).path)
    const place = fc.nat(charges.length - 1)
    const harm = fc.constantFrom('missing', 'added', 'changed', 'twice')
    const check = fc.asyncProperty(place, harm, fc.boolean(), async (index, kind, isReversed) => {
      const victim = charges[index] ?? chargeOf()
      const harmed = charges.flatMap((charge) => {
        if (charge !== victim) return [charge]
        if (kind === 'missing') return []
        if (kind === 'added') return [charge, { ...charge, asset: 'ADDED' }]
        return kind === 'twice' ? [charge, charge] : [{ ...charge, interest: decimal('7') }]
      })
      const { misfit } = await verifyExport(certificate, csvOf(isReversed ? [...harmed].reverse() : harmed))
      const { account, at } = victim
      expect([misfit?.kind, misfit?.account, misfit?.row.at, misfit?.row.key[0]]).toEqual([
        kind,
        account,
        at,
        kind === 'added' ? 'ADDED' : victim.asset,
      ])
    })
    await fc.assert(check, { numRuns: 40 })
  }, 60_000)

  test('of a month is checked from its first row, one of any span from the next whole link', async () => {
    const certificate = await checkCertificate((await certificateOf(charges)).path)
    const february = { from: Date.UTC(2026, 1, 1), to: Date.UTC(2026, 2, 1) }
    const inside = (span: { from: number; to: number }) => charges.filter(({ at }) => at >= span.from && at < span.to)
    const months = await verifyExport(certificate, csvOf(inside(february)), { within: february })
    expect(months).toEqual({ rows: inside(february).length, byKeyAlone: 0, misfit: undefined })
    const odd = { from: start + 7 * hourMs, to: start + 30 * dayMs }
    const part = inside(odd).filter(({ account }) => account === 'okx')
    const verified = await verifyExport(certificate, csvOf(part), { accounts: ['okx'], within: odd })
    expect(verified).toEqual({ rows: part.length, byKeyAlone: 864 - 21, misfit: undefined })
    const lacking = await verifyExport(certificate, csvOf(part.slice(1)), { accounts: ['okx'], within: odd })
    expect(lacking.misfit).toMatchObject({ kind: 'missing', account: 'okx' })
    const short = { from: start + 7 * hourMs, to: start + 9 * hourMs }
    await expect(verifyExport(certificate, csvOf(inside(short)), { within: short })).rejects.toThrow(/only its keys could be checked/)
  })

  test('with a part that was not claimed has added rows, and one that lacks a claimed account has missing ones', async () => {
    const certificate = await checkCertificate((await certificateOf(charges)).path)
    const okx = charges.filter(({ account }) => account === 'okx')
    expect((await verifyExport(certificate, csvOf(charges), { accounts: ['okx'] })).misfit).toMatchObject({ kind: 'added', account: 'bin' })
    expect((await verifyExport(certificate, csvOf(okx))).misfit).toMatchObject({ kind: 'missing', account: 'bin' })
    expect((await verifyExport(certificate, csvOf(okx), { accounts: ['okx'] })).misfit).toBeUndefined()
    await expect(verifyExport(certificate, csvOf(okx), { accounts: ['other'] })).rejects.toThrow(/has no account "other"/)
  })

  test('that is none, lacks a column, is cut off or is in no order is refused', async () => {
    const certificate = await checkCertificate((await certificateOf(charges.slice(0, 50))).path)
    const text = readFileSync(csvOf(charges.slice(0, 50)), 'utf8')
    const refused: readonly (readonly [string, RegExp])[] = [
      ['', /is no export/],
      ['hello\n', /is no export/],
      ['{"charges":[]}\n', /lacks what tells a charge/],
      ['[\n', /is no export/],
      [text.replaceAll(',principal,', ',size,'), /lacks what tells a charge: principal/],
      [text.slice(0, -40), /cannot be read/],
      [text.replace('24.4440', '24,4440'), /cannot be read/],
      [text.replace('24.4440', '2.44e1'), /its interest is "2.44e1"/],
    ]
    for (const [given, why] of refused) await expect(verifyExport(certificate, fileOf(given)), given.slice(0, 60)).rejects.toThrow(why)
    const shuffled = csvOf([...charges.slice(30, 50), ...charges.slice(0, 30)])
    const verified = verifyExport(certificate, shuffled)
    await expect(verified.then(({ misfit }) => Promise.reject(new Error(`is not ordered: ${misfit?.kind}`)))).rejects.toThrow(
      /is not ordered/,
    )
    await expect(verifyExport(certificate, newPath())).rejects.toThrow(/cannot be read/)
  })
})

describe('a certificate', () => {
  test('of which any line is altered, taken away, added or exchanged is not believed, and the line is named', async () => {
    const { path } = await certificateOf(charges)
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
    const altered = (line: number, text: string) => checkCertificate(fileOf(`${lines.with(line - 1, text).join('\n')}\n`))
    for (let line = 2; line < lines.length; line++) {
      const text = lines[line - 1] ?? ''
      await expect(altered(line, text.replace('"kind":', '"kind" :')), text.slice(0, 99)).rejects.toThrow(`line ${line} of the certificate`)
    }
    const firstRow = lines.findIndex((line) => line.includes('"rows":[['))
    const row = (lines[firstRow] ?? '').replace('"ETH"', '"BTC"')
    await expect(altered(firstRow + 1, row)).rejects.toThrow(`line ${firstRow + 1} of the certificate`)
    const without = fileOf(`${lines.toSpliced(firstRow, 1).join('\n')}\n`)
    await expect(checkCertificate(without)).rejects.toThrow(/was altered/)
    await expect(checkCertificate(fileOf(`${lines.join('\n')}\n${lines.at(-1)}\n`))).rejects.toThrow(/stands after the seal/)
  })

  test('that is cut off anywhere, is none, or is newer than this version is refused', async () => {
    const { path } = await certificateOf(charges.slice(0, 100))
    const text = readFileSync(path, 'utf8')
    const firstEnd = text.indexOf('\n')
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: firstEnd + 1, max: text.length - 1 }), async (length) => {
        await expect(checkCertificate(fileOf(text.slice(0, length)))).rejects.toThrow(/without its seal/)
      }),
      { numRuns: 30 },
    )
    await expect(checkCertificate(fileOf(''))).rejects.toThrow(/is no certificate/)
    await expect(checkCertificate(fileOf('{"kind":"head"}\n'))).rejects.toThrow(/is no certificate/)
    await expect(checkCertificate(fileOf(text.replace('"version":1', '"version":2')))).rejects.toThrow(/has format 2/)
    await expect(checkCertificate(folder)).rejects.toThrow(/cannot be read/)
  })

  test('that was made anew as a whole is told by the seal that was kept', async () => {
    const { seal } = await certificateOf(charges)
    const forged = await certificateOf(charges.slice(1))
    await expect(checkCertificate(forged.path)).resolves.toMatchObject({ seal: forged.seal })
    await expect(checkCertificate(forged.path, seal)).rejects.toThrow(/has the seal/)
  })

  test('is not written over a file that is there, and nothing is left of one that failed', async () => {
    const there = fileOf('precious')
    await expect(writeNewFile(there, (async function* () {})())).rejects.toMatchObject({ code: 'report.target-exists' })
    expect(readFileSync(there, 'utf8')).toBe('precious')
    const path = newPath()
    const failing = (async function* () {
      yield 'begun\n'
      throw new Error('the book is closed')
    })()
    await expect(writeNewFile(path, failing)).rejects.toThrow(/the book is closed/)
    expect(() => readFileSync(path)).toThrow(/ENOENT/)
  })
})
