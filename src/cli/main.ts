#!/usr/bin/env node
import { exitCodes } from '../errors/entry.ts'
import { systemClock } from '../time/system-clock.ts'
import { processIo } from './process-io.ts'
import { runCli } from './run.ts'

const graceMs = 5_000

const stopping = new AbortController()

function stop(exitCode: number): void {
  if (stopping.signal.aborted) return
  stopping.abort()
  systemClock.wait(graceMs).then(() => process.exit(exitCode))
}

// SIGHUP: the terminal was closed.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // The second Ctrl-C, or a command that does not come to its end: everything acknowledged is on disk already.
    if (stopping.signal.aborted) process.exit(exitCodes.interrupted)
    stop(exitCodes.interrupted)
  })
}

// Whoever reads our output may stop reading (`| head`): that is no error, but what stays up has nobody to stay for.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
    stop(exitCodes.ok)
  })
}

const code = await runCli(process.argv.slice(2), processIo(stopping.signal))
// What was written must be out before the process goes; open connections need not hold it.
await new Promise((resolve) => process.stdout.write('', resolve))
await new Promise((resolve) => process.stderr.write('', resolve))
process.exit(code)
