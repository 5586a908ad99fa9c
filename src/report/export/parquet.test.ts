import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { describe, expect, test } from 'vitest'
import { vouchedUntil } from '../../../test/support/coverage-kit.ts'
import { chargedAt, exported, okxChargedAt, provenBetween, reportBook } from '../../../test/support/report-kit.ts'
import type { Charge } from '../../book/record.ts'
import { decimal } from '../../decimal/decimal.ts'
import { writeParquet } from './write-parquet.ts'

const gappy = provenBetween('2026-02-01', '2026-03-10', '2026-01-01')

async function parquetOf(bin: readonly Charge[], okx: readonly Charge[] = []): Promise<ArrayBuffer> {
  const book = await reportBook()
  await book.recordCharges('bin', bin, [])
  await book.recordCharges('okx', okx, [])
  const bytes = await exported(book, { format: 'parquet', coverage: gappy })
  await book.close()
  return Uint8Array.from(bytes).buffer
}

/** Decimals as they lie in the file: a reader of its own words would make floats of them. */
async function rawRows(file: ArrayBuffer) {
  const metadata = parquetMetadata(file)
  const scales = new Map<string, number>()
  for (const element of metadata.schema) {
    if (element.converted_type !== 'DECIMAL') continue
    expect(element).toMatchObject({
      precision: 38,
      type: 'FIXED_LEN_BYTE_ARRAY',
      type_length: 16,
      logical_type: { type: 'DECIMAL', precision: 38, scale: element.scale },
    })
    scales.set(element.name, element.scale ?? 0)
    delete element.converted_type
    delete element.logical_type
  }
  const rows = await parquetReadObjects({ file, metadata, utf8: false })
  return { rows, scales, metadata }
}

function unscaled(value: unknown): bigint {
  return BigInt.asIntN(128, BigInt(`0x${Buffer.from(value as Uint8Array).toString('hex')}`))
}

describe('a parquet file', () => {
  test('holds every decimal to the last digit, at one scale for each column', async () => {
    const most = '99999999999999999999999.9999999999999999'
    const file = await parquetOf(
      [
        chargedAt('2026-02-10', { principal: decimal('210000'), interest: decimal('24.4440') }),
        chargedAt('2026-02-11', { interest: decimal('-0.1') }),
      ],
      [
        okxChargedAt('2026-02-10T01:00:00Z'),
        okxChargedAt('2026-02-10T02:00:00Z', { interest: decimal('7') }),
        okxChargedAt('2026-02-10T03:00:00Z', { principal: decimal(most.slice(1)) }),
      ],
    )
    const { rows, scales } = await rawRows(file)
    expect(Object.fromEntries(scales)).toMatchObject({ principal: 16, rate: 16, interest: 16, totalLiability: 0 })
    const charges = rows.filter(({ record }) => record === 'charge')
    expect(charges.map(({ interest }) => unscaled(interest))).toEqual([
      244440000000000000n,
      -1000000000000000n,
      3960833333334n,
      70000000000000000n,
      3960833333334n,
    ])
    expect(charges.map(({ principal }) => unscaled(principal)).at(-1)).toBe(BigInt(most.slice(1).replace('.', '')))
    expect(charges[0]).toMatchObject({
      account: 'bin',
      exchange: 'binance',
      asset: 'USDT',
      ratePer: 'day',
      totalLiability: null,
      until: null,
    })
    expect(charges[0]?.['at']).toEqual(new Date('2026-02-10'))
  })

  test('has a column as text where a value of it needs more than 38 digits', async () => {
    const long = `${'9'.repeat(30)}.0000000001`
    const { rows, scales } = await rawRows(
      await parquetOf([chargedAt('2026-02-10', { principal: decimal(long) }), chargedAt('2026-02-11')]),
    )
    expect([...scales.keys()]).not.toContain('principal')
    expect(rows.slice(1).map(({ principal }) => principal)).toEqual([long, '210000'])
  })

  test('tells gaps as rows and in its metadata, with up to when it is proven', async () => {
    const { rows, metadata } = await rawRows(await parquetOf([chargedAt('2026-02-10')]))
    expect(rows[0]).toMatchObject({
      record: 'unproven',
      at: new Date('2026-01-01'),
      until: new Date('2026-02-01'),
      account: 'bin',
      stream: 'interest',
    })
    const told = Object.fromEntries((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value]))
    expect(told).toMatchObject({
      'overdraft.complete': 'false',
      'overdraft.provenUntil': '2026-03-10T00:00:00.000Z',
      'overdraft.what': 'charges',
    })
    expect(JSON.parse(told['overdraft.gaps'] ?? '')).toMatchObject([{ kind: 'unproven', from: '2026-01-01T00:00:00.000Z' }])
  })

  test('without a row can be read, and has its columns', async () => {
    const { rows, metadata } = await rawRows(await parquetOf([]))
    expect(rows.filter(({ record }) => record === 'charge')).toEqual([])
    expect(metadata.schema.map(({ name }) => name)).toContain('interestFreeLiability')
  })

  test('of several row groups keeps the order of the rows', async () => {
    const parts: Uint8Array[] = []
    const row = (place: number) => ['charge', place, { mantissa: BigInt(place), scale: place % 3 }] as const
    const table = {
      what: 'charges' as const,
      columns: [
        { name: 'record', kind: 'text' as const },
        { name: 'at', kind: 'instant' as const },
        { name: 'interest', kind: 'decimal' as const },
      ],
      pieces: async function* () {
        for (let piece = 0; piece < 35; piece++) yield Array.from({ length: 1_000 }, (_, place) => row(piece * 1_000 + place))
      },
      coverage: vouchedUntil(1),
      asOf: 1,
    }
    await writeParquet(table, { write: async (bytes) => void parts.push(Uint8Array.from(bytes as Uint8Array)) })
    const { rows, metadata } = await rawRows(Uint8Array.from(Buffer.concat(parts)).buffer)
    expect(metadata.row_groups.length).toBeGreaterThan(1)
    expect(rows.map(({ at }) => (at as Date).getTime())).toEqual(Array.from({ length: 35_000 }, (_, place) => place))
    expect(rows.every(({ interest }, place) => unscaled(interest) === BigInt(place) * 10n ** BigInt(2 - (place % 3)))).toBe(true)
  })

  test('is refused where a value comes that was not there when the columns were laid out', async () => {
    let reads = 0
    const table = {
      what: 'charges' as const,
      columns: [{ name: 'interest', kind: 'decimal' as const }],
      pieces: async function* () {
        reads += 1
        yield [[decimal(reads === 1 ? '1.5' : '1.55')]]
      },
      coverage: vouchedUntil(1),
      asOf: 1,
    }
    await expect(writeParquet(table, { write: async () => undefined })).rejects.toMatchObject({ code: 'report.book-changed' })
  })
})
