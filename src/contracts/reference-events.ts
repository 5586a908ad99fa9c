import type { StreamEvent } from './event.ts'
import { fieldTable } from './reference-fields.ts'
import { anchorOf, fence, table } from './reference-markdown.ts'
import type { WireType } from './wire-type.ts'

type AnyEvent = Pick<StreamEvent, 'exchange' | 'name' | 'title' | 'document' | 'notes' | 'examples'> & {
  readonly payload: WireType<unknown>
}

/** The user data stream: how one connects, and each of its events. */
export function eventSections(events: readonly AnyEvent[]): readonly string[] {
  const rows = events.map((event) => [`[\`${event.name}\`](#${anchorOf(headingOf(event))})`, event.title])
  return [
    '### User data stream of Binance',
    [
      '- A WebSocket at `/pm/ws/<listenKey>` of `fstream.binance.com`, for PRO accounts `/pm-classic/ws/<listenKey>`; the key is that of `POST /papi/v1/listenKey`.',
      '- The official connector connects to `/pm/stream` and names its keys afterwards; each event then comes as `{"stream":"<listenKey>","data":…}`.',
      '- A ping comes every 3 minutes, the connection ends without a pong for 10 minutes and after 24 hours.',
      '- No event tells of interest on negative balances or of auto-exchange: both have to be asked for.',
    ].join('\n'),
    table(['Event', 'What'], rows),
    ...events.map(eventSection),
  ]
}

/** Its name has capitals that a link has not. */
function headingOf({ exchange, name }: AnyEvent): string {
  return `${exchange} event ${name}`
}

function eventSection(event: AnyEvent): string {
  const { title, document, payload, notes, examples } = event
  return [
    `### ${headingOf(event)}`,
    `${title}.`,
    `- Document: <${document}>`,
    notes.map((note) => `> ${note}`).join('\n>\n'),
    fieldTable(payload, 'Field', 'The event has no fields.'),
    ...examples.map((example) => fence('json', example)),
  ].join('\n\n')
}
