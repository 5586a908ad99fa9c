import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { binanceEndpoints, okxEndpoints } from '../src/contracts/endpoints.ts'
import { lock, manifest, root } from './support/packed.ts'

interface Source {
  readonly path: string
  readonly text: string
}

/** Every file that is committed, but for those deleted and not yet committed as such. */
const sources: readonly Source[] = execFileSync('git', ['ls-files', '-z', '--cached'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '')
  .flatMap((path) => {
    try {
      return [{ path, text: readFileSync(join(root, path), 'utf8') }]
    } catch {
      return []
    }
  })

const isShipped = ({ path }: Source) => path.startsWith('src/') && !path.endsWith('.test.ts')

/** The places, as `path:line`, where a pattern stands. */
function places(files: readonly Source[], pattern: RegExp): readonly string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  )
}

/** The files outside some rooms, each given by how its path begins. */
function outside(rooms: readonly string[], files: readonly Source[]): readonly Source[] {
  return files.filter(({ path }) => !rooms.some((room) => path.startsWith(room)))
}

test('the files of this repository are read', () => {
  expect(sources.filter(isShipped).length).toBeGreaterThan(200)
})

describe('money never moves by accident', () => {
  const shipped = sources.filter(isShipped)

  test('nobody but src/repay/ makes a client that may change an account', () => {
    // The client itself names the option, and the catalogue tells of it.
    const others = outside(['src/repay/', 'src/client/', 'src/errors/catalogue/client.ts'], shipped)
    expect(places([...others, ...sources.filter(({ path }) => /^(bench|examples)\//.test(path))], /\bmayChange\b/)).toEqual([])
    expect(
      places(shipped, /^(?!.*remedy:).*\bmayChange['"]?\s*[:=](?!\s*(boolean|false)\b)/).filter((place) => !place.startsWith('src/repay/')),
    ).toEqual([])
  })

  test('nobody but src/repay/ calls an endpoint that changes state', () => {
    const changing = Object.entries({ ...binanceEndpoints, ...okxEndpoints }).flatMap(([name, { changesState }]) =>
      changesState ? [name] : [],
    )
    expect(changing).toContain('repayFuturesNegativeBalance')
    const others = outside(['src/repay/', 'src/contracts/', 'src/venue/'], shipped)
    expect(places(others, new RegExp(`\\b(${changing.join('|')})\\b`))).toEqual([])
  })
})

test('nobody but src/time/ asks the machine for the time', () => {
  const asking =
    /\bDate\.now\b|\bnew Date\b|\bperformance\.now\b|\bprocess\.(hrtime|uptime)\b|\bperf_hooks\b|\bglobalThis\.(Date|performance|fetch)\b/
  expect(places(outside(['src/time/'], sources.filter(isShipped)), asking)).toEqual([])
})

describe('what is committed tells of no machine and of no secret', () => {
  test('no path of a machine', () => {
    // Programs that every machine has in the same place are none.
    const place = /(?<![\w.~}\])-])\/(root|home|work|tmp|Users|mnt|srv)\/[\w.]/
    expect(places(outside(['test/house-rules.test.ts'], sources), place)).toEqual([])
  })

  test('no host of a package registry', () => {
    expect(
      places(outside(['test/house-rules.test.ts'], sources), /\bregistry\.\w+\.\w|\bnpmjs\b|artifactory|\bnexus\b|verdaccio/i),
    ).toEqual([])
    expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
    expect(sources.find(({ path }) => path === '.npmrc')?.text).toContain('omit-lockfile-registry-resolved=true\n')
  })

  test('no private key but the one that is labelled as test material', () => {
    const key = /-----BEGIN [A-Z ]*PRIVATE KEY-----(\s|\\n)+[\w+/]{16}|\bMII[\w+/]{40}|\bMC4CAQAwBQYDK2Vw/
    const found = sources.filter(({ text }) => key.test(text)).map(({ path }) => path)
    expect(found).toEqual(['scenarios/demo-rsa-key.txt'])
    expect(sources.find(({ path }) => path === 'scenarios/demo-rsa-key.txt')?.text).toContain('# PUBLIC TEST MATERIAL.')
  })
})

test('every dependency has one exact version', () => {
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies })
  expect(versions.length).toBeGreaterThan(10)
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
})
