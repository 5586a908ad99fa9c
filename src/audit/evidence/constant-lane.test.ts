import { describe, expect, test } from 'vitest'
import { ConstantLane } from './constant-lane.ts'

/** Feeds figures one after another, each under its place; gives the places that were told, in order. */
function told(values: readonly (bigint | undefined)[]): readonly number[] {
  const lane = new ConstantLane<number>()
  return values.flatMap((value, place) => lane.feed(value, place).map(({ row }) => row))
}

describe('a figure that stays the same from row to row', () => {
  test.each([
    ['is told of nothing where it stays', [5n, 5n, 5n], []],
    ['tells a row that stands out between two that agree', [5n, 5n, 7n, 5n], [2]],
    ['tells a row that is not there', [5n, undefined, 5n], [1]],
    ['tells three in a row, however they differ', [5n, 6n, undefined, 9n, 5n], [1, 2, 3]],
    ['takes four in a row for a change that came', [5n, 7n, 7n, 7n, 7n, 5n], []],
    ['goes on with what holds since', [5n, 7n, 7n, 7n, 7n, 8n, 7n], [5]],
    ['tells nothing of the last row, which nothing comes after', [5n, 5n, 7n], []],
    ['tells nothing of the first row', [7n, 5n, 5n, 5n, 5n, 5n], []],
  ] as const)('%s', (_, values, places) => {
    expect(told(values)).toEqual(places)
  })

  test('counts what it could not decide', () => {
    const lane = new ConstantLane<number>()
    for (const [place, value] of [5n, 5n, 7n].entries()) lane.feed(value, place)
    expect(lane.undecided).toBe(1)
  })
})
