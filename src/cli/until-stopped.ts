/** Resolves when the user stops the command (Ctrl-C, SIGTERM): the ordinary end of what stays up. */
export function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
