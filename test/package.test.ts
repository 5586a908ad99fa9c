import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, normalize } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { filesBelow, installed, link, manifest, npm, packed, productionFolders, root } from './support/packed.ts'

let tarball: string
let project: string
let package_: string

beforeAll(() => {
  tarball = packed()
  project = installed(tarball, { optional: true })
  package_ = join(project, 'node_modules', 'overdraft')
  // What npm does to a command on installing it.
  for (const command of Object.values(manifest.bin)) chmodSync(join(package_, command), 0o755)
}, 120_000)

/** The modules that a shipped file names, in code and in types; comments left out. */
function importsOf(file: string): readonly string[] {
  const code = readFileSync(join(package_, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const statement = /^(?:import|export)\s[^;'"]*?\sfrom\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/gm
  return [...code.matchAll(statement)].flatMap((found) => found.slice(1).filter((name) => name !== undefined))
}

describe('the package', () => {
  test('holds the compiled code, the shipped scenarios and the documents, and nothing else', () => {
    const allowed = /^(dist\/.+\.(js|d\.ts)|scenarios\/.+\.(yaml|txt)|docs\/[a-z-]+\.md|(package\.json|README\.md|CHANGELOG\.md|LICENSE))$/
    const files = filesBelow(package_)
    expect(files.filter((file) => !allowed.test(file) || /\btests?\b|fixture|stale/.test(file))).toEqual([])
    expect(files).toEqual(expect.arrayContaining(['scenarios/default.yaml', 'scenarios/empty.yaml', 'LICENSE', 'docs/cli.md']))
  })

  test('holds no module that neither the command nor an entry point leads to', () => {
    const entries = Object.values(manifest.exports).flatMap((entry) => (typeof entry === 'string' ? [] : [entry.default, entry.types]))
    const reached = new Set<string>()
    const reach = (file: string) => {
      if (reached.has(file)) return
      reached.add(file)
      for (const name of importsOf(file)) if (name.startsWith('.')) follow(join(dirname(file), name))
    }
    const follow = (file: string) => {
      // Types name the source they were made from; both halves of a module come together.
      const module = file.replace(/(\.d)?\.ts$|\.js$/, '')
      reach(`${module}.js`)
      reach(`${module}.d.ts`)
    }
    for (const entry of [...entries, ...Object.values(manifest.bin)]) follow(normalize(entry))
    expect(filesBelow(join(package_, 'dist')).filter((file) => !reached.has(`dist/${file}`))).toEqual([])
  })

  test('imports only what a user gets with it', () => {
    const own = new Set([...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies)])
    const outside = filesBelow(join(package_, 'dist'))
      .flatMap((file) => importsOf(`dist/${file}`))
      .filter((name) => !/^(\.|node:)/.test(name))
      .map((name) => name.match(/^(@[^/]+\/)?[^/]+/)?.[0] ?? name)
    expect(outside).toContain('hono')
    expect(outside.filter((name) => !own.has(name))).toEqual([])
  })

  test('comes only with packages whose licences go with Apache-2.0', () => {
    const licences = productionFolders({ optional: true }).map((folder) => {
      const { license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as { license?: unknown }
      return `${folder}: ${license}`
    })
    expect(licences.length).toBeGreaterThan(Object.keys(manifest.dependencies).length)
    expect(licences.filter((line) => !/: (MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD)$/.test(line))).toEqual([])
  })
})

describe('installed', () => {
  const command = () => join(project, 'node_modules', '.bin', 'overdraft')

  test('the command is found by npx, and says what it can do', () => {
    expect(npm(['exec', '--no', '--', 'overdraft', '--version'], project)).toBe(`${manifest.version}\n`)
    expect(npm(['exec', '--no', '--', 'overdraft', '--help'], project)).toContain('Usage: overdraft [options] [command]')
  })

  test('the demo finds its scenario, reports and ends when stopped', async () => {
    const demo = spawn(process.execPath, [command(), 'demo', '--port', '0'], { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    demo.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    const ended = once(demo, 'exit')
    const [first] = (await Promise.race([once(demo.stdout, 'data'), ended.then(() => ['nothing'])])) as [Buffer]
    expect(first.toString(), said).toContain('What is owed now')
    demo.kill('SIGINT')
    expect(await ended).toEqual([0, null])
  })

  test('the three entry points work from plain JavaScript', () => {
    writeFileSync(join(project, 'use.js'), plainUse)
    const output = execFileSync(process.execPath, ['use.js'], { cwd: project, encoding: 'utf8' })
    expect(output).toBe('24.4440 /papi/v1/portfolio/interest-history {} main,hedge,okx 200\n')
  })

  test.each([
    ['NodeNext', 'NodeNext', 'with the types of Node'],
    ['NodeNext', 'NodeNext', 'without them'],
    ['ESNext', 'bundler', 'with the types of Node'],
    ['ESNext', 'bundler', 'without them'],
  ])('the three entry points type-check strictly: module %s, resolution %s, %s', (module, moduleResolution, ambient) => {
    const types = ambient.startsWith('with the') ? ['node'] : []
    for (const name of ['@types/node', 'undici-types']) link(join(root, 'node_modules', name), join(project, 'node_modules', name))
    writeFileSync(join(project, 'use.ts'), typedUse)
    const strict = { strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, skipLibCheck: false }
    const options = {
      module,
      moduleResolution,
      target: 'ES2023',
      lib: types.length > 0 ? ['ES2023'] : ['ES2023', 'DOM'],
      types,
      noEmit: true,
    }
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...strict, ...options }, files: ['use.ts'] }))
    const run = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'], { cwd: project, encoding: 'utf8' })
    expect(run.stdout).toBe('')
    expect(run.status).toBe(0)
  })

  test('left without its optional dependency it works where Node brings SQLite, and says what to do where it does not', () => {
    const bare = installed(tarball, { optional: false })
    const book = join(bare, 'book.db')
    writeFileSync(book, '')
    const run = spawnSync(process.execPath, [join(bare, 'node_modules/.bin/overdraft'), '--book', book, 'interest', '--json'], {
      cwd: bare,
      encoding: 'utf8',
      env: { ...process.env, OVERDRAFT_HOME: bare },
    })
    expect(run.stderr).not.toContain('    at ')
    if (bringsSqlite()) {
      expect(run.stderr).not.toContain('SQLite')
      expect(JSON.parse(run.stdout)).toBeTypeOf('object')
    } else {
      expect(run.stdout).toBe('')
      expect(run.stderr).toContain('@photostructure/sqlite')
      expect(run.status).toBe(6)
    }
  })
})

function bringsSqlite(): boolean {
  try {
    createRequire(import.meta.url).resolve('node:sqlite')
    return true
  } catch {
    return false
  }
}

const plainUse = `
import { add, binanceEndpoints, decimal, toText } from 'overdraft/contracts'
import { createBinanceClient, Secret, systemClock } from 'overdraft/client'
import { createVenue } from 'overdraft/venue'

const venue = await createVenue()
const { apiKey, apiSecret } = venue.accounts[0]
const credentials = { apiKey, signing: 'hmac', secret: new Secret(apiSecret) }
const client = createBinanceClient({ baseUrl: 'http://127.0.0.1:1', credentials, clock: systemClock, fetch: (request) => venue.fetch(request) })
const ping = await venue.fetch(new Request('http://venue.test/papi/v1/ping'))
const rows = await client.interestHistory({ size: 1 })
if (rows.length !== 1) throw new Error('no charge')
const labels = venue.accounts.map(({ label }) => label)
console.log(toText(add(decimal('24.4'), decimal('0.0440'))), binanceEndpoints.interestHistory.path, await ping.text(), String(labels), ping.status)
await venue.close()
`

const typedUse = `
import { binanceEndpoints, type Decimal, decimal, toText } from 'overdraft/contracts'
import { type BinanceClient, createBinanceClient, createOkxClient, Secret, systemClock, walkInterestHistory } from 'overdraft/client'
import { createVenue, listenVenue, type Venue } from 'overdraft/venue'

export const venue: Venue = await createVenue({ scenario: 'empty', mode: { kind: 'frozen', at: Date.parse('2026-03-01') } })
const credentials = { apiKey: 'key', signing: 'hmac' as const, secret: new Secret('secret') }
export const client: BinanceClient = createBinanceClient({
  baseUrl: 'http://127.0.0.1:1',
  clock: systemClock,
  credentials,
  fetch: (request) => venue.fetch(request),
})
const rows = await client.interestHistory({ asset: 'USDT', size: 100 })
export const asset: string | undefined = rows[0]?.asset
// @ts-expect-error an amount is an exact decimal, never a number
export const wrong: number | undefined = rows[0]?.interest
for await (const page of walkInterestHistory(client, { within: { from: 0, to: 1 } })) {
  const interest: Decimal | undefined = page.rows[0]?.interest
  if (interest !== undefined) toText(interest)
}
export const text: string = toText(decimal('1'))
export const path: string = binanceEndpoints.interestHistory.path
export const listening = await listenVenue(venue, { port: 0 })
// @ts-expect-error a misspelt option is refused
createOkxClient({ baseUr: 'http://127.0.0.1:1' })
`
