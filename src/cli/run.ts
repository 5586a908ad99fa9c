import { CommanderError } from 'commander'
import { type ExitName, exitCodes } from '../errors/entry.ts'
import { isOverdraftError, OverdraftError, overdraftError } from '../errors/overdraft-error.ts'
import type { Io } from './io.ts'
import { printable, printableLines } from './output/printable.ts'
import { styleOf } from './output/style.ts'
import { buildProgram } from './program.ts'
import { asUsageError, refuseSecretArguments } from './usage-error.ts'

/**
 * Runs one command line (without `node` and the script) and gives the exit code.
 *
 * @example process.exitCode = await runCli(process.argv.slice(2), processIo())
 */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  try {
    refuseSecretArguments(argv)
    let exit: ExitName = 'ok'
    const program = buildProgram(io, (ended) => {
      exit = ended
    })
    await program.parseAsync(argv, { from: 'user' })
    return exitCodes[exit]
  } catch (error) {
    return report(error, io)
  }
}

/** Tells what went wrong and the way out, never a stack trace unless OVERDRAFT_DEBUG is set. */
function report(error: unknown, io: Io): number {
  if (error instanceof CommanderError) {
    if (error.code === 'commander.helpDisplayed' || error.code === 'commander.version') return exitCodes.ok
    if (error.code === 'commander.help') return exitCodes.usage
    return tell(asUsageError(error), io)
  }
  if (io.signal.aborted && !isOverdraftError(error)) return tell(overdraftError('cli.interrupted', {}, error), io)
  if (error instanceof OverdraftError) return tell(error, io)
  return tellUnexpected(error, io)
}

function tell(error: OverdraftError, io: Io): number {
  const style = styleOf(io.stderr, io.env)
  io.stderr.write(`${style.red('overdraft:')} ${printableLines(error.message)}\n`)
  io.stderr.write(`${printableLines(error.remedy)}\n`)
  tellTrace(error, io)
  return exitCodes[error.exit]
}

function tellUnexpected(error: unknown, io: Io): number {
  const style = styleOf(io.stderr, io.env)
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  io.stderr.write(`${style.red('overdraft:')} something unexpected went wrong (${printable(text)})\n`)
  io.stderr.write('This is a fault of Overdraft. Run the command again with OVERDRAFT_DEBUG=1 and report what it prints.\n')
  tellTrace(error, io)
  return exitCodes.internal
}

function tellTrace(error: unknown, io: Io): void {
  if ((io.env['OVERDRAFT_DEBUG'] ?? '') === '' || !(error instanceof Error)) return
  io.stderr.write(`${error.stack ?? ''}\n`)
  if (error.cause !== undefined) tellTrace(error.cause, io)
}
