import { readFileSync } from 'node:fs'

/** The version of this package. */
export function versionOfPackage(): string {
  // The same path from src/cli and from dist/cli.
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(text) as { readonly version: string }
  return version
}
