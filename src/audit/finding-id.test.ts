import { expect, test } from 'vitest'
import { findingId } from './finding-id.ts'
import { verdicts } from './verdict.ts'

const name = { account: 'main', asset: 'USDT', instId: '', marginMode: '', loanType: '', at: 1_780_000_000_000 }

test('the id of a finding is short, stays the same over runs, and is another for another charge or verdict', () => {
  expect(findingId(name, 'missing')).toBe(findingId({ ...name }, 'missing'))
  const wrong = verdicts.flatMap((verdict) =>
    verdict === 'exact' || verdict === 'within-rounding' || verdict === 'hidden-digits' ? [] : [verdict],
  )
  const ids = [
    ...wrong.map((verdict) => findingId(name, verdict)),
    ...Array.from({ length: 5_000 }, (_, hour) => findingId({ ...name, at: name.at + hour * 3_600_000 }, 'duplicate')),
    findingId({ ...name, txId: '1' }, 'missing'),
    findingId({ ...name, instId: 'USDT', asset: '' }, 'missing'),
  ]
  // The duplicate of the first hour is there twice.
  expect(new Set(ids).size).toBe(ids.length - 1)
  for (const id of ids) expect(id).toMatch(/^[0-9a-z]{8}$/)
})
