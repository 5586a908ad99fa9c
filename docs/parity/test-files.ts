import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { declarationsOf, parseSource, type SyntaxNode } from './syntax.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface SourceFile {
  /** Below the root of the repository, with `/`. */
  readonly path: string
  readonly text: string
  readonly program: SyntaxNode
  readonly declarations: ReadonlyMap<string, SyntaxNode>
}

/** Every TypeScript file of a folder whose path is wanted, in alphabetical order. */
export function sourceFiles(folder: string, isWanted: (path: string) => boolean): readonly SourceFile[] {
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && isWanted(path))
    .sort()
    .map((path) => sourceOf(path, readText(path)))
}

/** All tests that CI runs. */
export function testFiles(): readonly SourceFile[] {
  return ['src', 'test'].flatMap((folder) => sourceFiles(folder, (path) => path.endsWith('.test.ts')))
}

export function readText(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8')
}

export function sourceOf(path: string, text: string): SourceFile {
  const program = parseSource(text)
  return { path, text, program, declarations: declarationsOf(program) }
}
