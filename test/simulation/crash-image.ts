import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkpointFiles } from '../../src/venue/checkpoint-file.ts'
import type { Draws } from './draws.ts'

/** What a machine that loses power would have left of a venue's folder. */
export interface CrashImage {
  readonly folder: string
  /** Entries up to here had been acknowledged. */
  readonly sequence: number
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'overdraft-simulation-'))
}

/** Copies the folder as it lies, without what belongs to the running process alone. */
export function copyFolder(folder: string): string {
  const copy = newFolder()
  cpSync(folder, copy, { recursive: true, filter: (path) => !/(-shm|\.lock(-journal|-wal)?|\/forks)$/.test(path) })
  return copy
}

/** Lengths of the side files of journals, by path within the folder. */
export function journalLengths(folder: string): ReadonlyMap<string, number> {
  return new Map(
    readdirSync(folder).flatMap((name) => (name.endsWith('.db-wal') ? [[name, statSync(join(folder, name)).size] as const] : [])),
  )
}

/** Tears off a part of what the journal's last transaction wrote: of it nobody was told. */
export function tearJournal(folder: string, durable: ReadonlyMap<string, number>, draws: Draws): void {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.db-wal'))) {
    const path = join(folder, name)
    const { size } = statSync(path)
    const kept = Math.min(durable.get(name) ?? size, size)
    truncateSync(path, draws.between(kept, size))
  }
}

const kinds = { negativeBalance: 'negative-balance', marginLoan: 'margin-loan', okx: 'okx' } as const

/** Tears files of charges beyond what the newest checkpoint says is durable. */
export function tearCharges(folder: string, draws: Draws): void {
  for (const name of readdirSync(folder)) {
    const number = /^venue-(\d+)\.charges$/.exec(name)?.[1]
    if (number === undefined) continue
    const [newest] = checkpointFiles(join(folder, `venue-${number}.checkpoint-`)).read()
    for (const [kind, part] of Object.entries(kinds) as [keyof typeof kinds, string][]) {
      const path = join(folder, name, part)
      if (existsSync(path)) tearRow(path, newest?.charges[kind].bytes ?? 0, draws)
    }
  }
}

/** One long row of bytes over several files, each named by where it begins. */
function tearRow(folder: string, durable: number, draws: Draws): void {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.charges'))
    .map((name) => ({ path: join(folder, name), start: Number(name.slice(0, -'.charges'.length)) }))
  const total = files.reduce((longest, { path, start }) => Math.max(longest, start + statSync(path).size), 0)
  const end = draws.between(Math.min(durable, total), total)
  for (const { path, start } of files) {
    if (start >= end && start >= durable) rmSync(path)
    else if (start + statSync(path).size > end) truncateSync(path, end - start)
  }
}
