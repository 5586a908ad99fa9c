import { expect, test } from 'vitest'
import { bookOfRows } from '../../../test/support/audit-kit.ts'
import { chargeOf } from '../../../test/support/charges.ts'
import type { Charge, MarginCharge } from '../../book/record.ts'
import { decimal } from '../../decimal/decimal.ts'
import { dayMs } from '../../time/units.ts'
import { seenCharge } from '../seen-row.ts'
import { FoundLater } from './found-later.ts'
import { PortfolioTwins } from './portfolio-twins.ts'
import { ProvenSpans } from './proven-spans.ts'

const begin = 20_000 * dayMs
const days = 30

/** Daily charges on two assets, both at midnight. */
const charges = Array.from({ length: days * 2 }, (_, place) =>
  chargeOf({ account: 'main', asset: place % 2 === 0 ? 'BTC' : 'USDT', at: begin + Math.floor(place / 2) * dayMs }),
)

function twinOf({ account, at, asset, principal, rate, interest }: Charge): MarginCharge {
  return { account, at, txId: `${asset}${at}`, asset, rawAsset: asset, type: 'PORTFOLIO', principal, rate, interest, receivedAt: at }
}

/** What is found where the charges come in batches of a size. */
async function found(rows: readonly MarginCharge[], given: readonly Charge[], size: number) {
  const later = new FoundLater()
  const proven = () => new ProvenSpans([{ from: begin, to: begin + days * dayMs }])
  const proofs = { interest: proven(), marginInterest: proven() }
  const twins = new PortfolioTwins(bookOfRows('binance', [], rows), 'main', later, proofs)
  const objections = []
  for (let from = 0; from < given.length; from += size) {
    const batch = given.slice(from, from + size)
    await twins.advance(batch[0]!.at, batch.at(-1)!.at + 1)
    for (const charge of batch) objections.push(twins.objectionTo(seenCharge(charge, 'binance')))
  }
  await twins.finish()
  const told = [...later.findings].map(({ verdict, charge }) => `${verdict} ${charge.asset} ${(charge.at - begin) / dayMs}`)
  return [...told, ...objections.flatMap((objection) => (objection === undefined ? [] : [objection.verdict]))]
}

test.each([1, 2, 7, 60])('charges and their twins agree where batches of %i end within an instant', async (size) => {
  expect(await found(charges.map(twinOf), charges, size)).toEqual([])
})

test.each([1, 2, 7, 60])('one that lacks its twin, and a twin that lacks its charge, are told in batches of %i', async (size) => {
  const rows = charges.filter((_, place) => place !== 31).map(twinOf)
  const given = charges.filter((_, place) => place !== 40)
  expect((await found(rows, given, size)).sort()).toEqual(['missing BTC 20', 'not-due USDT 15'])
})

test('a twin with another principal or rate contradicts its charge', async () => {
  const rows = charges.map((charge, place) => {
    const changed = place === 10 ? { principal: decimal('1') } : place === 13 ? { rate: decimal('0.5') } : {}
    return twinOf({ ...charge, ...changed })
  })
  expect(await found(rows, charges, 60)).toEqual(['wrong-principal', 'wrong-rate'])
})
