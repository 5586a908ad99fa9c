import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { AmountVector } from './amount-vector.ts'
import type { ChargeBatch, ChargeRow, ChargeStore } from './charge-store.ts'
import { type ChargeStores, diskChargeStores, memoryChargeStores } from './charge-stores.ts'

const root = mkdtempSync(join(tmpdir(), 'overdraft-charges-'))
afterAll(() => rmSync(root, { recursive: true }))
let folders = 0
const newFolder = () => join(root, String(++folders))
/** So small that every property crosses pages and files. */
const small = { segmentBytes: 700, pagesMax: 3 }
const places: readonly (readonly [string, () => ChargeStores])[] = [
  ['in memory', memoryChargeStores],
  ['on disk', () => diskChargeStores(newFolder(), small)],
]

interface PlainRow {
  readonly debtor: number
  readonly rate: number
  readonly amounts: readonly [bigint, bigint]
}
interface PlainBatch {
  readonly at: number
  readonly tag: number
  readonly rows: readonly PlainRow[]
}

const amount = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt({ min: 0n, max: 10n ** 12n }) },
  fc.constant(0n),
  fc.bigInt({ min: 922n * 10n ** 16n - 2n, max: 922n * 10n ** 16n + 2n }),
  fc.bigInt({ min: 10n ** 34n, max: 10n ** 40n }),
  fc.bigInt({ min: -(10n ** 36n), max: 0n }),
)
const row = fc.record({ debtor: fc.nat(1_500), rate: fc.nat(5_000), amounts: fc.tuple(amount, amount) })
const rows = fc.uniqueArray(row, { selector: ({ debtor }) => debtor, maxLength: 12 }).map((list) => sorted(list))
/** Some boundaries repeat the one before, as they do where nothing changed. */
const history: fc.Arbitrary<readonly PlainBatch[]> = fc
  .array(fc.record({ later: fc.nat(2), tag: fc.nat(2), repeat: fc.boolean(), rows }), { maxLength: 25 })
  .map((steps) => {
    let at = 10
    let last: readonly PlainRow[] = []
    return steps.map((step) => {
      at += step.later
      last = step.repeat ? last : step.rows
      return { at, tag: step.tag, rows: last }
    })
  })

function sorted(list: readonly PlainRow[]): PlainRow[] {
  return [...list].sort((left, right) => left.debtor - right.debtor)
}

function batchOf({ at, tag, rows: list }: PlainBatch): ChargeBatch {
  return {
    at,
    tag,
    count: list.length,
    debtors: Uint32Array.from(list, ({ debtor }) => debtor),
    rates: Uint32Array.from(list, ({ rate }) => rate),
    amounts: [0, 1].map((column) => AmountVector.of(...list.map(({ amounts }) => amounts[column]!))),
  }
}

function fill(store: ChargeStore, batches: readonly PlainBatch[]): void {
  for (const batch of batches) store.append(batchOf(batch))
}

function expected(batches: readonly PlainBatch[], debtors?: readonly number[], from = 0, to = 1_000): ChargeRow[] {
  return batches.toReversed().flatMap(({ at, tag, rows: list }) =>
    list
      .toReversed()
      .filter(({ debtor }) => at >= from && at <= to && (debtors === undefined || debtors.includes(debtor)))
      .map((kept) => ({ at, tag, ...kept, amounts: [...kept.amounts] })),
  )
}

function everything(store: ChargeStore): ChargeRow[] {
  return [
    ...store.rows(
      Array.from({ length: 1_501 }, (_, debtor) => debtor),
      0,
      1_000,
    ),
  ]
}

function bytesOf(store: ChargeStore): string {
  return Buffer.concat([...store.contents()].map((part) => Buffer.from(part))).toString('hex')
}

describe.each(places)('charges kept %s', (_, open) => {
  it('are found like those of a plain list that is filtered', () => {
    const debtors = fc.uniqueArray(fc.nat(1_500), { maxLength: 40 }).map((list) => list.sort((left, right) => left - right))
    fc.assert(
      fc.property(history, debtors, fc.nat(60), fc.nat(60), (batches, wanted, from, to) => {
        const stores = open()
        fill(stores.marginLoan, batches)
        expect([...stores.marginLoan.rows(wanted, from, to)]).toEqual(expected(batches, wanted, from, to))
        expect(everything(stores.marginLoan)).toEqual(expected(batches))
        expect(stores.marginLoan.size).toBe(expected(batches).length)
        stores.close()
      }),
    )
  })

  it('are the same bytes wherever they are kept', () => {
    fc.assert(
      fc.property(history, (batches) => {
        const stores = open()
        const reference = memoryChargeStores()
        for (const { marginLoan } of [stores, reference]) fill(marginLoan, batches)
        expect(bytesOf(stores.marginLoan)).toBe(bytesOf(reference.marginLoan))
        stores.close()
      }),
    )
  })

  it('go two ways from a fork on, and neither sees what the other appends', () => {
    fc.assert(
      fc.property(history, history, history, (before, here, there) => {
        const stores = open()
        fill(stores.marginLoan, before)
        const fork = stores.fork()
        const later = (batches: readonly PlainBatch[]) => batches.map((batch) => ({ ...batch, at: batch.at + 100 }))
        fill(stores.marginLoan, later(here))
        fill(fork.marginLoan, later(there))
        expect(everything(stores.marginLoan)).toEqual(expected([...before, ...later(here)]))
        stores.close()
        expect(everything(fork.marginLoan)).toEqual(expected([...before, ...later(there)]))
        const again = fork.fork()
        fork.close()
        expect(everything(again.marginLoan)).toEqual(expected([...before, ...later(there)]))
        again.close()
      }),
      { numRuns: 50 },
    )
  })

  it('are found in lists of debtors of many pages', () => {
    const stores = open()
    const list = Array.from({ length: 5_000 }, (_, index) => ({
      debtor: 3 * index,
      rate: index % 7,
      amounts: [BigInt(index), 1n] as const,
    }))
    const batches = Array.from({ length: 3 }, (_, index) => ({ at: index, tag: 0, rows: list }))
    fill(stores.marginLoan, batches)
    const wanted = [0, 1, 2, 3, 1_533, 1_535, 1_536, 7_002, 14_996, 14_997, 20_000]
    expect([...stores.marginLoan.rows(wanted, 0, 9)]).toEqual(expected(batches, wanted))
    stores.close()
  })
})

describe('charges on disk', () => {
  it('stand after a restart as far as the mark names them, and what came later is gone', () => {
    fc.assert(
      fc.property(history, history, (before, after) => {
        const folder = newFolder()
        const first = diskChargeStores(folder, small)
        fill(
          first.okx,
          before.map((batch) => batch),
        )
        first.sync()
        const mark = structuredClone(first.mark())
        const late = after.map((batch) => ({ ...batch, at: batch.at + 100 }))
        fill(first.okx, late)
        if (after.length % 2 === 0) first.sync()
        first.close()
        const second = diskChargeStores(folder, { ...small, mark })
        expect(bytesOf(second.okx)).toBe(bytesOf(filled(before).okx))
        fill(second.okx, late)
        expect(bytesOf(second.okx)).toBe(bytesOf(filled([...before, ...late]).okx))
        second.close()
        expect(diskChargeStores(folder, small).okx.size).toBe(0)
      }),
      { numRuns: 50 },
    )
  })

  it('keep what a fork shares when their own end is cut off', () => {
    const folder = newFolder()
    const stores = diskChargeStores(folder)
    const batch = (at: number): PlainBatch => ({
      at,
      tag: 0,
      rows: [1, 2].map((debtor) => ({ debtor, rate: at, amounts: [BigInt(at), 7n] })),
    })
    fill(stores.okx, [batch(1)])
    stores.sync()
    const mark = stores.mark()
    fill(stores.okx, [batch(2)])
    const fork = stores.fork(newFolder())
    stores.close()
    const reopened = diskChargeStores(folder, { mark })
    fill(reopened.okx, [batch(3)])
    expect([reopened.okx, fork.okx].map((store) => [...store.rows([1], 0, 9)].map(({ at }) => at))).toEqual([
      [3, 1],
      [2, 1],
    ])
  })

  it('are never answered wrong: one changed byte anywhere is noticed', () => {
    const folder = newFolder()
    const stores = diskChargeStores(folder, { segmentBytes: 1_000 })
    const list = Array.from({ length: 40 }, (_, debtor) => ({ debtor, rate: debtor % 3, amounts: [BigInt(debtor), 5n] as const }))
    fill(
      stores.marginLoan,
      Array.from({ length: 5 }, (_, at) => ({ at, tag: 0, rows: list.map((kept) => ({ ...kept, amounts: [BigInt(at), 5n] as const })) })),
    )
    stores.sync()
    const mark = stores.mark()
    stores.close()
    const own = join(folder, 'margin-loan')
    const files = readdirSync(own).map((name) => join(own, name))
    expect(files.length).toBeGreaterThan(2)
    const read = () => {
      const again = diskChargeStores(folder, { mark })
      try {
        return [...again.marginLoan.contents(), ...everything(again.marginLoan)].length
      } finally {
        again.close()
      }
    }
    const whole = read()
    for (const file of files) {
      const content = readFileSync(file)
      for (let place = 0; place < content.length; place += 37) {
        const changed = Buffer.from(content)
        changed[place]! ^= 1 << (place % 8)
        writeFileSync(file, changed)
        expect(outcome(read), `${file} at ${place}`).toBe('storage.damaged')
      }
      writeFileSync(file, content)
      truncateSync(file, content.length - 1)
      expect(outcome(read)).toBe('storage.damaged')
      rmSync(file)
      expect(outcome(read)).toBe('storage.damaged')
      writeFileSync(file, content)
    }
    expect(read()).toBe(whole)
  })

  it('are not written again where a boundary says what the one before said', () => {
    const folder = newFolder()
    const stores = diskChargeStores(folder)
    const list = Array.from({ length: 1_000 }, (_, debtor) => ({ debtor, rate: 1, amounts: [BigInt(debtor), 5n] as const }))
    fill(
      stores.marginLoan,
      Array.from({ length: 100 }, (_, at) => ({ at, tag: 0, rows: list })),
    )
    stores.sync()
    const own = join(folder, 'margin-loan')
    const bytes = readdirSync(own).reduce((sum, name) => sum + statSync(join(own, name)).size, 0)
    expect(stores.marginLoan.size).toBe(100_000)
    expect(bytes).toBeLessThan(40_000)
    stores.close()
  })

  it('belong to nobody else', () => {
    const folder = newFolder()
    diskChargeStores(folder).okx.append(batchOf({ at: 1, tag: 0, rows: [{ debtor: 1, rate: 1, amounts: [1n, 1n] }] }))
    const own = join(folder, 'okx')
    const modes = [own, ...readdirSync(own).map((name) => join(own, name))].map((path) => statSync(path).mode & 0o077)
    expect(modes).toEqual([0, 0])
  })

  it('say so when the folder cannot be written', () => {
    const file = join(root, 'file')
    writeFileSync(file, '')
    expect(outcome(() => diskChargeStores(join(file, 'below')))).toBe('storage.unwritable')
  })
})

function filled(batches: readonly PlainBatch[]): ChargeStores {
  const stores = memoryChargeStores()
  fill(stores.okx, batches)
  return stores
}

function outcome(work: () => unknown): unknown {
  try {
    work()
    return 'done'
  } catch (error) {
    return (error as { code?: unknown }).code ?? error
  }
}
