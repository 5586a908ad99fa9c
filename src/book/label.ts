import { fail } from '../errors/overdraft-error.ts'

const labelRe = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** Labels stand in commands, file names and keys, so they are plain. @throws `book.label-malformed` */
export function assertLabel(label: string): void {
  if (!labelRe.test(label)) fail('book.label-malformed', { label })
}
