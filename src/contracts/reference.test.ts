import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { binanceEvents } from './binance/stream-events.ts'
import { binanceEndpoints, okxEndpoints } from './endpoints.ts'
import { referenceMarkdown, renewReference } from './reference.ts'

const page = referenceMarkdown()

test('docs/reference.md is what the contracts print', () => {
  const written = readFileSync(new URL('../../docs/reference.md', import.meta.url), 'utf8')
  expect(written === page, `docs/reference.md is not current; renew it with: ${renewReference}`).toBe(true)
})

test.each([...Object.values(binanceEndpoints), ...Object.values(okxEndpoints)].map((endpoint) => [endpoint.path, endpoint] as const))(
  'the page shows %s with its parameters and examples, and links to it',
  (path, { exchange, method, name, parameters, examples }) => {
    expect(page).toContain(`\`${method} ${path}\``)
    const heading = page.indexOf(`### ${exchange} ${name}\n`)
    expect(heading).toBeGreaterThan(-1)
    const section = page.slice(heading, page.indexOf('\n### ', heading + 1))
    for (const parameter of Object.keys(parameters)) expect(section).toContain(`| \`${parameter}\` |`)
    for (const example of examples) expect(section).toContain(example)
  },
)

test.each(Object.values(binanceEvents))('the page shows the event $name with its examples, and links to it', ({ name, examples }) => {
  const heading = page.indexOf(`### binance event ${name}\n`)
  expect(heading).toBeGreaterThan(-1)
  const section = page.slice(heading, page.indexOf('\n### ', heading + 1))
  for (const example of examples) expect(section).toContain(example)
  expect(page).toContain(`[\`${name}\`](#binance-event-${name.toLowerCase()})`)
})

test('every link leads to a heading of the page', () => {
  const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
  expect(new Set(anchors).size).toBe(anchors.length)
  for (const [, anchor] of page.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(anchor)
})

test('every table row has as many cells as its head', () => {
  const cells = (line: string) => line.split(/(?<!\\)\|/).length
  let head = 0
  for (const line of page.split('\n')) {
    if (!line.startsWith('|')) head = 0
    else if (head === 0) head = cells(line)
    else expect(line, line).toSatisfy((row: string) => cells(row) === head)
  }
})
