import { openBook } from '../../src/book/open-book.ts'
import { systemClock } from '../../src/time/system-clock.ts'
import { batchCharges, batchSpan } from './book-batches.ts'

/** Records batch after batch into the book at `path`, beginning with number `first`, and prints each number once it is acknowledged. */
const [path = '', first = '0'] = process.argv.slice(2)
const book = await openBook({ kind: 'sqlite', path }, { clock: systemClock })
for (let number = Number(first); ; number++) {
  await book.recordCharges('main', batchCharges(number), [batchSpan(number)])
  process.stdout.write(`${number}\n`)
}
