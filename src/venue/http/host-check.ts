const loopbackHostRe = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i

/**
 * Whether a Host header names this machine. Any other name is refused: a web page that points a name of its own at
 * 127.0.0.1 could otherwise read what the venue answers.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && loopbackHostRe.test(host)
}

/** Whether a web page that asks `host` was served by it. Denied always when there is no host to compare with. */
export function isOwnOrigin(origin: string, host: string | undefined): boolean {
  return host !== undefined && origin.toLowerCase() === `http://${host.toLowerCase()}`
}
