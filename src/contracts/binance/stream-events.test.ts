import { describe, expect, test } from 'vitest'
import { binanceEvents, parseBinanceEvent, printBinanceEvent } from './stream-events.ts'

describe.each(Object.entries(binanceEvents))('event: %s', (name, stated) => {
  test('is named by its field `e`, and its examples are read and printed back byte for byte', () => {
    expect(stated.name).toBe(name)
    expect(stated.examples.length).toBeGreaterThan(0)
    for (const example of stated.examples) {
      const read = parseBinanceEvent(example)
      expect(read.e).toBe(name)
      expect(read.extra).toBeUndefined()
      expect(printBinanceEvent(read)).toBe(example)
    }
  })

  test('cannot be changed', () => {
    for (const part of [stated, stated.notes, stated.examples]) expect(Object.isFrozen(part)).toBe(true)
  })
})

test('ids beyond 2^53 keep their digits', () => {
  const read = parseBinanceEvent(binanceEvents.liabilityChange.examples[0]!)
  expect(read.e === 'liabilityChange' && read.T).toBe(1352286576452864727n)
})

test('fields that no document knows are kept and printed after the others', () => {
  const text = '{"e":"listenKeyExpired","E":1,"since":"2026"}'
  expect(printBinanceEvent(parseBinanceEvent(text))).toBe(text)
})

test.each([
  ['{"e":"uniMMRDrop"}', 'contract.event-unknown'],
  ['{"E":1}', 'contract.event-unknown'],
  ['null', 'contract.event-unknown'],
  ['{"e":"listenKeyExpired"}', 'contract.wrong-shape'],
  ['{"e":', 'json.malformed'],
])('%s is refused as %s', (text, code) => {
  expect(() => parseBinanceEvent(text)).toThrow(expect.objectContaining({ code }))
})
