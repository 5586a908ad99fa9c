import { entry, quoted } from '../entry.ts'

/** Errors of the contracts: a reply or a parameter that is not as documented. */
export const contractErrors = {
  'contract.wrong-shape': entry<{ path: string; expected: string; found: string }>({
    exit: 'unreachable',
    says: ({ path, expected, found }) =>
      `the reply is not as documented: ${path === '' ? 'it' : path} should be ${expected}, but is ${found}`,
    remedy: 'Check that the base URL is that of the exchange; if it is, the exchange changed its reply: please report it with this text.',
  }),
  'contract.parameter-missing': entry<{ endpoint: string; parameter: string }>({
    exit: 'usage',
    says: ({ endpoint, parameter }) => `${endpoint} needs the parameter ${parameter}`,
    remedy: ({ parameter }) => `Give ${parameter}.`,
  }),
  'contract.parameter-malformed': entry<{ endpoint: string; parameter: string; value: unknown; expected: string }>({
    exit: 'usage',
    says: ({ endpoint, parameter, value, expected }) => `${endpoint}: ${parameter} should be ${expected}, but is ${quoted(value)}`,
    remedy: ({ parameter, expected }) => `Give ${parameter} as ${expected}.`,
  }),
  'contract.parameter-unknown': entry<{ endpoint: string; parameter: string; known: readonly string[] }>({
    exit: 'usage',
    says: ({ endpoint, parameter }) => `${endpoint} has no parameter ${quoted(parameter)}`,
    remedy: ({ known }) => `It takes: ${known.join(', ') || 'none'}.`,
  }),
  'contract.event-unknown': entry<{ name: unknown; known: readonly string[] }>({
    exit: 'usage',
    says: ({ name }) => `the user data stream has no event ${quoted(name)}`,
    remedy: ({ known }) => `The field "e" of an event is one of ${known.join(', ')}.`,
  }),
  'contract.key-malformed': entry<{ kind: string }>({
    exit: 'configuration',
    says: ({ kind }) => `the private key is not a PEM of the kind ${kind}`,
    remedy: 'Give the key as unencrypted PKCS#8 PEM (it begins with -----BEGIN PRIVATE KEY-----), or choose the kind it is of.',
  }),
}
