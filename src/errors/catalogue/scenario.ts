import { entry, quoted } from '../entry.ts'

export interface FaultPlace {
  readonly line: number
  readonly column: number
  readonly field: string
}

export interface FaultText extends FaultPlace {
  readonly problem: string
}

function faultLine({ line, column, field, problem }: FaultText): string {
  return `  line ${line}, column ${column}${field === '' ? '' : `, ${field}`}: ${problem}`
}

/** Errors of scenario files. */
export const scenarioErrors = {
  'scenario.unreadable': entry<{ file: string; reason: string }>({
    exit: 'configuration',
    says: ({ file, reason }) => `the scenario ${quoted(file)} cannot be read (${reason})`,
    remedy: 'Give the path of a file that you may read, or one of the scenarios that `overdraft venue --list-scenarios` names.',
  }),
  'scenario.invalid': entry<{ file: string; faults: readonly FaultText[]; count: number }>({
    exit: 'configuration',
    says: ({ file, faults, count }) => {
      const more = count > faults.length ? `\n  and ${count - faults.length} more` : ''
      return `the scenario ${quoted(file)} has ${count === 1 ? 'a fault' : `${count} faults`}:\n${faults.map(faultLine).join('\n')}${more}`
    },
    remedy: 'Correct the lines named; docs/scenarios.md describes the format.',
  }),
  'scenario.refused': entry<FaultPlace & { file: string; reason: string; remedy: string }>({
    exit: 'configuration',
    says: ({ file, reason, ...place }) =>
      `the scenario ${quoted(file)} cannot be carried out:\n${faultLine({ ...place, problem: reason })}`,
    remedy: ({ remedy }) => `Correct that entry. ${remedy}`,
  }),
  'scenario.no-hmac-key': entry<{ label: string }>({
    exit: 'configuration',
    says: ({ label }) => `the account ${quoted(label)} of the scenario has no HMAC key`,
    remedy: 'Give every account at least one key that signs with hmac.',
  }),
  'scenario.too-long': entry<{ file: string; commands: number; limit: number }>({
    exit: 'configuration',
    says: ({ file, commands, limit }) => `the scenario ${quoted(file)} unfolds into ${commands} movements, more than the ${limit} allowed`,
    remedy: 'Let its walks and flows step less often, or over a shorter time.',
  }),
}
