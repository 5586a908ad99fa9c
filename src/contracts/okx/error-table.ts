/**
 * OKX answers in two shapes: its gateway (who calls, how often) with `msg` first and no `data`, its business
 * services with the usual envelope (facts B2).
 */
export type OkxEnvelope = 'gateway' | 'business'

/** One code of OKX's list. `{param0}` in a text stands for a value. */
export interface OkxErrorLine {
  readonly code: string
  readonly envelope: OkxEnvelope
  /** Status and text of the document. */
  readonly documented: { readonly status: number; readonly text: string }
  /** Status and text seen on the wire, where they were seen; these are answered. */
  readonly seen?: { readonly status: number; readonly text: string }
}

function line(envelope: OkxEnvelope, code: string, status: number, text: string, seen?: readonly [number, string]): OkxErrorLine {
  const documented = Object.freeze({ status, text })
  if (seen === undefined) return Object.freeze({ code, envelope, documented })
  return Object.freeze({ code, envelope, documented, seen: Object.freeze({ status: seen[0], text: seen[1] }) })
}

const business = (code: string, status: number, text: string, seen?: readonly [number, string]) =>
  line('business', code, status, text, seen)
const gateway = (code: string, status: number, text: string, seen?: readonly [number, string]) => line('gateway', code, status, text, seen)

/** The general class. 50011 stands twice, as in the document. */
const generalErrors: readonly OkxErrorLine[] = [
  business('1', 200, 'Operation failed.'),
  business('2', 200, 'Bulk operation partially succeeded.'),
  business('50000', 400, 'Body for POST request cannot be empty.'),
  business('50001', 503, 'Service temporarily unavailable. Please try again later.'),
  business('50002', 400, 'JSON syntax error'),
  business(
    '50004',
    400,
    'API endpoint request timeout. (does not mean that the request was successful or failed, please check the request result).',
  ),
  business('50005', 410, 'API endpoint is inactive or unavailable.'),
  business('50006', 400, 'Invalid Content-Type. Please use "application/JSON".'),
  business('50007', 200, 'User blocked.'),
  business('50008', 200, "User doesn't exist."),
  business('50009', 200, 'Account is frozen due to stop-out.'),
  business('50010', 200, 'User ID cannot be empty.'),
  gateway('50011', 429, 'Too Many Requests', [429, 'Too Many Requests']),
  business('50011', 200, 'Rate limit reached. Please refer to API documentation and throttle requests accordingly.'),
  business('50012', 200, 'Account status invalid. Check account status'),
  gateway('50013', 429, 'Systems are busy. Please try again later.'),
  business('50014', 400, 'Parameter {param0} can not be empty.', [400, 'Parameter {param0} can not be empty.']),
  business('50015', 400, 'Either parameter {param0} or {param1} is required'),
  business('50016', 400, 'Parameter {param0} does not match parameter {param1}'),
  business('50024', 200, 'Parameter {param0} and {param1} can not exist at the same time.'),
  business('50025', 200, 'Parameter {param0} count exceeds the limit {param1}.'),
  business('50026', 500, 'System error. Try again later', [500, 'System error.']),
  business('50027', 200, 'This account is restricted from trading. Please contact customer support for assistance.'),
  business(
    '50029',
    200,
    'Your account has triggered OKX risk control and is temporarily restricted from conducting transactions. Please check your email registered with OKX for contact from our customer support team.',
  ),
  business('50030', 200, "You don't have permission to use this API endpoint"),
  business('50035', 403, 'This endpoint requires that APIKey must be bound to IP'),
  business('50038', 200, 'This feature is unavailable in demo trading'),
  business('50039', 200, 'Parameter "before" isn\'t supported for timestamp pagination'),
  business('50040', 200, 'Too frequent operations, please try again later'),
  business('50061', 200, "You've reached the maximum order rate limit for this account."),
  business('50064', 200, 'The borrowing system is unavailable. Try again later.'),
]

/** The API class: who calls. The wire leaves out quotes and full stops that the document prints. */
const apiErrors: readonly OkxErrorLine[] = [
  gateway('50100', 400, 'API frozen, please contact customer service.'),
  gateway('50101', 401, 'APIKey does not match current environment.', [401, 'APIKey does not match current environment.']),
  gateway('50102', 401, 'Timestamp request expired.', [401, 'Timestamp request expired']),
  gateway('50103', 401, 'Request header "OK-ACCESS-KEY" cannot be empty.', [401, 'Request header OK-ACCESS-KEY can not be empty.']),
  // The pattern of 50103, which was seen, is taken for 50104, 50106 and 50107 too.
  gateway('50104', 401, 'Request header "OK-ACCESS-PASSPHRASE" cannot be empty.', [
    401,
    'Request header OK-ACCESS-PASSPHRASE can not be empty.',
  ]),
  gateway('50105', 401, 'Request header "OK-ACCESS-PASSPHRASE" incorrect.', [401, 'Request header OK-ACCESS-PASSPHRASE incorrect.']),
  gateway('50106', 401, 'Request header "OK-ACCESS-SIGN" cannot be empty.', [401, 'Request header OK-ACCESS-SIGN can not be empty.']),
  gateway('50107', 401, 'Request header "OK-ACCESS-TIMESTAMP" cannot be empty.', [
    401,
    'Request header OK-ACCESS-TIMESTAMP can not be empty.',
  ]),
  gateway('50108', 401, 'Exchange ID does not exist.'),
  gateway('50109', 401, 'Exchange domain does not exist.'),
  gateway('50110', 401, "Your IP {param0} is not included in your API key's IP whitelist.", [
    401,
    "Your IP {param0} is not included in your API key's {param1} IP whitelist.",
  ]),
  gateway('50111', 401, 'Invalid OK-ACCESS-KEY.', [401, 'Invalid OK-ACCESS-KEY']),
  gateway('50112', 401, 'Invalid OK-ACCESS-TIMESTAMP.', [401, 'Invalid OK-ACCESS-TIMESTAMP']),
  gateway('50113', 401, 'Invalid signature.', [401, 'Invalid Sign']),
  gateway('50114', 401, 'Invalid authorization.'),
  gateway('50115', 405, 'Invalid request method.'),
  gateway('50119', 200, "API key doesn't exist", [401, "API key doesn't exist"]),
  business('50120', 200, "This API key doesn't have permission to use this function"),
  business('50121', 200, "You can't access our services through the IP address ({param0})"),
]

/** Of the trade class, what borrowing and histories can meet. */
const tradeErrors: readonly OkxErrorLine[] = [
  business('51000', 400, 'Parameter {param0} error', [400, 'Parameter {param0} error']),
  business('51001', 200, "Instrument ID doesn't exist.", [200, "Instrument ID doesn't exist."]),
  business('51008', 200, 'Order failed. Insufficient {param0} balance in account.'),
  business('51010', 200, 'Request unsupported under current account mode'),
  business('51017', 200, 'Loan amount exceeds borrowing limit.'),
]

/** Every code of facts B2, in the document's order. */
export const okxErrorTable: readonly OkxErrorLine[] = Object.freeze([...generalErrors, ...apiErrors, ...tradeErrors])
