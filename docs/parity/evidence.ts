import type { Suite } from './suites.ts'
import { bare, calleePath, children, nameOf, nodeIn, nodesIn, partText, type SyntaxNode, textOf } from './syntax.ts'

/** What the tests of a suite send: texts, and the fields of what they post. */
export interface Evidence {
  readonly texts: readonly string[]
  readonly fields: ReadonlySet<string>
  /** Whether anything is expected at all. */
  readonly expects: boolean
}

interface Gathering {
  readonly texts: string[]
  readonly fields: Set<string>
  expects: boolean
  readonly seen: Set<string>
}

/**
 * What stands in a suite, and in what it calls of its own file. What is expected of an answer proves nothing about what
 * was asked, so arguments of `toBe` and its like are left out, and so is what is sent to another path than these.
 */
export function evidenceOf({ file, body }: Suite, paths: readonly string[]): Evidence {
  const gathering: Gathering = { texts: [], fields: new Set(), expects: false, seen: new Set() }
  const visit = (node: SyntaxNode, isPosted: boolean): void => {
    const name = nameOf(node)
    const behind = name === undefined || gathering.seen.has(name) ? undefined : file.declarations.get(name)
    if (name !== undefined && behind !== undefined) {
      gathering.seen.add(name)
      visit(behind, isPosted)
    }
    const text = textOf(node)
    if (text !== undefined) gathering.texts.push(text)
    else if (node.type === 'TemplateLiteral') gathering.texts.push(...nodesIn(node, 'quasis').map(partText))
    if (isPosted && node.type === 'Property') gathering.fields.add(nameOf(nodeIn(node, 'key')) ?? textOf(nodeIn(node, 'key')) ?? '')
    if (node.type === 'CallExpression') visitCall(node, isPosted)
    else for (const child of children(node)) if (!isFieldName(node, child)) visit(child, isPosted)
  }
  const visitCall = (node: SyntaxNode, isPosted: boolean): void => {
    const callee = nodeIn(node, 'callee')
    const called = calleePath(callee).at(-1) ?? ''
    if (called === 'expect') gathering.expects = true
    if (callee !== undefined) visit(callee, isPosted)
    if (isMatcher(callee)) return
    const given = nodesIn(node, 'arguments')
    const sentTo = given.map((argument) => textOf(bare(file.declarations.get(nameOf(argument) ?? '') ?? argument)))
    if (sentTo.some((text) => isPath(text) && !paths.includes(text ?? ''))) return
    for (const argument of given) visit(argument, isPosted || called === 'post')
  }
  visit(body, false)
  return gathering
}

/** Whether a parameter was sent: in a query or form, in JSON text, or as a field of what was posted. */
export function isSent(parameter: string, { texts, fields }: Evidence): boolean {
  const inText = new RegExp(`(^|[^A-Za-z])${parameter}=|"${parameter}":`)
  return fields.has(parameter) || texts.some((text) => inText.test(text))
}

/** `expect(…).toEqual(…)` and its like, also behind `not` and `rejects`. */
function isMatcher(callee: SyntaxNode | undefined): boolean {
  if (callee?.type !== 'MemberExpression' || !/^to[A-Z]/.test(nameOf(nodeIn(callee, 'property')) ?? '')) return false
  let inner = nodeIn(callee, 'object')
  while (inner?.type === 'MemberExpression') inner = nodeIn(inner, 'object')
  return inner?.type === 'CallExpression' && calleePath(nodeIn(inner, 'callee'))[0] === 'expect'
}

/** The name of a field is no reference to what is declared under that name. */
function isFieldName(node: SyntaxNode, child: SyntaxNode): boolean {
  if (node['computed'] === true) return false
  return (
    (node.type === 'Property' && child === node['key'] && node['shorthand'] !== true) ||
    (node.type === 'MemberExpression' && child === node['property'])
  )
}

function isPath(text: string | undefined): boolean {
  return text !== undefined && /^\/(papi|sapi|api)\//.test(text)
}
