import { entry, quoted } from '../entry.ts'

/** What every refusal by an exchange carries: the exchange's own code and text, as they came. */
export interface Refusal {
  readonly exchange: string
  readonly endpoint: string
  readonly status: number
  readonly exchangeCode: string
  readonly exchangeText: string
}

const own = ({ exchange, exchangeCode, exchangeText, status }: Refusal) =>
  `${exchange} answered ${exchangeCode} ${quoted(exchangeText)} (HTTP ${status})`

/** Errors of the client: what an exchange refused, and what did not reach it. None of them carries a secret or a signed URL. */
export const clientErrors = {
  'client.base-url': entry<{ url: string; reason: string }>({
    exit: 'configuration',
    says: ({ url, reason }) => `${quoted(url)} cannot be the address of an exchange: ${reason}`,
    remedy: 'Give scheme, host and port only, such as https://papi.binance.com or, on this machine, http://127.0.0.1:8080.',
  }),
  'client.api-host-missing': entry<{ endpoint: string; origin: string }>({
    exit: 'configuration',
    says: ({ endpoint, origin }) => `${endpoint} is of Binance's api host, and this client only knows ${origin}`,
    remedy: 'Make the client with apiBaseUrl, such as https://api.binance.com.',
  }),
  'client.credentials-malformed': entry<{ field: string; reason: string }>({
    exit: 'configuration',
    says: ({ field, reason }) => `the ${field} ${reason}`,
    remedy: ({ field }) => `Copy the ${field} again from the exchange, without blanks or line breaks around it.`,
  }),
  'client.not-allowed': entry<{ endpoint: string }>({
    exit: 'usage',
    says: ({ endpoint }) => `${endpoint} changes the account, and this client may only read`,
    remedy: 'Make the client with mayChange: true if the account is meant to be changed.',
  }),
  'client.walk-stuck': entry<{ endpoint: string; pages: number; at: string; came: string }>({
    exit: 'incomplete',
    says: ({ endpoint, pages, at, came }) =>
      `${endpoint} does not come to an end: ${pages} pages one after the other told of one instant each, the last of ${at}` +
      (came === '' ? '' : `; its reply ${came}`),
    remedy: 'What came until then is kept. Try again later; if it stays so, the exchange does not page as it documents.',
  }),
  'client.refused': entry<Refusal>({
    exit: 'refused',
    says: (values) => `${values.endpoint} was refused: ${own(values)}`,
    remedy: 'Correct what the exchange names; the call was not carried out.',
  }),
  'client.wrong-secret': entry<Refusal>({
    exit: 'refused',
    says: (values) => `the API secret does not belong to this API key: ${own(values)}`,
    remedy:
      'Enter the secret again, of the same key and kind (HMAC, RSA or Ed25519); an exchange shows it only once, so make a new key if it is gone.',
  }),
  'client.wrong-passphrase': entry<Refusal>({
    exit: 'refused',
    says: (values) => `the passphrase does not belong to this API key: ${own(values)}`,
    remedy: 'Enter the passphrase that was chosen when the key was made; it is not the password of the account.',
  }),
  'client.unknown-key': entry<Refusal>({
    exit: 'refused',
    says: (values) => `the API key was not accepted: ${own(values)}`,
    remedy: ({ exchange }) =>
      exchange === 'binance'
        ? 'Check the key, that it was made after Portfolio Margin was activated, that it has the Portfolio Margin permission, and that its IP list has this machine.'
        : 'Check the key, and that the base URL is that of the region the account was opened in.',
  }),
  'client.ip-not-allowed': entry<Refusal>({
    exit: 'refused',
    says: (values) => `the API key may not be used from here: ${own(values)}`,
    remedy: "Add this machine's public IP address to the key's IP list.",
  }),
  'client.no-permission': entry<Refusal>({
    exit: 'refused',
    says: (values) => `the API key lacks the permission for ${values.endpoint}: ${own(values)}`,
    remedy: 'Give the key the permission on the exchange; reading is enough for everything but repaying.',
  }),
  'client.wrong-environment': entry<Refusal>({
    exit: 'refused',
    says: (values) => `the API key is of the other environment: ${own(values)}`,
    remedy: 'Use demo keys with simulated: true, and production keys without.',
  }),
  'client.clock-off': entry<Refusal & { offsetMs: number; uncertaintyMs: number }>({
    exit: 'refused',
    says: (values) =>
      `${values.endpoint} was refused for its time stamp, although the clock was corrected by ${values.offsetMs} ms ` +
      `(known to ${values.uncertaintyMs} ms): ${own(values)}`,
    remedy: 'Set the clock of this machine by a time server, and look for a slow proxy between it and the exchange.',
  }),
  'client.unreachable': entry<{ origin: string; reason: string }>({
    exit: 'unreachable',
    says: ({ origin, reason }) => `${origin} cannot be reached: ${reason}`,
    remedy: 'Check the base URL, the network, and that the exchange or venue is running.',
  }),
  'client.no-answer': entry<{ origin: string; endpoint: string; waitedMs: number }>({
    exit: 'unreachable',
    says: ({ origin, endpoint, waitedMs }) => `${origin} gave no answer to ${endpoint} within ${waitedMs} ms`,
    remedy: 'Try again later, or allow a longer timeoutMs.',
  }),
  'client.unavailable': entry<{ exchange: string; endpoint: string; status: number; text: string; attempts: number }>({
    exit: 'unreachable',
    says: ({ exchange, endpoint, status, text, attempts }) =>
      `${exchange} did not serve ${endpoint} in ${attempts} attempts; the last answer was HTTP ${status} ${quoted(text)}`,
    remedy: 'The exchange is overloaded or under maintenance: try again later.',
  }),
  'client.limited': entry<Refusal & { waitMs: number }>({
    exit: 'refused',
    says: (values) => `the rate limit stands in the way of ${values.endpoint} for another ${values.waitMs} ms: ${own(values)}`,
    remedy: 'Something else uses the same IP address or account: stop it, or try again later.',
  }),
  'client.banned': entry<{ exchange: string; until: string; exchangeText: string }>({
    exit: 'refused',
    says: ({ exchange, until, exchangeText }) => `${exchange} has banned this IP address until ${until}: ${quoted(exchangeText)}`,
    remedy: ({ until }) => `Send nothing from this address before ${until}: every call lengthens the ban. Stop whatever else uses it.`,
  }),
  'client.unreadable-reply': entry<{ endpoint: string; status: number; contentType: string; text: string }>({
    exit: 'unreachable',
    says: ({ endpoint, status, contentType, text }) =>
      `the answer to ${endpoint} is not the JSON of an exchange: HTTP ${status}, ${contentType === '' ? 'no content type' : contentType}, ${text === '' ? 'empty' : quoted(text)}`,
    remedy: 'Check that the base URL is that of the exchange and that no proxy or firewall answers in its place.',
  }),
  'client.outcome-unknown': entry<{ endpoint: string; reason: string }>({
    exit: 'incomplete',
    says: ({ endpoint, reason }) => `${endpoint} was sent once and may have been carried out, but its outcome is unknown: ${reason}`,
    remedy: 'Read the balance first; only then decide whether to send it again.',
  }),
  'client.queue-full': entry<{ waiting: number }>({
    exit: 'internal',
    says: ({ waiting }) => `${waiting} requests are already waiting for the rate limit`,
    remedy: 'Start fewer requests at once.',
  }),
  'client.cost-over-limit': entry<{ cost: number; limit: number }>({
    exit: 'internal',
    says: ({ cost, limit }) => `a request of cost ${cost} can never fit into a budget of ${limit}`,
    remedy: 'Make the budget with the limit of the exchange.',
  }),
  'client.closed': entry<{ origin: string }>({
    exit: 'usage',
    says: ({ origin }) => `the client of ${origin} is closed`,
    remedy: 'Make a new client.',
  }),
}
