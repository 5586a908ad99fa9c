import { Command, Option } from 'commander'
import { isOverdraftError } from '../../errors/overdraft-error.ts'
import { createVenue, listenVenue, type Venue } from '../../venue/index.ts'
import type { Act } from '../act.ts'
import { printable } from '../output/printable.ts'
import type { Session } from '../session.ts'
import { untilStopped } from '../until-stopped.ts'
import {
  addBehaviour,
  type BehaviourArguments,
  faultsOfFile,
  parseFactor,
  parsePort,
  scenarioChoice,
  startingMode,
} from '../venue-arguments.ts'
import { scenariosDocument, scenariosText } from '../views/scenarios-view.ts'
import { venueDocument, venueText } from '../views/venue-view.ts'

interface VenueCommandOptions {
  readonly port: number
  readonly scenario: string
  readonly clock: string
  readonly frozen?: true
  readonly speed?: number
  readonly data?: string
  readonly faults?: string
  readonly behaviour?: BehaviourArguments
  readonly listScenarios?: true
  readonly json?: true
}

export function venueCommand(act: Act): Command {
  return new Command('venue')
    .description('run an exchange of your own on this machine, answering as Binance Portfolio Margin and OKX do')
    .option('--port <number>', 'port on 127.0.0.1; 0 is any free one', parsePort, 8_790)
    .option('--scenario <name|file>', 'one that is shipped, or a file of your own', 'default')
    .option('--clock <real|instant>', 'the real time, or an instant to start at, such as 2026-01-31T08:00:00Z', 'real')
    .addOption(new Option('--frozen', 'the clock stands until it is moved over the admin face').conflicts('speed'))
    .option('--speed <factor>', 'the clock runs so many times as fast', parseFactor)
    .option('--data <folder>', 'keep the journal there, and go on with one that is there (default: in memory)')
    .option('--faults <file>', 'what goes wrong on purpose: a file with `faults`, as docs/faults.md describes them')
    .option('--behaviour <name=value>', 'what it does where the documents are silent (docs/parity.md); may be repeated', addBehaviour)
    .option('--list-scenarios', 'name the scenarios that are shipped, and start nothing')
    .option('--json', 'one line of JSON once it listens: url, admin, accounts with keys, faults')
    .action(act(venueOrScenarios))
}

async function venueOrScenarios(session: Session, options: VenueCommandOptions): Promise<void> {
  if (options.listScenarios)
    session.io.stdout.write(options.json ? `${JSON.stringify(scenariosDocument())}\n` : scenariosText(session.style))
  else await runVenue(session, options)
}

async function runVenue(session: Session, options: VenueCommandOptions): Promise<void> {
  const { io } = session
  const mode = startingMode(options.clock, options, io.clock.now())
  const { data, behaviour } = options
  const venue = await createVenue({
    mode,
    scenario: scenarioChoice(options.scenario),
    clock: io.clock,
    onFault: (error) => tellFault(session, error),
    faults: options.faults === undefined ? [] : faultsOfFile(options.faults, mode, io.clock.now()),
    ...(data === undefined ? {} : { data }),
    ...(behaviour === undefined ? {} : { behaviour }),
  })
  try {
    const listening = await listenVenue(venue, { port: options.port })
    try {
      tellStarted(session, venue, listening.url, options)
      if (venue.isResumed && asksForAnother(options)) session.say(resumedText(options.data ?? ''))
      await untilStopped(io.signal)
    } finally {
      await listening.close()
    }
  } finally {
    await venue.close()
  }
}

/** Whether something was asked for that only a new journal takes. */
function asksForAnother({ scenario, clock, frozen, speed }: VenueCommandOptions): boolean {
  return scenario !== 'default' || clock !== 'real' || frozen === true || speed !== undefined
}

function resumedText(data: string): string {
  return (
    `The journal in ${printable(data)} goes on with the scenario and the clock it was begun with; --scenario, --clock, --frozen and\n` +
    '--speed are for a new one. The admin face moves the clock and resets; another --data folder begins anew.'
  )
}

function tellStarted(session: Session, venue: Venue, url: string, options: VenueCommandOptions): void {
  if (options.json) session.io.stdout.write(`${JSON.stringify(venueDocument(venue, url))}\n`)
  else session.io.stdout.write(venueText(venue, url, session.style))
}

/** A fault of the venue itself, such as a full disk: callers got an error, and whoever runs it should know why. */
export function tellFault(session: Session, error: unknown): void {
  const text = error instanceof Error ? error.message : String(error)
  session.say(`overdraft: ${text}${isOverdraftError(error) ? `\n${error.remedy}` : ''}`)
}
