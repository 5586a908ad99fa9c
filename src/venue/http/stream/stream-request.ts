import { isJsonObject, type Json, JsonNumber, parseJson, printJson } from '../../../json/json.ts'

/** What a client asks over an open connection; `id` as it came. */
export type StreamRequest =
  | { readonly kind: 'SUBSCRIBE' | 'UNSUBSCRIBE'; readonly id: Json; readonly streams: readonly string[] }
  | { readonly kind: 'LIST_SUBSCRIPTIONS'; readonly id: Json }
  | { readonly kind: 'malformed'; readonly answer: string }

/** Reads what a client sent: the three methods that streams of Binance have. */
export function readStreamRequest(text: string): StreamRequest {
  const json = jsonOf(text)
  if (json === undefined) return malformed(3, 'Invalid JSON', null)
  if (!isJsonObject(json)) return malformed(2, 'Invalid request: an object is expected', null)
  const { method, params, id = null } = json
  if (id !== null && typeof id !== 'string' && !(id instanceof JsonNumber)) return malformed(2, 'Invalid request: malformed id', null)
  if (method === 'LIST_SUBSCRIPTIONS') return { kind: method, id }
  if (method !== 'SUBSCRIBE' && method !== 'UNSUBSCRIBE') return malformed(2, 'Invalid request: unknown method', id)
  if (!Array.isArray(params) || !params.every((name): name is string => typeof name === 'string')) {
    return malformed(2, 'Invalid request: params must be an array of streams', id)
  }
  return { kind: method, id, streams: params }
}

export function streamResult(result: Json, id: Json): string {
  return printJson({ result, id })
}

export function streamError(code: number, msg: string, id: Json): string {
  return printJson({ error: { code: new JsonNumber(code.toString()), msg }, id })
}

function malformed(code: number, msg: string, id: Json): StreamRequest {
  return { kind: 'malformed', answer: streamError(code, msg, id) }
}

function jsonOf(text: string): Json | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}
