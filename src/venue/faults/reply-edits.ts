import type { Endpoint } from '../../contracts/contract.ts'
import { okxSuccessCode } from '../../contracts/okx/limits.ts'
import { isJsonObject, type Json, JsonNumber, jsonInteger, parseJson, printJson } from '../../json/json.ts'
import type { ExchangeReply } from '../http/exchange-call.ts'
import { streamOf } from './chance.ts'
import type { Fault } from './fault-desk.ts'
import { edited, type JsonEdits } from './json-edits.ts'
import { withBody } from './reply-headers.ts'
import type { FaultRule } from './rule.ts'

/** A success as the faults want it to read; refusals and pages are left alone. */
export function editedReply(reply: ExchangeReply, endpoint: Endpoint | undefined, faults: readonly Fault[]): ExchangeReply {
  const changes = faults.flatMap((fault) => changeOf(fault, endpoint) ?? [])
  if (changes.length === 0 || reply.status !== 200) return reply
  const json = jsonOf(reply.body)
  if (json === undefined || (endpoint?.exchange === 'okx' && !(isJsonObject(json) && json['code'] === okxSuccessCode))) return reply
  return withBody(reply, printJson(changes.reduce((changed, change) => change(changed), json)))
}

function jsonOf(text: string): Json | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

function changeOf({ rule, call }: Fault, endpoint: Endpoint | undefined): ((json: Json) => Json) | undefined {
  if (rule.kind === 'rows-out-of-order') return (json) => shuffled(json, rule, call)
  if (rule.kind === 'total-off') return (json) => withTotalOff(json, rule.by)
  const edits = editsOf(rule)
  return edits && ((json) => edited(endpoint?.reply, json, edits))
}

function editsOf(rule: FaultRule): JsonEdits | undefined {
  switch (rule.kind) {
    case 'fields-gone': {
      const { fields } = rule
      return { isGone: (field, isOptional) => (fields === undefined ? isOptional : fields.includes(field)) }
    }
    case 'fields-added':
      return { added: { [rule.field]: rule.value } }
    case 'numbers-as-strings':
      return { numbersAsStrings: true }
    case 'strings-as-numbers':
      return { stringsAsNumbers: true }
    default:
      return undefined
  }
}

/** The list of a reply, wherever it stands in it, shuffled so that its order is another. */
function shuffled(json: Json, rule: FaultRule, call: number): Json {
  if (Array.isArray(json)) return shuffledList(json as readonly Json[], rule, call)
  if (!isJsonObject(json)) return json
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name, Array.isArray(value) ? shuffledList(value as readonly Json[], rule, call) : value]),
  )
}

function shuffledList(rows: readonly Json[], rule: FaultRule, call: number): readonly Json[] {
  const stream = streamOf(rule, 'order', String(call))
  const order = [...rows]
  for (let last = order.length - 1; last > 0; last--) {
    const other = Number(stream.integer(BigInt(last + 1)))
    const [one, two] = [order[last], order[other]] as [Json, Json]
    order[last] = two
    order[other] = one
  }
  return order.some((row, index) => row !== rows[index]) ? order : order.reverse()
}

function withTotalOff(json: Json, by: number): Json {
  if (!isJsonObject(json) || !(json['total'] instanceof JsonNumber)) return json
  const total = BigInt(json['total'].text) + BigInt(by)
  return { ...json, total: jsonInteger(total < 0n ? 0n : total) }
}
