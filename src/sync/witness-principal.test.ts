import { expect, test } from 'vitest'
import { openBook } from '../book/open-book.ts'
import type { Charge, Movement } from '../book/record.ts'
import { decimal } from '../decimal/decimal.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { stoodBetween } from './witness-principal.ts'

const first = Date.UTC(2026, 0, 19)
const last = first + 7 * dayMs

const charge = (at: number, principal: string): Charge => ({
  account: 'main',
  at,
  asset: 'BNB',
  instId: '',
  marginMode: '',
  loanType: '',
  principal: decimal(principal),
  rate: decimal('0.0005226'),
  interest: decimal('0.69'),
  receivedAt: last,
})

const moved = (at: number, kind: string, amount: string): Movement => ({
  account: 'main',
  at,
  stream: 'cm-income',
  id: `${kind}:${at}`,
  asset: 'BNB',
  wallet: 'cm',
  kind,
  amount: decimal(amount),
  detail: '',
  receivedAt: last,
})

async function standsWith(movements: readonly Movement[], before: string, after: string, isProven = true): Promise<boolean | undefined> {
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock: { now: () => last, wait: async () => {} } })
  const account = { label: 'main', exchange: 'binance', baseUrl: 'http://127.0.0.1:1', addedAt: first, mayRepay: false } as const
  await book.addAccount(account)
  for (const stream of ['um-income', 'cm-income', 'margin-loans:BNB', 'margin-repayments:BNB'] as const) {
    const proof = { account: 'main', stream, from: first, to: last + 1, provenBy: 'a test', provenAt: last }
    const rows = stream === 'cm-income' ? movements : []
    await book.recordMovements('main', stream, rows, isProven ? [proof] : [])
  }
  const stood = await stoodBetween(book, charge(first, before), charge(last, after))
  await book.close()
  return stood
}

test('a debt that nothing is known to have moved stood meanwhile when it is the same afterwards', async () => {
  expect(await standsWith([], '1320.6', '1320.6')).toBe(true)
  expect(await standsWith([], '1320.6', '1320.6', false)).toBe(true)
})

test('one that was repaid and made again to the same amount did not', async () => {
  const repaid = moved(first + 22 * hourMs, 'TRANSFER', '1325.6')
  const madeAgain = moved(first + 6 * dayMs + 18 * hourMs, 'REALIZED_PNL', '-4372.36')
  const exchanged = moved(first + 6 * dayMs + 19 * hourMs, 'TRANSFER', '3046.76')
  expect(await standsWith([repaid, madeAgain, exchanged], '1320.6', '1320.6')).toBeUndefined()
})

test('one whose every change is known stood wherever they leave something owed', async () => {
  const grown = moved(first + 3 * dayMs + hourMs, 'REALIZED_PNL', '-10')
  expect(await standsWith([grown], '1320.6', '1330.6')).toBe(true)
  expect(await standsWith([grown], '1320.6', '1330.7')).toBeUndefined()
  expect(await standsWith([grown], '1320.6', '1330.6', false)).toBeUndefined()
  const paid = [moved(first + hourMs, 'REALIZED_PNL', '1320.6'), moved(first + 6 * dayMs + hourMs, 'REALIZED_PNL', '-5')]
  expect(await standsWith(paid, '1320.6', '5')).toBe(false)
})
