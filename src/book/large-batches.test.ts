import { expect, test } from 'vitest'
import { onBothEngines } from '../../test/support/books.ts'
import { chargeOf, collect } from '../../test/support/charges.ts'
import { decimal, toText } from '../decimal/decimal.ts'
import { hourMs } from '../time/units.ts'
import type { Charge } from './record.ts'

const newest = 1_780_000_000_000

/** Newest first, as an exchange sends them. */
function chargesOf(count: number): Charge[] {
  return Array.from({ length: count }, (_, place) => chargeOf({ at: newest - place * hourMs, interest: decimal(`${place + 1}.5`) }))
}

onBothEngines('a batch of any size', (books) => {
  test.each([1, 49, 50, 51, 499, 500, 501, 1_250])('%i new rows are added, each once', async (count) => {
    const book = await books.open()
    const charges = chargesOf(count)
    expect(await book.recordCharges('bin', charges, [])).toMatchObject({ added: count, known: 0, changed: [] })
    const stored = await collect(book.charges({ accounts: ['bin'] }))
    expect(stored.map(({ at, interest }) => [at, toText(interest)])).toEqual(charges.map(({ at, interest }) => [at, toText(interest)]))
    const [total] = await book.totals({ accounts: ['bin'], by: 'all' })
    expect([total?.charges, total && toText(total.interest)]).toEqual([count, ((count * (count + 2)) / 2).toFixed(1)])
  })

  test.each([
    ['the first', (place: number) => place === 0],
    ['the last', (place: number) => place === 1_249],
    ['one in the middle', (place: number) => place === 777],
    ['every third', (place: number) => place % 3 === 0],
    ['all', () => true],
  ])('%s of 1,250 rows was known: the others are added, and what came otherwise is told', async (_, wasKnown) => {
    const book = await books.open()
    const charges = chargesOf(1_250)
    const known = charges.filter((_charge, place) => wasKnown(place))
    await book.recordCharges('bin', known, [])
    const came = charges.map((charge) => (charge === known.at(-1) ? { ...charge, interest: decimal('99999.5') } : charge))
    const outcome = await book.recordCharges('bin', came, [])
    expect([outcome.added, outcome.known, outcome.changed.length]).toEqual([1_250 - known.length, known.length - 1, 1])
    expect(outcome.changed[0]).toContain('and came as 99999.5')
    expect((await collect(book.charges({ accounts: ['bin'] }))).map(({ interest }) => toText(interest))).toEqual(
      charges.map(({ interest }) => toText(interest)),
    )
    const [total] = await book.totals({ accounts: ['bin'], by: 'all' })
    expect([total?.charges, total && toText(total.interest)]).toEqual([1_250, '782500.0'])
  })

  test('a row that comes twice in one batch is added once', async () => {
    const book = await books.open()
    const charges = chargesOf(600)
    const outcome = await book.recordCharges('bin', [...charges, ...charges.slice(550)], [])
    expect(outcome).toMatchObject({ added: 600, known: 50, changed: [] })
    expect((await book.totals({ accounts: ['bin'], by: 'all' }))[0]?.charges).toBe(600)
  })

  test('a batch that is refused at its end leaves nothing behind', async () => {
    const book = await books.open()
    const span = { account: 'okx', stream: 'interest', from: 0, to: newest, provenBy: 'GET /x', provenAt: 1 } as const
    await expect(book.recordCharges('bin', chargesOf(600), [span])).rejects.toMatchObject({ code: 'book.foreign-row' })
    expect(await collect(book.charges({ accounts: ['bin'] }))).toEqual([])
    expect(await book.recordCharges('bin', chargesOf(600), [])).toMatchObject({ added: 600 })
  })
})
