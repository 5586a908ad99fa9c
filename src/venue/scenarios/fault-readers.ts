import { isIP } from 'node:net'
import { expectationOf, type Setting } from '../faults/setting.ts'
import { list, type Reader, scalarText, shouldBe } from './readers.ts'
import { duration, matching, moment, oneOf, shortText, trueOrFalse } from './scalar-readers.ts'

/** An instant of a fault: in UTC (epoch ms), or so long after the end of the scenario, where calls begin. */
export type FaultInstant = { readonly kind: 'absolute'; readonly at: number } | { readonly kind: 'after-end'; readonly ms: number }

/** An instant at which somebody may call: none of them lies before the end of the scenario. */
export const faultInstant: Reader<FaultInstant> = (spot) => {
  const text = scalarText(spot) ?? ''
  if (text === 'end') return { value: Object.freeze({ kind: 'after-end', ms: 0 }) }
  const { node } = spot
  if (text.startsWith('+') && node !== null) {
    const span = duration({ ...spot, node: Object.assign(Object.create(node) as typeof node, { value: text.slice(1) }) })
    return span && { value: Object.freeze({ kind: 'after-end', ms: span.value }) }
  }
  const fixed = text.startsWith('-') ? undefined : moment(spot)
  if (fixed?.value.kind === 'absolute') return { value: Object.freeze({ kind: 'absolute', at: fixed.value.at }) }
  return text.startsWith('-') ? shouldBe(spot, 'an instant: after the end (+90m, +1d 07:30), end, or in UTC (2026-01-31T08:00:00Z)') : undefined
}

const wholeRe = /^-?\d{1,15}$/
const shareRe = /^(?:0|1|[01]?\.\d{1,15})$/

/** A whole number within bounds, which may lie below 0. */
export function wholeBetween(minimum: number, maximum: number): Reader<number> {
  return (spot) => {
    const text = scalarText(spot) ?? ''
    const value = wholeRe.test(text) ? Number(text) : Number.NaN
    return value >= minimum && value <= maximum ? { value } : shouldBe(spot, `a whole number from ${minimum} to ${maximum}`)
  }
}

/** A share from 0 to 1. It is no money, so a float will do. */
export const share: Reader<number> = (spot) => {
  const text = scalarText(spot) ?? ''
  const value = shareRe.test(text) ? Number(text) : Number.NaN
  return value <= 1 ? { value } : shouldBe(spot, 'a number from 0 to 1')
}

const address: Reader<string> = (spot) => {
  const text = scalarText(spot) ?? ''
  return isIP(text) === 0 ? shouldBe(spot, 'an IP address, such as 192.0.2.7') : { value: text }
}

const parameterText = matching(/^.{0,200}$/s, 'text of at most 200 characters')
export { parameterText }

/** How a setting of a kind of fault is read. */
export function settingReader(setting: Setting): Reader<unknown> {
  switch (setting.type) {
    case 'whole':
      return wholeBetween(setting.minimum, setting.maximum)
    case 'share':
      return share
    case 'instant':
      return faultInstant
    case 'flag':
      return trueOrFalse
    case 'choice':
      return oneOf(...setting.choices)
    case 'text':
      return shortText
    case 'texts':
      return list(shortText, 100)
    case 'addresses':
      return list(address, 30)
  }
}

/** What a setting may be, for those who ask: see `expectationOf`. */
export { expectationOf }
