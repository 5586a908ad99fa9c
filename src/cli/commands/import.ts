import { basename } from 'node:path'
import { Command } from 'commander'
import { type Quarter, quarterOfBills } from '../../imports/quarter.ts'
import { importBills } from '../../sync/import-bills.ts'
import { holderName } from '../../sync/lease-holder.ts'
import type { Interval } from '../../time/interval.ts'
import { covers, type IntervalSet } from '../../time/interval-set.ts'
import type { Act } from '../act.ts'
import { shownInstant } from '../output/amounts.ts'
import { printable } from '../output/printable.ts'
import type { Session } from '../session.ts'
import { textLines } from '../text-lines.ts'

interface ImportOptions {
  readonly account: string
  readonly quarter: string
}

/** So many findings are told one by one. */
const shownMax = 20

export function importCommand(act: Act): Command {
  const bills = new Command('okx-bills')
    .description('take the bills of a quarter from the CSV file that OKX gave of it, whole or not at all')
    .argument('<file>', 'the file, unpacked')
    .requiredOption('--account <label>', 'the account that it was downloaded for')
    .requiredOption('--quarter <quarter>', 'the quarter that was asked for, such as 2025-Q3')
  return new Command('import')
    .description('take histories from files that an exchange lets you download')
    .addCommand(bills.action(act(importOkxBills)))
}

async function importOkxBills(session: Session, path: string, options: ImportOptions): Promise<void> {
  const { clock, signal } = session.io
  const quarter = quarterOfBills(options.quarter, clock.now())
  await session.withBook('existing', async (book) => {
    for (const account of await session.accounts(book, [options.account])) {
      const { added, known, span, proven, findings } = await importBills({
        book,
        account,
        file: { name: printable(basename(path)), read: () => textLines(path) },
        quarter,
        clock,
        holder: holderName(),
        signal,
        onWaiting: ({ holder, until }) =>
          session.say(`${account.label}: waits for ${printable(holder)}, which syncs it, until ${shownInstant(until)} UTC at most.`),
      })
      session.say(`${counted(added, 'bill')} imported${known === 0 ? '' : `, ${known} were there already`}.`)
      for (const finding of findings.slice(0, shownMax)) session.say(`${account.label}: ${printable(finding)}`)
      if (findings.length > shownMax) session.say(`and ${findings.length - shownMax} more: overdraft coverage --csv lists them`)
      session.say(`Of ${quarter.name} is proven: ${proven.length === 0 ? 'nothing' : proven.map(shownSpan).join(', ')}.`)
      if (findings.length > 0) session.endWith('findings')
      else if (!isWhole(quarter, proven)) {
        if (isUndecided(quarter, span))
          session.say(`No bill tells whether the file was cut at midnight of UTC or of Hong Kong; it speaks for ${shownSpan(span)}.`)
        session.endWith('incomplete')
      }
    }
  })
}

/** By one of the calendars a file may have been cut by. */
function isWhole({ utc, hongKong }: Quarter, proven: IntervalSet): boolean {
  return covers(proven, utc) || covers(proven, hongKong)
}

/** No row shows which calendar it was. */
function isUndecided({ utc, hongKong }: Quarter, span: Interval): boolean {
  return span.from === utc.from && span.to === hongKong.to
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function shownSpan({ from, to }: Interval): string {
  return `${shownInstant(from)} to ${shownInstant(to)}`
}
