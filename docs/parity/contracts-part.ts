import { binanceEvents } from '../../src/contracts/binance/stream-events.ts'
import type { Endpoint } from '../../src/contracts/contract.ts'
import { binanceEndpoints, okxEndpoints } from '../../src/contracts/endpoints.ts'
import { costWords } from '../../src/contracts/reference.ts'
import { cell, code, table } from '../../src/contracts/reference-markdown.ts'
import { evidenceOf, isSent } from './evidence.ts'
import type { Part } from './part.ts'
import type { Suite, Suites, Sweep } from './suites.ts'

/** Signing adds them to every call; `rule: request-timing` proves what they do. */
const ofSigning = ['timestamp', 'recvWindow']
const timingRule = 'rule: request-timing'

const registries: readonly (readonly [title: string, registry: string, endpoints: readonly Endpoint[]])[] = [
  ['Binance', 'binanceEndpoints', Object.values(binanceEndpoints)],
  ['OKX', 'okxEndpoints', Object.values(okxEndpoints)],
]

/** Every endpoint and event with what proves it. */
export function contractsPart({ suites, sweeps }: Suites): Part {
  const missing: string[] = []
  const sections = registries.flatMap(([title, registry, endpoints]) => [
    `### Endpoints of ${title}`,
    `Over all of them, each parameter wrongly in every way its type knows, go: ${sweepWords(sweeps, registry, missing)}.`,
    table(
      ['Endpoint', 'Cost', 'Document', 'Tests', 'Parameters'],
      endpoints.map((endpoint) => endpointRow(endpoint, suites, missing)),
    ),
  ])
  const events = Object.values(binanceEvents).map(({ name, title, document }) => {
    const own = [
      ...suites.filter((suite) => suite.title === `event: ${name}`),
      ...sweeps.filter((sweep) => sweep.title === 'event: %s' && sweep.registries.includes('binanceEvents')),
    ]
    if (own.length === 0) missing.push(`the event ${name} has no describe('event: ${name}', …)`)
    return [code(name), cell(title), `[page](${document})`, filesOf(own)]
  })
  return {
    text: [
      '## Endpoints and events',
      ...sections,
      '### Events of the user data stream',
      table(['Event', 'What', 'Document', 'Tests'], events),
    ],
    missing,
  }
}

function endpointRow(endpoint: Endpoint, suites: readonly Suite[], missing: string[]): readonly string[] {
  const { method, path, parameters, cost, document } = endpoint
  const name = `${method} ${path}`
  const own = suites.filter(({ title }) => title === name)
  const evidence = own.map((suite) => ({ suite, sent: evidenceOf(suite, [path]) }))
  if (!evidence.some(({ sent }) => sent.expects)) missing.push(`${name} has no describe('${name}', …) that expects anything`)
  const cells = Object.keys(parameters).map((parameter) => {
    if (ofSigning.includes(parameter)) return `${code(parameter)} (${code(timingRule)})`
    if (!evidence.some(({ sent }) => isSent(parameter, sent))) missing.push(`${name}: no test of it sends ${parameter}`)
    return code(parameter)
  })
  return [code(name), costWords(cost), `[page](${document})`, filesOf(own), cells.join(', ')]
}

/** The files of some suites, each once. */
export function filesOf(suites: readonly Pick<Suite, 'file'>[]): string {
  return [...new Set(suites.map(({ file }) => code(file.path)))].join('<br>')
}

function sweepWords(sweeps: readonly Sweep[], registry: string, missing: string[]): string {
  const wrongly = sweeps.filter(
    ({ file, registries: swept }) => swept.includes(registry) && file.path.endsWith('bad-input.property.test.ts'),
  )
  if (wrongly.length === 0) missing.push(`no bad-input.property.test.ts goes over ${registry}`)
  return filesOf(wrongly)
}
