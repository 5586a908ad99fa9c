import { binanceErrors, binanceServerFailures } from '../../src/contracts/binance/errors.ts'
import { okxErrors } from '../../src/contracts/okx/errors.ts'
import { calleePath, everyNode, nodeIn, nodesIn, type SyntaxNode } from './syntax.ts'
import type { SourceFile } from './test-files.ts'

/** By which way the venue comes to answer a code. */
export type Answered = 'venue' | 'fault'

type Maker = (...values: readonly string[]) => { readonly code: number | string }

const makers: Readonly<Record<string, Readonly<Record<string, Maker>>>> = {
  binanceErrors: binanceErrors as unknown as Record<string, Maker>,
  binanceServerFailures: binanceServerFailures as unknown as Record<string, Maker>,
  okxErrors: okxErrors as unknown as Record<string, Maker>,
}

/**
 * The codes that the sources of the venue answer, by the errors they name: as `binance -1102` and `okx 51000`. What only the faults
 * name comes from faults alone.
 */
export function answeredCodes(sources: readonly SourceFile[]): ReadonlyMap<string, Answered> {
  const answered = new Map<string, Answered>()
  for (const { path, program } of sources) {
    const way: Answered = path.startsWith('src/venue/faults/') ? 'fault' : 'venue'
    for (const node of everyNode(program)) {
      const code = codeOf(node)
      if (code !== undefined && (way === 'venue' || !answered.has(code))) answered.set(code, way)
    }
  }
  return answered
}

function codeOf(node: SyntaxNode): string | undefined {
  if (node.type === 'MemberExpression') {
    const [table = '', name = ''] = calleePath(node)
    const made = makers[table]?.[name]?.('x', 'x')
    return made === undefined ? undefined : `${exchangeOf(table)} ${made.code}`
  }
  const [maker = ''] = node.type === 'CallExpression' ? calleePath(nodeIn(node, 'callee')) : []
  const code = /^(binance|okx)ErrorOf$/.test(maker) ? literalCode(nodesIn(node, 'arguments')[0]) : undefined
  return code === undefined ? undefined : `${exchangeOf(maker)} ${code}`
}

function exchangeOf(maker: string): 'binance' | 'okx' {
  return maker.startsWith('okx') ? 'okx' : 'binance'
}

function literalCode(node: SyntaxNode | undefined): string | undefined {
  if (node?.type === 'Literal') return String(node['value'])
  const magnitude = node?.type === 'UnaryExpression' && node['operator'] === '-' ? nodeIn(node, 'argument') : undefined
  return magnitude === undefined ? undefined : `-${String(magnitude['value'])}`
}
