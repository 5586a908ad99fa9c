import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly version: string
  readonly bin: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly optionalDependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

interface Locked {
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly optional?: boolean
  readonly resolved?: string
}

export const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { readonly packages: Record<string, Locked> }

/** The folders, relative to the root, of what a user's install brings; `node_modules/…` each. */
export function productionFolders(options: { readonly optional: boolean }): readonly string[] {
  return Object.entries(lock.packages).flatMap(([folder, { dev, devOptional, optional }]) => {
    const wanted = folder !== '' && !dev && !devOptional && (options.optional || !optional)
    return wanted && existsSync(join(root, folder)) ? [folder] : []
  })
}

/** Runs npm as it stands beside this Node, without a registry and without leaving anything in the home. */
export function npm(args: readonly string[], cwd: string): string {
  const cache = mkdtempSync(join(tmpdir(), 'overdraft-npm-'))
  return execFileSync('npm', args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`,
      npm_config_cache: cache,
      npm_config_offline: 'true',
      npm_config_loglevel: 'error',
    },
  })
}

/** Packs the sources as `npm publish` would, beside a stale file in `dist`, and gives the path of the package. */
export function packed(): string {
  const workshop = mkdtempSync(join(tmpdir(), 'overdraft-pack-'))
  const parts = ['src', 'docs', 'scenarios', 'package.json', 'tsconfig.json', 'tsconfig.build.json']
  for (const part of [...parts, 'README.md', 'CHANGELOG.md', 'LICENSE']) {
    cpSync(join(root, part), join(workshop, part), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(workshop, 'node_modules'))
  mkdirSync(join(workshop, 'dist'))
  writeFileSync(join(workshop, 'dist', 'stale.js'), 'export {}\n')
  npm(['pack'], workshop)
  const file = readdirSync(workshop).find((name) => name.endsWith('.tgz'))
  if (file === undefined) throw new Error(`npm pack left no package in ${workshop}`)
  return join(workshop, file)
}

/** A project of a user that has installed the package: it, its dependencies and nothing else. */
export function installed(tarball: string, options: { readonly optional: boolean }): string {
  const project = mkdtempSync(join(tmpdir(), 'overdraft-user-'))
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }))
  const home = join(project, 'node_modules', 'overdraft')
  mkdirSync(home, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', home])
  for (const folder of productionFolders(options)) link(join(root, folder), join(project, folder))
  const command = join(project, 'node_modules', '.bin', 'overdraft')
  mkdirSync(dirname(command))
  symlinkSync(join('..', 'overdraft', manifest.bin['overdraft'] ?? ''), command)
  return project
}

/** Lets a project use a package of ours that is there already. */
export function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  if (!existsSync(path)) symlinkSync(target, path)
}

/** Every file below a folder, relative to it, with `/` between the names. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
}
