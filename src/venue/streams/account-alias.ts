const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const aliasLength = 4

/** The alias of an account in COIN-M events, four letters as in the document's `SfsR`, made from the number of its user. */
export function accountAlias(uid: number): string {
  let rest = uid
  let alias = ''
  for (let place = 0; place < aliasLength; place++) {
    alias += letters[rest % letters.length]
    rest = Math.floor(rest / letters.length)
  }
  return alias
}
