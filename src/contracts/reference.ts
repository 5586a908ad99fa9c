import { isoInstant } from '../time/instant.ts'
import { minuteMs } from '../time/units.ts'
import type { BinanceErrorLine } from './binance/error-line.ts'
import { binanceErrorTable, binanceNeighbourErrorTable } from './binance/error-table.ts'
import {
  binanceBackoffMs,
  binanceBan,
  binanceOrderLimit,
  binanceUsedWeightHeader,
  binanceWeightLimit,
  classifyBinanceFailure,
} from './binance/limits.ts'
import { sapiLimits, sapiUsedWeightHeaders, spotPool } from './binance/pools.ts'
import { binanceEvents } from './binance/stream-events.ts'
import type { Cost, Endpoint } from './contract.ts'
import { binanceEndpoints, okxEndpoints } from './endpoints.ts'
import type { Lifetime } from './lifetime.ts'
import { type OkxErrorLine, okxErrorTable } from './okx/error-table.ts'
import { classifyOkxFailure } from './okx/limits.ts'
import { okxExpiryMs } from './okx/signing.ts'
import { eventSections } from './reference-events.ts'
import { fieldTable } from './reference-fields.ts'
import { anchorOf, cell, code, fence, spanWords, table } from './reference-markdown.ts'

/** The command that writes `docs/reference.md` anew. */
export const renewReference = 'npx tsx docs/print-reference.ts'

/**
 * The reference page, printed from the contracts: every endpoint with cost, parameters, time rules, reply and example,
 * and both error catalogues.
 */
export function referenceMarkdown(): string {
  const sections = [
    '# Reference',
    `What Overdraft knows of the two exchanges, printed from \`src/contracts/\` by \`${renewReference}\`; do not edit it by hand. The venue answers by it, the client asks by it, and the tests hold it against the exchanges' own documents. Times are UTC, in epoch milliseconds; both ends of a requested span are included.`,
    '## Binance Portfolio Margin',
    summaryTable(Object.values(binanceEndpoints)),
    binanceTransport(),
    ...Object.values(binanceEndpoints).map(endpointSection),
    ...eventSections(Object.values(binanceEvents)),
    '### Errors of Binance',
    'The body is `{"code":…,"msg":…}`. `%s` stands for a value; texts *seen* are those of the live exchange where it differs from its list.',
    binanceErrors(binanceErrorTable),
    'Not on the list, but met by clients:',
    binanceErrors(binanceNeighbourErrorTable),
    'An unknown path answers 404 with an HTML page.',
    '## OKX',
    summaryTable(Object.values(okxEndpoints)),
    okxTransport(),
    ...Object.values(okxEndpoints).map(endpointSection),
    '### Errors of OKX',
    'The gateway answers `{"msg":…,"code":…}` without data, the services behind it `{"code":…,"data":[],"msg":…}`; `code` is a string. Where a text was *seen* on the wire, it and its status are answered.',
    okxErrors(),
    'An unknown path answers 404 with JSON whose `code` is a number.',
  ]
  return `${sections.join('\n\n')}\n`
}

function summaryTable(endpoints: readonly Endpoint[]): string {
  const rows = endpoints.map((endpoint) => [
    `[\`${endpoint.method} ${endpoint.path}\`](#${anchorOf(headingOf(endpoint))})`,
    endpoint.title,
    costWords(endpoint.cost),
    endpoint.changesState ? 'changes the account' : 'reads',
  ])
  return table(['Endpoint', 'What', 'Cost', ''], rows)
}

/** Both exchanges have a `balance`: the exchange is part of the heading. */
function headingOf({ exchange, name }: Endpoint): string {
  return `${exchange} ${name}`
}

function endpointSection(endpoint: Endpoint): string {
  const { method, path, title, document, security, cost, changesState, notes, examples, reply } = endpoint
  const parts = [
    `### ${headingOf(endpoint)}`,
    `${title}. \`${method} ${path}\``,
    [
      `- Security: ${security}${changesState ? '; the call changes the account and is never sent twice' : ''}`,
      `- Cost: ${costWords(cost)}`,
      ...(endpoint.since === undefined ? [] : [`- Since ${dayOf(endpoint.since)}`]),
      ...historyLines(endpoint),
      `- Document: <${document}>`,
    ].join('\n'),
    parameterTable(endpoint),
    notes.map((note) => `> ${note}`).join('\n>\n'),
    fieldTable(reply, 'Field of the reply', 'The reply is an empty object.'),
    ...examples.map((example) => fence('json', example)),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

function historyLines({ window, cursor, order }: Endpoint): string[] {
  const lines: string[] = []
  if (order !== undefined) lines.push(`- Order: ${order === 'newest-first' ? 'newest first' : 'oldest first'}`)
  if (window !== undefined) {
    const { maxMs, maxWording, defaultMs, whenTooOld } = window
    const kept = maxWording === spanWords(maxMs) ? maxWording : `${maxWording}, taken for ${spanWords(maxMs)}`
    lines.push(`- Longest span: ${kept}`)
    lines.push(defaultMs === undefined ? '- Both times are mandatory' : `- Span where a time is left out: ${spanWords(defaultMs)}`)
    if (whenTooOld === 'clamp-start') lines.push(`- A start alone that lies further back: the past ${maxWording}`)
  }
  if (cursor !== undefined) {
    const { field, exclusive, limitMax, retentionMs } = cursor
    const kept = retentionMs === undefined ? '' : `; kept for ${spanWords(retentionMs)}`
    lines.push(`- Pages: by ${code(field)}, the cursor's own rows ${exclusive ? 'excluded' : 'included'}, at most ${limitMax} rows${kept}`)
  }
  return lines
}

function parameterTable({ parameters }: Endpoint): string {
  const rows = Object.entries(parameters).map(([name, line]) => {
    const { need, type, note } = line
    const fallback = line.default === undefined ? '' : code(type.print(line.default))
    const notes = [note, lifetimeWords(line)].filter((words) => words !== undefined && words !== '')
    return [code(name), type.documented, need === 'mandatory' ? 'yes' : 'no', fallback, type.expects, notes.join(' ')]
  })
  return rows.length === 0 ? 'No parameters.' : table(['Parameter', 'Type', 'Mandatory', 'Default', 'Expects', 'Note'], rows)
}

function lifetimeWords({ since, until }: Lifetime): string {
  const words = [since === undefined ? '' : `Since ${dayOf(since)}.`, until === undefined ? '' : `Dropped on ${dayOf(until)}.`]
  return words.filter((word) => word !== '').join(' ')
}

function dayOf(instant: number): string {
  return isoInstant(instant).slice(0, 10)
}

/** What a call costs, in words. */
export function costWords(cost: Cost): string {
  switch (cost.kind) {
    case 'weight':
      return `weight ${cost.weight} ${poolWords[cost.pool]}${otherwiseWords(cost)}`
    case 'calls':
      return `${cost.calls} calls in ${spanWords(cost.perMs)} per ${cost.pool === 'ip' ? 'IP' : 'user'}`
  }
}

const poolWords = { ip: 'per IP', uid: 'per UID', orders: 'in the orders of the account' }

function otherwiseWords({ without }: Extract<Cost, { kind: 'weight' }>): string {
  return without === undefined ? '' : `, without ${code(without.parameter)} ${without.weight}`
}

function binanceTransport(): string {
  return [
    `- Limits: weight ${binanceWeightLimit.limit} in ${spanWords(binanceWeightLimit.perMs)} per IP, told in ${code(binanceUsedWeightHeader)} (refused calls cost too); ${binanceOrderLimit.limit} orders a minute per account. Beyond it 429, for those who go on 418 for ${binanceBan.shortestMs / minuteMs} minutes to ${spanWords(binanceBan.longestMs)}.`,
    `- On the api host: every endpoint of sapi has a limit of its own, weight ${sapiLimits.ip} a minute per IP, told in ${code(sapiUsedWeightHeaders.ip)}, or ${sapiLimits.uid} per UID, told in ${code(sapiUsedWeightHeaders.uid)}, and never bans; those of /api/v3 share weight ${spotPool.limit} a minute per IP.`,
    `- Signature: over the query immediately followed by the body, without an \`&\` between them, as the bytes are sent. HMAC-SHA256 in hex of either case, RSASSA-PKCS1-v1_5 with SHA-256 or Ed25519 in base64, percent-encoded; \`signature\` is the last parameter.`,
    '- Accepted when `timestamp < server time + 1000` and `server time - timestamp <= recvWindow` (5000 when not sent).',
    `- After 503 try again after ${binanceBackoffMs.join(', ')} ms, unless the outcome is unknown.`,
  ].join('\n')
}

function okxTransport(): string {
  return [
    `- Signature: base64 of HMAC-SHA256 over timestamp, method in upper case, path with query, and body.`,
    `- The timestamp is ISO 8601 in UTC with milliseconds, and good for ${spanWords(okxExpiryMs)}.`,
    '- An answer is a success when its `code` is `"0"`, whatever its status.',
  ].join('\n')
}

function binanceErrors(lines: readonly BinanceErrorLine[]): string {
  const rows = lines.map(({ code: number, name, status, texts, seen }) => [
    code(String(number)),
    name,
    status === 429 ? '429, 418' : String(status),
    classifyBinanceFailure(status, number),
    [...texts.map(cell), ...seen.map((text) => `*seen:* ${cell(text)}`)].join('<br>'),
  ])
  return table(['Code', 'Name', 'HTTP', 'Means', 'Text'], rows)
}

function okxErrors(): string {
  const rows = okxErrorTable.map(({ code: number, envelope, documented, seen }: OkxErrorLine) => {
    const status = seen?.status ?? documented.status
    const differs = seen !== undefined && (seen.text !== documented.text || seen.status !== documented.status)
    const seenText = differs ? `<br>*seen:* ${seen.status} ${cell(seen.text)}` : ''
    return [code(number), String(documented.status), envelope, classifyOkxFailure(status, number), cell(documented.text) + seenText]
  })
  return table(['Code', 'HTTP', 'Shape', 'Means', 'Text'], rows)
}
