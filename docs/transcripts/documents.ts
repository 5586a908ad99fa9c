import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The documents that may hold transcripts, by name. */
export function documents(): ReadonlyMap<string, string> {
  const names = ['README.md', ...readdirSync(`${root}docs`).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []))]
  return new Map(names.map((name) => [name, readFileSync(root + name, 'utf8')]))
}

export function pathOf(name: string): string {
  return root + name
}
