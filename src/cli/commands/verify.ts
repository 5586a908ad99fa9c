import { Command } from 'commander'
import { fail } from '../../errors/overdraft-error.ts'
import { checkCertificate } from '../../report/certificate/check-certificate.ts'
import { verifyExport } from '../../report/certificate/verify-export.ts'
import type { Act } from '../act.ts'
import type { Session } from '../session.ts'
import { askedSpan, type SpanOptions, withSpanOptions } from '../span-options.ts'
import { verifyDocument, verifyText } from '../views/verify-view.ts'

interface VerifyOptions extends SpanOptions {
  readonly export?: string
  readonly seal?: string
  readonly account?: readonly string[]
  readonly json?: true
}

export function verifyCommand(act: Act): Command {
  const command = new Command('verify')
    .description('check a certificate, and an export of charges against it: offline, and without a book')
    .argument('<certificate>', 'the file that overdraft coverage --certificate wrote')
    .option('--export <file>', 'charges as CSV or JSON Lines, as overdraft wrote them')
    .option('--seal <hex>', 'the seal that was printed and kept when the certificate was made', parseSeal)
    .option('--account <label>', 'the export has only this account (may be given again)', gathered)
  return withSpanOptions(command).option('--json', 'one JSON document').action(act(verify))
}

function gathered(label: string, before: readonly string[] = []): readonly string[] {
  return [...before, label]
}

function parseSeal(text: string): string {
  if (!/^[0-9a-f]{64}$/i.test(text)) fail('cli.option-malformed', { option: '--seal', value: text, expected: '64 hexadecimal digits' })
  return text
}

async function verify(session: Session, path: string, options: VerifyOptions): Promise<void> {
  const certificate = await checkCertificate(path, options.seal)
  const part = { accounts: options.account, within: askedSpan(options) }
  const verification = options.export === undefined ? undefined : await verifyExport(certificate, options.export, part)
  const answer = { certificate, verification, isSealKnown: options.seal !== undefined }
  session.io.stdout.write(options.json ? `${JSON.stringify(verifyDocument(answer), null, 2)}\n` : verifyText(answer, session.style))
  if (verification?.misfit !== undefined) session.endWith('mismatch')
}
