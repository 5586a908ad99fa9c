import type { StatedKind } from './stated-kind.ts'

const altered = { exchange: 'both', outcome: 'altered', exclusive: false } as const
const share = { type: 'share', need: 'default', fallback: 0.5, note: 'how many of the rows, chosen by the seed' } as const

/** Rows and fields that are not shown as they are, and keys that are no longer taken for what they are. */
export const viewFaultKinds = {
  'rows-late': {
    ...altered,
    says: 'rows of a history are shown only some time after their instant',
    settings: {
      ms: { type: 'whole', minimum: 1, maximum: 31_536_000_000, need: 'mandatory', note: "how long after, by the venue's clock" },
    },
  },
  'rows-missing': {
    ...altered,
    says: 'some rows of a history are missing, always the same ones',
    settings: { share, until: { type: 'instant', need: 'optional', note: 'when they appear; never when left out' } },
  },
  'rows-torn': {
    ...altered,
    count: 1,
    says: 'the newest rows arrive only after the first call, between two pages of a walk',
    settings: { newest: { type: 'whole', minimum: 1, maximum: 1_000, need: 'default', fallback: 3, note: 'how many rows arrive' } },
  },
  'rows-twice': { ...altered, says: 'some rows of a history come twice, always the same ones', settings: { share } },
  'rows-out-of-order': { ...altered, says: 'the rows of a page are shuffled', settings: {} },
  'total-off': {
    ...altered,
    says: 'the `total` of a reply does not fit its rows',
    settings: {
      by: {
        type: 'whole',
        minimum: -1_000_000,
        maximum: 1_000_000,
        need: 'default',
        fallback: 1,
        note: 'how much is added; never below 0',
      },
    },
  },
  'fields-gone': {
    ...altered,
    says: 'fields are left out',
    settings: { fields: { type: 'texts', need: 'optional', note: 'which; all that the contract calls optional when left out' } },
  },
  'fields-added': {
    ...altered,
    says: 'every object has one more field',
    settings: {
      field: { type: 'text', need: 'default', fallback: 'addedField', note: 'its name' },
      value: { type: 'text', need: 'default', fallback: 'new', note: 'its value, a string' },
    },
  },
  'numbers-as-strings': { ...altered, says: 'JSON numbers come as strings of the same digits', settings: {} },
  'strings-as-numbers': {
    ...altered,
    says: 'decimals and instants that are strings come as JSON numbers of the same digits',
    settings: {},
  },
  'key-revoked': { ...altered, says: 'the key that signs is no longer known', settings: {} },
  'key-permission-taken': {
    ...altered,
    says: 'the key that signs lacks a permission',
    settings: {
      permission: { type: 'choice', choices: ['all', 'read', 'trade'], need: 'default', fallback: 'all', note: 'which is taken' },
    },
  },
  'key-ips-changed': {
    ...altered,
    says: 'the key that signs may be used from other addresses only',
    settings: { ips: { type: 'addresses', need: 'default', fallback: ['192.0.2.1'], note: 'from which alone it may' } },
  },
} as const satisfies Readonly<Record<string, StatedKind>>
