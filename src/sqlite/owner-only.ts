import { closeSync, openSync } from 'node:fs'

const ownerOnlyMode = 0o600

/**
 * Makes the file where it is not there yet, before SQLite makes it and the files beside it: what it will hold is then
 * never readable by others, not even at first.
 */
export function createOwnerOnly(path: string): void {
  closeSync(openSync(path, 'a', ownerOnlyMode))
}
