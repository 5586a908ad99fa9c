import { Command } from 'commander'
import { readPriceFile } from '../../report/valuation/price-file.ts'
import type { Act } from '../act.ts'
import { exportedInstant } from '../output/amounts.ts'
import { type FormatOptions, printAnswer, withFormatOptions } from '../output/answer.ts'
import { sheetObjects } from '../output/sheet.ts'
import { printTable } from '../output/table.ts'
import type { Session } from '../session.ts'
import { askedSpan, type SpanOptions, withSpanOptions } from '../span-options.ts'
import { textLines } from '../text-lines.ts'
import { priceColumns } from '../views/prices-view.ts'

interface PricesOptions extends FormatOptions, SpanOptions {
  readonly asset?: string
  readonly in?: string
}

const upper = (text: string) => text.toUpperCase()

export function pricesCommand(act: Act): Command {
  const list = new Command('list')
    .description('show the prices that are known')
    .option('--asset <name>', 'only of this asset', upper)
    .option('--in <currency>', 'only in this currency', upper)
  const load = new Command('import')
    .description('take prices from a CSV file: asset, instant or day, price, and currency where it is not USD')
    .argument('<file>', 'the file; its first line names the columns')
  return new Command('prices')
    .description('show or import the prices by which interest is valued')
    .addCommand(withFormatOptions(withSpanOptions(list)).action(act(showPrices)), { isDefault: true })
    .addCommand(load.action(act(importPrices)))
}

async function showPrices(session: Session, options: PricesOptions): Promise<void> {
  await session.withBook('existing', async (book) => {
    const within = askedSpan(options)
    const prices = await book.prices({
      ...(options.asset === undefined ? {} : { asset: options.asset }),
      ...(options.in === undefined ? {} : { currency: options.in }),
      ...(within === undefined ? {} : { within }),
    })
    const sheet = { columns: priceColumns, rows: prices }
    printAnswer(session, options, {
      sheet,
      document: {
        asOf: exportedInstant(session.io.clock.now()),
        since: exportedInstant(options.since),
        until: exportedInstant(options.until),
        prices: sheetObjects(sheet),
      },
      human: () =>
        prices.length === 0
          ? 'No price is known. overdraft prices import FILE takes some; overdraft sync sees those that the exchange tells.\n'
          : printTable(sheet, session.style),
    })
  })
}

async function importPrices(session: Session, file: string): Promise<void> {
  await session.withBook('existing', async (book) => {
    const { added, known } = await book.recordPrices(await readPriceFile(file, textLines(file)))
    session.say(`${added} ${added === 1 ? 'price' : 'prices'} imported${known === 0 ? '' : `, ${known} were there already`}.`)
  })
}
