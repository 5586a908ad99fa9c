import { describe, expect, test } from 'vitest'
import { collect } from '../../test/support/charges.ts'
import { disagreements, type Told } from './witness-pairs.ts'

async function* told(...rows: readonly (readonly [at: number, key: string, says: string])[]): AsyncGenerator<Told> {
  for (const [at, key, says] of rows) yield { at, key, says }
}

const differences = async (left: AsyncIterable<Told>, right: AsyncIterable<Told>) =>
  (await collect(disagreements(left, right))).map(({ at, key, left: one, right: other }) => [at, key, one, other])

describe('a debt that one history names with its position, and the other without', () => {
  test('agrees where both tell the same of its asset', async () => {
    expect(await differences(told([1, 'USDT cross BTC-USDT', '0.1']), told([1, 'USDT cross', '0.1']))).toEqual([])
    expect(await differences(told([1, 'USDT cross', '0.1']), told([1, 'USDT isolated BTC-USDT', '0.1']))).toEqual([])
  })

  test('agrees where bills of several positions have one name', async () => {
    const charges = told([1, 'USDT cross BTC-USDT', '0.1'], [1, 'USDT cross ETH-USDT', '0.2'])
    expect(await differences(charges, told([1, 'USDT cross', '0.2'], [1, 'USDT cross', '0.1']))).toEqual([])
  })

  test('differs where it tells another amount, of another asset, at another time, or one more', async () => {
    const charge = () => told([1, 'USDT cross BTC-USDT', '0.1'])
    const bill = 'USDT cross'
    expect(await differences(charge(), told([1, bill, '0.3']))).toEqual([
      [1, 'USDT cross BTC-USDT', '0.1', undefined],
      [1, bill, undefined, '0.3'],
    ])
    expect(await differences(charge(), told([1, 'BTC cross', '0.1']))).toHaveLength(2)
    expect(await differences(charge(), told([2, bill, '0.1']))).toHaveLength(2)
    expect(await differences(charge(), told([1, bill, '0.1'], [1, bill, '0.1']))).toEqual([[1, bill, undefined, '0.1']])
  })
})

test('what both name alike is held against its own name alone', async () => {
  expect(await differences(told([1, 'USDT cross', '0.1']), told([1, 'USDT cross', '0.1'], [1, 'USDT cross', '0.1']))).toEqual([
    [1, 'USDT cross', '0.1', '0.1 and 0.1'],
  ])
})
