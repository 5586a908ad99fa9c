import { Command } from 'commander'
import type { Act } from '../act.ts'
import type { Session } from '../session.ts'
import { bookCheckDocument, bookCheckText, isWhole } from '../views/book-view.ts'

export function bookCheckCommand(act: Act): Command {
  return new Command('check')
    .description('hold every row of the book against what was written, and name what is damaged')
    .option('--json', 'one JSON document')
    .action(act(checkBook))
}

async function checkBook(session: Session, options: { readonly json?: true }): Promise<void> {
  await session.withBook('even-damaged', async (book) => {
    const check = await book.check()
    session.io.stdout.write(options.json ? `${JSON.stringify(bookCheckDocument(check), null, 2)}\n` : bookCheckText(check, session.style))
    if (!isWhole(check)) session.endWith('mismatch')
  })
}
