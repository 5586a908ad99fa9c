/**
 * What a failed call means for its sender.
 * `refused`: certainly not executed, and the same call would be refused again.
 * `limited`: certainly not executed; wait for the budget (`Retry-After`) and send it again.
 * `banned`: certainly not executed; every call before the ban's end lengthens it.
 * `unavailable`: certainly not executed; back off and send it again.
 * `outcome-unknown`: it may have been executed; read the account back before anything that changes it is sent again.
 */
export type FailureKind = 'refused' | 'limited' | 'banned' | 'unavailable' | 'outcome-unknown'

/** Whether a call that failed so may be sent again, after waiting. An unclear outcome may not matter to a call that only reads. */
export function mayRepeat(failure: FailureKind, changesState: boolean): boolean {
  switch (failure) {
    case 'limited':
    case 'unavailable':
      return true
    case 'outcome-unknown':
      return !changesState
    case 'banned':
    case 'refused':
      return false
  }
}
