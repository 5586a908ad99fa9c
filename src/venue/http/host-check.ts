const loopbackHostRe = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i

/**
 * Whether a Host header names this machine. Any other name is refused: a web page that points a name of its own at
 * 127.0.0.1 could otherwise read what the venue answers.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && loopbackHostRe.test(host)
}
