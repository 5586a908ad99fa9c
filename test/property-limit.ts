import fc from 'fast-check'

/**
 * Ends the search for the smallest counterexample while somebody still waits for it, instead of going on beside the tests that
 * follow; what is found by then is printed with its seed.
 */
fc.configureGlobal({ interruptAfterTimeLimit: 80_000 })
