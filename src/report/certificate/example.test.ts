import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { chargeOf } from '../../../test/support/charges.ts'
import { canonicalCharge, canonicalText } from './canonical-row.ts'
import { chainContext, firstLink, nextLink, shortLink } from './row-chain.ts'

const page = readFileSync(new URL('../../../docs/certificate.md', import.meta.url), 'utf8')

/** What stands in the example beside a name, without its backquotes. */
function stated(name: string): string {
  const line = page.split('\n').find((text) => text.startsWith(`| ${name} | `)) ?? ''
  return line.slice(`| ${name} | `.length, -' |'.length).replaceAll('`', '')
}

const [context, rowOne, rowTwo] = [stated('context'), stated('row 1'), stated('row 2')]
const first = stated('first link')
const both = page.split('\n').flatMap((line) => /^\| its link \| `([0-9a-f]{64})` \|$/.exec(line)?.[1] ?? [])

test('the example of the page follows from what the page says, with nothing but a hash function', () => {
  const sha = (...parts: readonly (string | Buffer)[]) => {
    const hash = createHash('sha256')
    for (const part of parts) hash.update(part)
    return hash.digest()
  }
  const start = sha(context)
  const one = sha(start, rowOne)
  const two = sha(one, rowTwo)
  expect(start.toString('hex')).toBe(first)
  expect([one, two].map((link) => link.toString('hex'))).toEqual(both)
  const short = [one, two].map((link) => link.toString('base64url').slice(0, 8))
  const standing = [rowOne, rowTwo].map((row, place) => [...(JSON.parse(row) as unknown[]).slice(0, 5), short[place]])
  expect(stated('as they stand')).toBe(standing.map((row) => JSON.stringify(row)).join(', '))
})

test('the rows of the example are what Overdraft makes of these charges', () => {
  const charges = [1_773_014_400_000, 1_773_100_800_000].map((at) => canonicalCharge(chargeOf({ at })))
  expect(charges.map(canonicalText)).toEqual([rowOne, rowTwo])
  expect(chainContext('main', 'interest')).toBe(context)
  const start = firstLink('main', 'interest')
  expect(start.toString('hex')).toBe(first)
  const one = charges[0] === undefined ? start : nextLink(start, charges[0])
  expect(one.toString('hex')).toBe(both[0])
  expect(stated('as they stand')).toContain(shortLink(one))
})
