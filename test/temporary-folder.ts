import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Gives the run a temporary folder of its own, which takes along whatever its tests, and the processes they kill,
 * leave behind. Called once by the runner before the tests; what it returns is called after them.
 */
export function setup(): () => void {
  const outer = process.env['TMPDIR']
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-test-'))
  // The user PostgreSQL runs as has to pass through it.
  chmodSync(folder, 0o755)
  process.env['TMPDIR'] = folder
  return () => {
    if (outer === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = outer
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
