import { openBook } from '../../src/book/open-book.ts'
import { isOverdraftError } from '../../src/errors/overdraft-error.ts'
import { systemClock } from '../../src/time/system-clock.ts'

/** Opens a new book in `folder` at each of the instants given, and prints what it could not open. */
const [folder = '', ...instants] = process.argv.slice(2)
process.stdout.write('ready\n')
for (const at of instants.map(Number)) {
  await systemClock.wait(Math.max(at - systemClock.now() - 2, 0))
  // The last of it without giving up the processor, so that all who open do so in the same millisecond.
  while (systemClock.now() < at);
  try {
    const book = await openBook({ kind: 'sqlite', path: `${folder}/${at}.db` }, { clock: systemClock })
    await book.accounts()
    await book.close()
  } catch (error) {
    process.stdout.write(`${isOverdraftError(error) ? error.code : String(error)}\n`)
  }
}
