import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { isOverdraftError } from '../../errors/overdraft-error.ts'
import { createVenue, type Listening, listenVenue, type Venue } from '../../venue/index.ts'
import type { Act } from '../act.ts'
import { runDemo } from '../demo/demo-run.ts'
import { makeFolder } from '../home.ts'
import type { Session } from '../session.ts'
import { parsePort } from '../venue-arguments.ts'
import { tellFault } from './venue.ts'

interface DemoOptions {
  readonly port?: number
  readonly data?: string
}

const usualPort = 8_790

export function demoCommand(act: Act): Command {
  return new Command('demo')
    .description('see it working: an exchange of its own with 400 days of history, synced and reported')
    .option('--port <number>', `port of the exchange (default: ${usualPort}, or a free one where that is in use)`, parsePort)
    .option('--data <folder>', 'keep exchange and book there (default: a temporary folder, removed at the end)')
    .action(act(demo))
}

async function demo(session: Session, options: DemoOptions): Promise<void> {
  const { io } = session
  const startedAt = io.clock.now()
  session.say('Starting an exchange of its own with 400 days of history…')
  const home = options.data === undefined ? await mkdtemp(join(tmpdir(), 'overdraft-demo-')) : resolve(options.data)
  try {
    await makeFolder(home)
    const data = options.data === undefined ? {} : { data: join(home, 'venue') }
    const venue = await createVenue({ clock: io.clock, onFault: (error) => tellFault(session, error), ...data })
    try {
      const listening = await listenSomewhere(venue, options.port)
      try {
        await runDemo(session, { venue, url: listening.url, home, startedAt })
      } finally {
        await listening.close()
      }
    } finally {
      await venue.close()
    }
  } finally {
    if (options.data === undefined) await rm(home, { recursive: true, force: true })
  }
}

/** The port asked for; without one the usual port, and any free one where that is taken. */
async function listenSomewhere(venue: Venue, port: number | undefined): Promise<Listening> {
  if (port !== undefined) return listenVenue(venue, { port })
  try {
    return await listenVenue(venue, { port: usualPort })
  } catch (error) {
    if (!isOverdraftError(error, 'venue.port-in-use')) throw error
    return listenVenue(venue, { port: 0 })
  }
}
