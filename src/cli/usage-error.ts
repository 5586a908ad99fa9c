import type { CommanderError } from 'commander'
import { fail, type OverdraftError, overdraftError } from '../errors/overdraft-error.ts'

const secretOptionRe = /^--?[a-z-]*(?:secret|passphrase|password|passwd|private-key|token)[a-z-]*(?==|$)/i
const fileOptionRe = /^--[a-z-]*-file(?==|$)/i

/** Refuses a secret given as an argument before anything looks at its value, which is not repeated. @throws `cli.secret-as-argument` */
export function refuseSecretArguments(argv: readonly string[]): void {
  const end = argv.indexOf('--')
  for (const argument of end === -1 ? argv : argv.slice(0, end)) {
    const match = fileOptionRe.test(argument) ? null : secretOptionRe.exec(argument)
    if (match !== null) fail('cli.secret-as-argument', { option: match[0] })
  }
}

/** What commander found wrong, as an error of ours; its suggestion becomes the remedy. */
export function asUsageError(error: CommanderError): OverdraftError {
  const [first = '', ...rest] = error.message.split('\n')
  // An unknown option with `=` would repeat a value that was perhaps meant to be secret.
  const problem = first.replace(/^error: /, '').replace(/^(unknown option '[^'=]*)=.*$/, "$1'")
  const suggestion = rest
    .join(' ')
    .trim()
    .replace(/^\(|\)$/g, '')
  return overdraftError('cli.usage', {
    problem,
    remedy: suggestion === '' ? 'See: overdraft --help' : `${suggestion} See also: overdraft --help`,
  })
}
