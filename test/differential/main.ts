import { Command } from 'commander'
import { systemClock } from '../../src/time/system-clock.ts'
import { playSeeds } from './play-seeds.ts'

interface Options {
  readonly seed?: string
  readonly seeds: string
  readonly from?: string
  readonly beside?: string
}

async function main({ seed, seeds, from, beside }: Options): Promise<number> {
  const first = Number(seed ?? from ?? systemClock.now() % 1_000_000)
  const count = seed === undefined ? Number(seeds) : 1
  if (beside !== undefined) {
    const { printBeside } = await import('./beside-ccxt.ts')
    return printBeside(first, count)
  }
  const began = systemClock.now()
  const { broken, ...sums } = await playSeeds(first, count, console.log)
  const seconds = Math.round((systemClock.now() - began) / 1_000)
  console.log(
    `${count} worlds from seed ${first} in ${seconds} s: ${sums.rows} rows, ${sums.syncs} syncs, ${sums.faults} faults and ${sums.lies} lies given; ${sums.refusedKeys} keys of other accounts refused; ` +
      `rows that no reply ever showed: ${sums.withheld}; answers asked: ${sums.answers}, ${sums.complete} of them complete and right; worlds that broke: ${broken.length}`,
  )
  return broken.length === 0 ? 0 : 1
}

const program = new Command('differential')
  .description('Plays seeded venues with every fault there is, syncs them, and holds each book against the truth row by row.')
  .option('--seed <number>', 'play this seed alone')
  .option('--seeds <number>', 'how many seeds', '100')
  .option('--from <number>', 'the first seed; drawn when left out')
  .option('--beside <client>', 'ccxt: how many rows its own pagination loses on the same worlds')
  .parse()

process.exitCode = await main(program.opts<Options>())
