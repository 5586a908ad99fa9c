import { cpSync, existsSync, mkdtempSync, readdirSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

/** Tears files of charges where no checkpoint says that they are durable. */
export function tearCharges(folder: string, draws: Draws): void {
  if (readdirSync(folder).some((name) => /^venue-\d+\.checkpoint-\d+$/.test(name))) return
  for (const name of readdirSync(folder).filter((each) => /^venue-\d+\.charges$/.test(each))) {
    for (const kind of readdirSync(join(folder, name))) {
      for (const file of readdirSync(join(folder, name, kind))) {
        const path = join(folder, name, kind, file)
        if (existsSync(path) && statSync(path).isFile()) truncateSync(path, draws.between(0, statSync(path).size))
      }
    }
  }
}
