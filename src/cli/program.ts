import { Command } from 'commander'
import type { ExitName } from '../errors/entry.ts'
import type { Act } from './act.ts'
import { accountCommand } from './commands/account.ts'
import { auditCommand } from './commands/audit.ts'
import { bookCommand } from './commands/book.ts'
import { coverageCommand } from './commands/coverage.ts'
import { demoCommand } from './commands/demo.ts'
import { exchangesCommand } from './commands/exchanges.ts'
import { exportCommand } from './commands/export.ts'
import { forecastCommand } from './commands/forecast.ts'
import { importCommand } from './commands/import.ts'
import { interestCommand } from './commands/interest.ts'
import { pricesCommand } from './commands/prices.ts'
import { statementCommand } from './commands/statement.ts'
import { statusCommand } from './commands/status.ts'
import { syncCommand } from './commands/sync.ts'
import { venueCommand } from './commands/venue.ts'
import { verifyCommand } from './commands/verify.ts'
import type { Io } from './io.ts'
import { type GlobalOptions, Session } from './session.ts'
import { versionOfPackage } from './version.ts'

const examples = `
Examples:
  overdraft demo                                      see it working, with an exchange of its own
  overdraft account add main --exchange binance       add a read-only API key
  overdraft sync && overdraft status                  fetch, then show what is owed and what it costs
  overdraft interest --by month --csv                 what was charged, for a spreadsheet
  overdraft audit                                     which charges are not as they should be, and why
  overdraft forecast --if "repay 5000 USDT at 21:50"  what that would save

Exit codes and everything else: docs/cli.md and docs/exit-codes.md`

/** The whole command line; `ended` hears how a command that did not fail ended. */
export function buildProgram(io: Io, ended: (exit: ExitName) => void): Command {
  const program = new Command('overdraft')
    .description('What negative balances on Binance Portfolio Margin and OKX cost, proven complete.')
    .version(versionOfPackage(), '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .option('--home <folder>', 'where book and vault lie (default: $OVERDRAFT_HOME, or your data folder)')
    .option('--book <file|url>', 'the book: a file, or postgres://… (default: $OVERDRAFT_BOOK, or book.db in the home)')
    .option('--no-color', 'no colours, as with $NO_COLOR')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', examples)
  const act: Act =
    (work) =>
    async (...parts) => {
      const session = new Session(io, program.opts<GlobalOptions>())
      await work(session, ...parts)
      ended(session.exit)
    }
  const commands = [
    demoCommand,
    accountCommand,
    syncCommand,
    importCommand,
    statusCommand,
    forecastCommand,
    interestCommand,
    exchangesCommand,
    statementCommand,
    pricesCommand,
    exportCommand,
    auditCommand,
    coverageCommand,
    verifyCommand,
    bookCommand,
    venueCommand,
  ]
  for (const make of commands) program.addCommand(make(act))
  for (const command of [program, ...program.commands, ...program.commands.flatMap((group) => group.commands)]) configure(command, io)
  return program
}

function configure(command: Command, io: Io): void {
  command.exitOverride().showHelpAfterError(false).configureHelp({ showGlobalOptions: true })
  command.configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    outputError: () => undefined,
    getOutHelpWidth: () => io.stdout.columns,
    getErrHelpWidth: () => io.stderr.columns,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  })
}
