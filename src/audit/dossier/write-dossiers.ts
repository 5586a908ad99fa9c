import type { Book } from '../../book/book-interface.ts'
import type { BookAccount } from '../../book/record.ts'
import { fail } from '../../errors/overdraft-error.ts'
import type { Finding } from '../finding.ts'
import { type DossierFile, dossierFiles } from './dossier-files.ts'
import { dossierRows } from './dossier-rows.ts'
import { writeDossier } from './write-dossier.ts'

export interface FindingsOfAccount {
  readonly account: BookAccount
  readonly findings: readonly Finding[]
}

/**
 * Writes the dossiers of findings, one after another so that memory stays bounded: into one folder where there is one
 * finding to tell, else each into a folder of its id. Gives how many there were.
 *
 * @throws `audit.nothing-to-tell`, `audit.dossier-not-empty`, `audit.dossier-unwritable`
 */
export async function writeDossiers(
  book: Book,
  wanted: readonly FindingsOfAccount[],
  folder: string,
  shape: 'one-folder' | 'folder-each',
): Promise<number> {
  const count = wanted.reduce((sum, { findings }) => sum + findings.length, 0)
  if (count === 0) fail('audit.nothing-to-tell', {})
  await writeDossier(folder, filesOf(book, wanted, shape === 'one-folder' && count === 1))
  return count
}

async function* filesOf(book: Book, wanted: readonly FindingsOfAccount[], isAlone: boolean): AsyncGenerator<DossierFile> {
  // Two findings of one id are as rare as they are possible.
  const used = new Map<string, number>()
  for (const { account, findings } of wanted) {
    for (const finding of findings) {
      const before = used.get(finding.id) ?? 0
      used.set(finding.id, before + 1)
      const name = before === 0 ? finding.id : `${finding.id}-${before + 1}`
      const rows = await dossierRows(book, account, finding)
      for (const file of dossierFiles(finding, rows)) yield isAlone ? file : { name: `${name}/${file.name}`, text: file.text }
    }
  }
}
