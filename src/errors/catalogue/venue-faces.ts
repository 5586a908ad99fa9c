import { entry, quoted } from '../entry.ts'

/** Errors of the venue's clock, its port and its admin face. */
export const venueFaceErrors = {
  'venue.port-in-use': entry<{ port: number; host: string }>({
    exit: 'configuration',
    says: ({ port, host }) => `port ${port} on ${host} is already in use`,
    remedy: 'Stop the program that listens there, or choose another port; port 0 takes any free one.',
  }),
  'venue.port-refused': entry<{ port: number; host: string; reason: string }>({
    exit: 'configuration',
    says: ({ port, host, reason }) => `the venue cannot listen on port ${port} of ${host} (${reason})`,
    remedy: 'Choose a port from 1024 to 65535, or 0 for any free one.',
  }),
  'venue.host-not-loopback': entry<{ host: string }>({
    exit: 'usage',
    says: ({ host }) => `the venue listens on this machine only, not on ${quoted(host)}`,
    remedy: 'Leave the host out, or give 127.0.0.1, ::1 or localhost.',
  }),
  'venue.host-refused': entry<{ host: string }>({
    exit: 'refused',
    says: ({ host }) => `the Host header ${quoted(host)} is not a name of this machine`,
    remedy:
      'Ask the venue as 127.0.0.1, localhost or [::1]. Other names are refused so that no web page can reach it by a name of its own.',
  }),
  'venue.origin-refused': entry<{ origin: string }>({
    exit: 'refused',
    says: ({ origin }) => `requests to the admin face from the web page ${quoted(origin)} are refused`,
    remedy: 'Call the admin face from a program, or from a page that the venue itself serves.',
  }),
  'venue.token-refused': entry<Record<string, never>>({
    exit: 'refused',
    says: () => 'the admin token is missing or wrong',
    remedy: 'Send the header "Authorization: Bearer" followed by the token that the venue showed when it started.',
  }),
  'venue.admin-malformed': entry<{ problems: readonly string[] }>({
    exit: 'usage',
    says: ({ problems }) => `the request is not as described: ${problems.join('; ')}`,
    remedy: 'Correct the fields named here; /_venue/openapi.json describes every request.',
  }),
  'venue.admin-path-unknown': entry<{ method: string; path: string }>({
    exit: 'usage',
    says: ({ method, path }) => `the admin face has no ${method} ${quoted(path)}`,
    remedy: '/_venue/openapi.json lists every path.',
  }),
  'venue.body-too-large': entry<{ limitBytes: number }>({
    exit: 'usage',
    says: ({ limitBytes }) => `the body is longer than ${limitBytes} bytes`,
    remedy: 'Send less in one request.',
  }),
  'venue.request-malformed': entry<{ reason: string }>({
    exit: 'usage',
    says: ({ reason }) => `this is not a request that the venue can read: ${reason}`,
    remedy: 'Send HTTP/1.1 with a path that begins with "/", and no more than 16 KB of headers.',
  }),
  'venue.key-malformed': entry<{ problem: string }>({
    exit: 'usage',
    says: ({ problem }) => `the key cannot be used: ${problem}`,
    remedy: 'Leave secret and publicKey out to have them made, or give a secret (HMAC) or a public key in PEM (RSA, Ed25519).',
  }),
  'venue.clock-step': entry<{ ms: number }>({
    exit: 'usage',
    says: ({ ms }) => `the clock cannot be advanced by ${ms} ms`,
    remedy: 'Give a whole number of milliseconds, 0 or more; a clock only moves forward.',
  }),
  'venue.clock-factor': entry<{ factor: number; fastest: number }>({
    exit: 'usage',
    says: ({ factor }) => `the clock cannot run ${factor} times as fast as the real one`,
    remedy: ({ fastest }) => `Give a number above 0 and up to ${fastest}.`,
  }),
  'venue.clock-instant': entry<{ instant: number }>({
    exit: 'usage',
    says: ({ instant }) => `${instant} is not an instant the clock can show`,
    remedy: 'Give whole epoch milliseconds UTC, from 1970 on and before the year 10000.',
  }),
  'venue.clock-too-far': entry<{ now: string; target: string; days: number }>({
    exit: 'usage',
    says: ({ now, target, days }) => `from ${now} to ${target} is more than ${days} days in one step`,
    remedy: 'Move the clock in several steps.',
  }),
  'venue.fault': entry<{ reason: string }>({
    exit: 'internal',
    says: ({ reason }) => `the venue failed (${reason})`,
    remedy: 'This is a fault of Overdraft. Please report it with the request that led to it.',
  }),
  'venue.answer-missing': entry<{ endpoint: string }>({
    exit: 'internal',
    says: ({ endpoint }) => `the venue has no answer for the endpoint ${endpoint}`,
    remedy: 'This is a fault of Overdraft. Please report it.',
  }),
  'venue.behaviour-unknown': entry<{ name: string; known: readonly string[] }>({
    exit: 'usage',
    says: ({ name }) => `the venue has no behaviour called ${quoted(name)}`,
    remedy: ({ known }) => `It has ${known.join(', ')}.`,
  }),
  'venue.behaviour-malformed': entry<{ name: string; value: unknown; choices: readonly string[] }>({
    exit: 'usage',
    says: ({ name, value }) => `the behaviour ${name} cannot be ${quoted(value)}`,
    remedy: ({ choices }) => `Choose ${choices.join(', ')}.`,
  }),
}
