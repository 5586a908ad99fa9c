import { type FaultKind, faultKindNames, statedKind } from './kinds.ts'
import { expectationOf, type Setting } from './setting.ts'

const introduction = `# Faults

What goes wrong at an exchange goes wrong at the venue too, on purpose and in the exchange's own words. This page is printed from the
table of kinds by \`npx tsx docs/print-faults.ts\`. Without a rule nothing ever goes wrong.

\`\`\`ts
const venue = await createVenue({
  faults: [
    // Every fifth call or so to the interest history is turned away, the same ones every time.
    { kind: 'rate-limited', where: { endpoints: ['interest-history'] }, probability: 0.2, seed: 'tuesday' },
    // The first repayment is carried out, but its reply is lost.
    { kind: 'reply-lost', where: { endpoints: ['repay-futures-negative-balance'] }, count: 1, answer: 'silence' },
  ],
})
venue.faults.add({ name: 'old', kind: 'rows-late', ms: 600_000 })
venue.faults.list() // every rule, and how often it was given
venue.faults.log // which fault was given to which call
venue.faults.clear('old') // or all: clear()
\`\`\`

In a scenario they stand under \`faults\`; \`overdraft venue --faults FILE\` takes a file of nothing else, in the same form; over the admin
face they are \`GET\`, \`POST\` and \`DELETE /_venue/faults\` and
\`GET /_venue/faults/log\`:

\`\`\`yaml
faults:
  - { kind: slow, ms: 1500, where: { exchange: okx }, probability: 0.1 }
  - { kind: service-unavailable, between: { from: +1h, to: +2h } }
\`\`\`

## A rule

| field | meaning | when left out |
| --- | --- | --- |
| \`kind\` | one of the kinds below | must be given |
| \`name\` | unique; rules are cleared by it | \`fault-1\`, \`fault-2\`, … |
| \`where\` | which calls it is about: \`exchange\`; \`endpoints\`, a list of names of contracts (\`interest-history\`), paths, or beginnings of paths and \`*\`; \`account\`, a label; \`parameters\`, texts as they are sent | every call of the exchanges it fits |
| \`probability\` | 0 to 1 | 1 |
| \`count\` | at most so many times | without end, unless the kind says otherwise |
| \`after\` | not in the first so many calls it is about | 0 |
| \`between\` | \`from\` and \`to\`, instants of the venue's clock, the end excluded; in a scenario \`+90m\` after its end, \`end\`, or in UTC | always |
| \`seed\` | the same seed gives the same faults | \`overdraft\`; in a scenario its seed |

The calls that \`where\` and \`between\` match are numbered. Whether the fault falls on the n-th of them follows from the rule, its seed and
n alone, not from a clock or from chance, so the same calls meet the same faults in every run. Two rules that differ in anything draw
independently.

Several faults may fall on one call. Of those that decide what comes back the first rule wins; the others are logged with
\`overtakenBy\`, and a call that is not carried out shows nothing else of them. \`slow\` always adds up.

Faults change what is answered, never what is true: the ledger, its journal and its digest are those of a venue without faults in which
the same calls were carried out. They live with the venue, not in its journal. A reset, a restore, a restart and a fork begin with those of
the scenario and of \`createVenue\`, counted from 1 again, and without what was added later; the log goes on. Clearing ends a fault at once, but for a ban, which lasts as long as the
exchange said.

In-process, \`venue.fetch\` gives what the platform's \`fetch\` would: a connection that is reset rejects with a \`TypeError\` whose cause has
the code \`ECONNRESET\`, a reply that is cut off has a body that errors, and silence lasts until the request's signal aborts.

## Kinds

What a kind does to a call: *refused* is never carried out; *lost* is carried out exactly once, but its sender does not learn it; *altered*
is answered as usual, but late, or as if something else were so.
`

const outcomes = { refused: '*refused*', lost: '*lost*', altered: '*altered*' } as const
const sections: readonly (readonly [title: string, exchange: 'binance' | 'okx' | 'both'])[] = [
  ['Binance', 'binance'],
  ['OKX', 'okx'],
  ['Both exchanges', 'both'],
]

/** The page of faults, printed from the table of kinds. */
export function faultsMarkdown(): string {
  return [introduction, ...sections.map(([title, exchange]) => section(title, exchange))].join('\n')
}

function section(title: string, exchange: 'binance' | 'okx' | 'both'): string {
  const kinds = faultKindNames.filter((kind) => statedKind(kind).exchange === exchange)
  return [`### ${title}`, '', '| kind | call | what happens | settings |', '| --- | --- | --- | --- |', ...kinds.map(line), ''].join('\n')
}

function line(kind: FaultKind): string {
  const { outcome, says, settings, count } = statedKind(kind)
  const stated = Object.entries(settings).map(([name, setting]) => `\`${name}\`: ${told(setting)}`)
  const counted = count === undefined ? [] : [`\`count\`: ${count} when left out`]
  return `| \`${kind}\` | ${outcomes[outcome]} | ${says} | ${[...stated, ...counted].join('<br>')} |`
}

function told(setting: Setting): string {
  const { need, fallback, note } = setting
  const fallen = Array.isArray(fallback) ? `[${fallback.join(', ')}]` : String(fallback)
  const needed = need === 'mandatory' ? 'must be given' : need === 'default' ? `default ${fallen}` : 'may be left out'
  return `${note} (${expectationOf(setting)}; ${needed})`
}
