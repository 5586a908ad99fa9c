import { expect, test } from 'vitest'
import { WitnessLane } from './witness-lane.ts'

function laneOf() {
  const told: string[] = []
  const lane = new WitnessLane<string>(({ row }) => told.push(row))
  const agree = (series: string, times: number) => {
    for (let time = 0; time < times; time++) lane.agree(series)
  }
  const disagree = (series: string, ...rows: string[]) => {
    for (const row of rows) lane.disagree(series, { row, other: undefined })
  }
  return { lane, told, agree, disagree }
}

test('one that stands alone among many that agree is told, also where it is the first or the last of its series', () => {
  const { lane, told, agree, disagree } = laneOf()
  disagree('b', 'first')
  agree('b', 20)
  disagree('a', 'only')
  disagree('b', 'last')
  lane.finish()
  expect(told.sort()).toEqual(['first', 'last', 'only'])
})

test('a series that never agrees is left undecided, whatever the others do', () => {
  const { lane, told, agree, disagree } = laneOf()
  agree('a', 50)
  disagree('b', ...Array.from({ length: 12 }, (_, place) => String(place)))
  lane.finish()
  expect(told).toEqual([])
  expect(lane.undecided).toBe(12)
})

test('where hardly anything agrees nothing is told', () => {
  const { lane, told, agree, disagree } = laneOf()
  agree('a', 3)
  disagree('a', 'one')
  lane.finish()
  expect(told).toEqual([])
  expect(lane.undecided).toBe(1)
})
