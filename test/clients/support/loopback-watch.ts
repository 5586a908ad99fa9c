import { createHook } from 'node:async_hooks'

/** What this process has tried to reach since the watch began. */
export interface LoopbackWatch {
  /** Addresses it tried to connect to. */
  addresses(): readonly string[]
  /** Names it asked the resolver for. */
  names(): readonly string[]
  /** Everything of the two that is not this machine. */
  outside(): readonly string[]
  stop(): void
}

const loopbackRe = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+|localhost)$/

/** Whether an address or name is this machine itself. */
export function isLoopback(target: string): boolean {
  return loopbackRe.test(target)
}

/**
 * Watches, without standing in the way of anything, whom the process tries to reach: every TCP connection (plain or
 * TLS) and every name lookup passes one of these three handles, whichever HTTP library a client brings.
 */
export function watchLoopback(): LoopbackWatch {
  const connects: { address?: unknown }[] = []
  const lookups: { hostname?: unknown }[] = []
  const hook = createHook({
    init(_asyncId, type, _triggerAsyncId, resource) {
      // Address and name are set on the handle only after this call, so they are read when asked for.
      if (type === 'TCPCONNECTWRAP') connects.push(resource)
      if (type === 'GETADDRINFOREQWRAP' || type === 'QUERYWRAP') lookups.push(resource)
    },
  }).enable()
  const addresses = () => connects.map((handle) => String(handle.address))
  const names = () => lookups.map((handle) => String(handle.hostname))
  return {
    addresses,
    names,
    outside: () => [...addresses(), ...names()].filter((target) => !isLoopback(target)),
    stop: () => {
      hook.disable()
    },
  }
}
