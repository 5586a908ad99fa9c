import { bare, calleePath, children, everyNode, nameOf, nodeIn, nodesIn, type SyntaxNode, textOf } from './syntax.ts'
import type { SourceFile } from './test-files.ts'

/** One `describe`, or one line of a `describe.each`. */
export interface Suite {
  readonly title: string
  readonly file: SourceFile
  /** What is run. */
  readonly body: SyntaxNode
}

/** A suite, or a test, that is run for every contract or event of a registry. */
export interface Sweep {
  readonly title: string
  readonly file: SourceFile
  readonly registries: readonly string[]
}

export interface Suites {
  readonly suites: readonly Suite[]
  readonly sweeps: readonly Sweep[]
  /** Tests and suites that are not run, or that keep others from being run. */
  readonly idle: readonly string[]
}

const registryNames = ['binanceEndpoints', 'okxEndpoints', 'papiEndpoints', 'apiHostEndpoints', 'binanceEvents']
const runners = ['describe', 'test', 'it']
const idling = ['skip', 'todo', 'only', 'fails']

/** What the tests of these files are called, as far as it follows from the source. */
export function suitesOf(files: readonly SourceFile[]): Suites {
  const suites: Suite[] = []
  const sweeps: Sweep[] = []
  const idle: string[] = []
  for (const file of files) {
    for (const node of everyNode(file.program)) {
      if (node.type !== 'CallExpression') continue
      const [runner = '', mode] = calleePath(nodeIn(node, 'callee'))
      if (runners.includes(runner) && mode !== undefined && idling.includes(mode)) idle.push(`${file.path}: ${runner}.${mode}`)
      if (runner === 'describe' && mode === undefined) suites.push(...plainSuite(file, node))
      const each = eachOf(file, node)
      if (each === undefined) continue
      if (each.registries.length > 0) sweeps.push({ title: each.title, file, registries: each.registries })
      else if (each.runner === 'describe') suites.push(...each.titles.map((title) => ({ title, file, body: each.body })))
    }
  }
  return { suites, sweeps, idle }
}

function plainSuite(file: SourceFile, node: SyntaxNode): readonly Suite[] {
  const [head, body] = nodesIn(node, 'arguments')
  const title = textOf(head)
  return title === undefined || body === undefined ? [] : [{ title, file, body }]
}

/** `describe.each(table)(title, body)`, its title filled in line by line where the table stands in the file. */
function eachOf(file: SourceFile, node: SyntaxNode) {
  const maker = nodeIn(node, 'callee')
  if (maker?.type !== 'CallExpression') return undefined
  const [runner = '', mode] = calleePath(nodeIn(maker, 'callee'))
  const [given] = nodesIn(maker, 'arguments')
  const [head, body] = nodesIn(node, 'arguments')
  const title = textOf(head)
  if (!runners.includes(runner) || mode !== 'each' || given === undefined || body === undefined || title === undefined) return undefined
  const table = resolved(file, given)
  const registries = registryNames.filter((name) => mentions(file, table, name))
  const firsts = table.type === 'ArrayExpression' ? nodesIn(table, 'elements').map(firstText) : []
  const titles = firsts.flatMap((first) => (first === undefined ? [] : [title.replace('%s', first)]))
  return { runner, title, titles, registries, body }
}

function resolved(file: SourceFile, node: SyntaxNode): SyntaxNode {
  const plain = bare(node)
  return bare(file.declarations.get(nameOf(plain) ?? '') ?? plain)
}

function firstText(element: SyntaxNode): string | undefined {
  const line = bare(element)
  return line.type === 'ArrayExpression' ? textOf(nodesIn(line, 'elements')[0]) : textOf(line)
}

/** Whether a name stands in an expression, or in what the names of the expression stand for. */
function mentions(file: SourceFile, node: SyntaxNode, name: string, seen = new Set<string>()): boolean {
  const own = nameOf(node)
  if (own === name) return true
  const behind = own === undefined || seen.has(own) ? undefined : file.declarations.get(own)
  if (behind !== undefined) {
    seen.add(own ?? '')
    if (mentions(file, behind, name, seen)) return true
  }
  return children(node).some((child) => mentions(file, child, name, seen))
}
