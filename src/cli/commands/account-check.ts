import { Command } from 'commander'
import type { Act } from '../act.ts'
import { Clients } from '../clients.ts'
import { checkKey, type Finding } from '../key-check.ts'
import { type FormatOptions, printAnswer, withFormatOptions } from '../output/answer.ts'
import { printableLines } from '../output/printable.ts'
import { type Column, sheetObjects } from '../output/sheet.ts'
import { printTable } from '../output/table.ts'
import type { Session } from '../session.ts'

const columns: readonly Column<Finding>[] = [
  { field: 'account', header: 'ACCOUNT', value: (finding) => finding.account },
  { field: 'what', header: 'THE KEY CAN', value: (finding) => finding.what },
  { field: 'possible', header: '', value: (finding) => finding.isPossible, shown: (finding) => (finding.isPossible ? 'yes' : 'NO') },
  { field: 'detail', header: 'DETAIL', value: (finding) => finding.detail },
  { field: 'error', value: (finding) => finding.error?.code ?? null },
]

export function accountCheckCommand(act: Act): Command {
  const command = new Command('check')
    .description('ask the exchange, reading only, what the key of an account can do')
    .argument('[labels...]', 'the accounts (default: every one)')
  return withFormatOptions(command).action(act(checkAccounts))
}

async function checkAccounts(session: Session, labels: readonly string[], format: FormatOptions): Promise<void> {
  await session.withBook('existing', async (book) => {
    const accounts = await session.accounts(book, labels)
    const vault = await session.vault('existing')
    const clients = new Clients(session.io.clock)
    const rows: Finding[] = []
    try {
      for (const account of accounts) rows.push(...(await checkKey(book, account, clients.make(account, vault.credentials(account.label)))))
    } finally {
      await clients.close()
    }
    const sheet = { columns, rows }
    printAnswer(session, format, { sheet, document: { checks: sheetObjects(sheet) }, human: () => printTable(sheet, session.style) })
    const errors = rows.flatMap(({ error }) => error ?? [])
    for (const error of errors) {
      session.say(`overdraft: ${printableLines(error.message)}\n${error.remedy}`)
      session.endWith(error.exit)
    }
    if (errors.length === 0) {
      session.say('Whether a key may trade cannot be asked without trading. A key that may only read is enough, and safer.')
    }
  })
}
