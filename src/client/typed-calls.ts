import type { ArgumentsFor, Endpoint, ReplyOf } from '../contracts/contract.ts'
import type { CallOptions } from './call-options.ts'
import type { Caller } from './caller.ts'

/** The function of one endpoint; its arguments may be left out where none is mandatory. */
export type Call<Stated> =
  Record<never, never> extends ArgumentsFor<Stated>
    ? (args?: ArgumentsFor<Stated>, options?: CallOptions) => Promise<ReplyOf<Stated>>
    : (args: ArgumentsFor<Stated>, options?: CallOptions) => Promise<ReplyOf<Stated>>

/** One function for each endpoint of a table, under the table's name for it. */
export type Calls<Table> = { readonly [Name in keyof Table]: Call<Table[Name]> }

/**
 * Makes the functions of a table of contracts.
 * @param callerOf who makes an endpoint's calls; what it throws the call rejects with
 */
export function typedCalls<Table extends Readonly<Record<string, Endpoint>>>(
  callerOf: (endpoint: Endpoint) => Caller,
  table: Table,
): Calls<Table> {
  const functions = Object.entries(table).map(([name, stated]) => {
    return [name, async (args: ArgumentsFor<Endpoint> = {}, options?: CallOptions) => callerOf(stated).call(stated, args, options)]
  })
  return Object.freeze(Object.fromEntries(functions)) as Calls<Table>
}
