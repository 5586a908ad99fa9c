import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { root } from './support/packed.ts'

const run = promisify(execFile)

/** The programs of a document: each begins with the snippet that imports this package, and goes on through those after it. */
function programsIn(text: string): readonly string[] {
  const snippets = [...text.matchAll(/^```(?:js|ts)\n(.*?)^```$/gms)].map(([, snippet = '']) => snippet)
  const programs: string[][] = []
  for (const snippet of snippets) {
    if (/^import .* from 'overdraft\//m.test(snippet)) programs.push([snippet])
    else programs.at(-1)?.push(snippet)
  }
  return programs.map((parts) => parts.join('\n'))
}

/** What a program says it prints, one line for each `// =>`. */
const promised = (program: string) => [...program.matchAll(/\/\/ => (.+)$/gm)].map(([, text]) => text)

const documents = ['README.md', ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []))]
const programs = documents.flatMap((name) =>
  programsIn(readFileSync(join(root, name), 'utf8')).map((program, index) => [name, index + 1, program] as const),
)

describe('the programs in the documents', () => {
  test('are found', () => {
    expect(new Set(programs.map(([name]) => name))).toEqual(new Set(['README.md', 'docs/client.md', 'docs/venue.md']))
  })

  test.each(programs)('%s, program %i runs as it stands and prints what it says', async (_, __, program) => {
    // From the root the package finds itself by its own name.
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: root })
    expect(stderr).toBe('')
    if (promised(program).length > 0) expect(stdout.trimEnd().split('\n')).toEqual(promised(program))
  })

  test('have links that lead somewhere', () => {
    for (const name of documents) {
      const text = readFileSync(join(root, name), 'utf8')
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)) {
        expect(existsSync(join(root, name, '..', target)), `${name} links to ${target}`).toBe(true)
      }
    }
  })
})
