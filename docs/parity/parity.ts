import { binanceEndpoints, okxEndpoints } from '../../src/contracts/endpoints.ts'
import { ruleCatalogue } from '../../src/rules/catalogue/catalogue.ts'
import { engineOptions } from '../../src/venue/engine/engine-options.ts'
import { faceChoices, faceNumbers } from '../../src/venue/face-options.ts'
import { codesPart, notBuiltPart } from './codes-part.ts'
import { contractsPart } from './contracts-part.ts'
import { notBuilt } from './not-built.ts'
import { optionsPart } from './options-part.ts'
import { faultsPart, rulesPart } from './rules-part.ts'
import { suitesOf } from './suites.ts'
import { readText, type SourceFile, testFiles } from './test-files.ts'

/** The command that writes `docs/parity.md` anew. */
export const renewParity = 'npx tsx docs/print-parity.ts'

export interface Parity {
  readonly markdown: string
  /** What has no proof, each as a sentence; empty when everything has. */
  readonly missing: readonly string[]
}

/** The page of parity as these tests prove it, read from contracts, rules, faults, options and the names of the tests. */
export function parity(files: readonly SourceFile[] = testFiles()): Parity {
  const suites = suitesOf(files)
  const parts = [contractsPart(suites), rulesPart(suites), faultsPart(suites), optionsPart(files), codesPart(files), notBuiltPart()]
  const text = [introduction, ...parts.flatMap((part) => part.text)]
  return {
    markdown: `${text.join('\n\n')}\n`,
    missing: [
      ...parts.flatMap((part) => part.missing),
      ...suites.idle.map((idle) => `${idle} keeps tests from being run`),
      ...unknownFacts(),
      ...unstatedEndpoints(),
    ],
  }
}

const introduction = `# Parity

What the exchanges document, and what proves that the venue does it. This page is printed by \`${renewParity}\` from the contracts, the
catalogue of rules, the tables of faults, options and errors, and from what the tests are called. A test of the unit suite holds it
current, and fails when something in it has no proof: an endpoint without a \`describe('METHOD /path', …)\` of its own, a parameter that
none of these sends, a rule, fault, event or option that no test names, a test of a rule that is not listed, a code that is answered and
tested nowhere, or one that is never answered without a reason.

A parameter counts as sent where it stands in a query, a form or a body of a test of its endpoint; what a test expects of an answer, and
what it sends to another endpoint, does not count.`

/** Facts that are referred to and have no section. */
function unknownFacts(): readonly string[] {
  const headings = new Set(
    [...readText('docs/exchange-facts.md').matchAll(/^#+ (?:PART )?([A-D](?:\d+(?:\.\d+)?)?)\b/gm)].map(([, section]) => section),
  )
  const named = [
    ...ruleCatalogue.map(({ name, facts }) => [name, facts] as const),
    ...Object.entries({ ...faceChoices, ...faceNumbers, ...engineOptions }).map(([name, { facts }]) => [name, facts] as const),
    ...notBuilt.map(([what, facts]) => [what, [facts]] as const),
  ]
  return named.flatMap(([name, facts]) =>
    facts
      .filter((fact) => !headings.has(fact.split(' ')[0]))
      .map((fact) => `${name} rests on ${fact}, which docs/exchange-facts.md does not have`),
  )
}

/** Endpoints that the facts name in full and that are neither stated nor said not to be. */
function unstatedEndpoints(): readonly string[] {
  const stated = new Set([...Object.values(binanceEndpoints), ...Object.values(okxEndpoints)].map(({ path }) => path as string))
  const named = new Set(
    [...readText('docs/exchange-facts.md').matchAll(/`?\b(?:GET|POST|PUT|DELETE)`? `?(\/(?:papi|sapi|api)\/[\w/-]+\w)/g)].map(
      ([, path = '']) => path,
    ),
  )
  return [...named].flatMap((path) => {
    const isExcused = notBuilt.some(([what]) => what.includes(path))
    if (stated.has(path)) return isExcused ? [`${path} is stated, and yet said not to be built`] : []
    return isExcused ? [] : [`${path} is in docs/exchange-facts.md, but neither a contract nor in docs/parity/not-built.ts`]
  })
}
