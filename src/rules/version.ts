/**
 * Raised whenever the same commands would lead to other charges than before: a venue's history follows from its journal
 * and these rules, so that a journal written under other rules must not be replayed as if nothing had changed.
 */
export const rulesVersion = 2
