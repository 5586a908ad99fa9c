import { parseAst } from 'vitest/node'

/** A node of a syntax tree, as far as it is looked at here. */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly [field: string]: unknown
}

export function parseSource(text: string): SyntaxNode {
  return parseAst(text, { lang: 'ts' }) as unknown as SyntaxNode
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
}

/** The nodes right below one. */
export function children(node: SyntaxNode): readonly SyntaxNode[] {
  return Object.values(node).flatMap((value) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []))
}

/** A node and everything below it, outermost first. */
export function* everyNode(node: SyntaxNode): Generator<SyntaxNode> {
  yield node
  for (const child of children(node)) yield* everyNode(child)
}

/** What stands in a field that holds one node. */
export function nodeIn(node: SyntaxNode, field: string): SyntaxNode | undefined {
  const value = node[field]
  return isNode(value) ? value : undefined
}

/** What stands in a field that holds several. */
export function nodesIn(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  const value = node[field]
  return Array.isArray(value) ? value.filter(isNode) : []
}

/** Without `as const`, `satisfies` and brackets around it. */
export function bare(node: SyntaxNode): SyntaxNode {
  const inner = nodeIn(node, 'expression')
  return inner !== undefined && /^(TSAs|TSSatisfies|TSNonNull|Parenthesized)/.test(node.type) ? bare(inner) : node
}

export function nameOf(node: SyntaxNode | undefined): string | undefined {
  return node?.type === 'Identifier' && typeof node['name'] === 'string' ? node['name'] : undefined
}

/** The text of a string, also of a template in which nothing is filled in. */
export function textOf(node: SyntaxNode | undefined): string | undefined {
  if (node === undefined) return undefined
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value']
  const [only, ...others] = node.type === 'TemplateLiteral' ? nodesIn(node, 'quasis') : []
  return only !== undefined && others.length === 0 ? partText(only) : undefined
}

/** The text of one part of a template. */
export function partText(part: SyntaxNode): string {
  const { cooked } = part['value'] as { readonly cooked?: string }
  return cooked ?? ''
}

/** The names a call goes by, such as `['describe', 'each']`. */
export function calleePath(node: SyntaxNode | undefined): readonly string[] {
  if (node === undefined) return []
  const name = nameOf(node)
  if (name !== undefined) return [name]
  if (node.type !== 'MemberExpression') return []
  return [...calleePath(nodeIn(node, 'object')), nameOf(nodeIn(node, 'property')) ?? '']
}

/** What a file declares at its top, by name. */
export function declarationsOf(program: SyntaxNode): ReadonlyMap<string, SyntaxNode> {
  const found = new Map<string, SyntaxNode>()
  for (const statement of nodesIn(program, 'body')) {
    const declaration = nodeIn(statement, 'declaration') ?? statement
    const name = nameOf(nodeIn(declaration, 'id'))
    if (declaration.type === 'FunctionDeclaration' && name !== undefined) found.set(name, declaration)
    for (const declarator of nodesIn(declaration, 'declarations')) {
      const [declared, value] = [nameOf(nodeIn(declarator, 'id')), nodeIn(declarator, 'init')]
      if (declared !== undefined && value !== undefined) found.set(declared, bare(value))
    }
  }
  return found
}
