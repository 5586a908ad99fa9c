import type { BookAccount } from '../book/record.ts'
import { originOf } from '../client/base-url.ts'
import { type BinanceClient, createBinanceClient } from '../client/binance-client.ts'
import { CallBudgets } from '../client/budget/call-budgets.ts'
import { PoolBudgets } from '../client/budget/pool-budgets.ts'
import { createWeightBudget, type WeightBudget } from '../client/budget/weight-budget.ts'
import type { ClientListener } from '../client/client-event.ts'
import { createOkxClient, type OkxClient } from '../client/okx-client.ts'
import { ServerTime } from '../client/server-time.ts'
import { fail } from '../errors/overdraft-error.ts'
import type { Clock } from '../time/clock.ts'
import type { StoredCredentials } from '../vault/credentials.ts'
import { apiBaseUrlOf } from './exchange-hosts.ts'

export type ExchangeClient = BinanceClient | OkxClient

/** Makes clients that may only read; those of one exchange host share what is counted by this machine's IP address. */
export class Clients {
  readonly #clock: Clock
  readonly #budgets = new Map<string, WeightBudget>()
  readonly #apiBudgets = new Map<string, PoolBudgets>()
  readonly #addressBudgets = new Map<string, CallBudgets>()
  readonly #serverTimes = new Map<string, ServerTime>()
  readonly #made: ExchangeClient[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** @throws `client.credentials-malformed`, `client.base-url`, `cli.option-malformed` */
  make(account: BookAccount, credentials: StoredCredentials, onEvent?: ClientListener): ExchangeClient {
    const serverTime = this.#serverTimeOf(account.baseUrl)
    const common = { baseUrl: account.baseUrl, clock: this.#clock, serverTime, ...(onEvent === undefined ? {} : { onEvent }) }
    if (credentials.exchange !== account.exchange) {
      const expected = `of ${account.exchange}; add it again with --replace`
      fail('cli.option-malformed', { option: `the key of ${account.label}`, value: credentials.exchange, expected })
    }
    if (credentials.exchange === 'binance') {
      const apiBaseUrl = apiBaseUrlOf(originOf(account.baseUrl))
      const client = createBinanceClient({
        ...common,
        credentials,
        apiBaseUrl,
        apiServerTime: this.#serverTimeOf(apiBaseUrl ?? account.baseUrl),
        budget: this.budgetOf(account.baseUrl),
        apiBudgets: this.#apiBudgetsOf(account.baseUrl),
      })
      this.#made.push(client)
      return client
    }
    const client = createOkxClient({ ...common, credentials, addressBudget: this.#addressBudgetOf(account.baseUrl) })
    this.#made.push(client)
    return client
  }

  async close(): Promise<void> {
    await Promise.all(this.#made.map((client) => client.close()))
  }

  /** The weight that the accounts of one exchange share: it counts by IP address, however its URL is written. */
  budgetOf(baseUrl: string): WeightBudget {
    return sharedOf(this.#budgets, baseUrl, () => createWeightBudget({ clock: this.#clock }))
  }

  #serverTimeOf(baseUrl: string): ServerTime {
    return sharedOf(this.#serverTimes, baseUrl, () => new ServerTime(this.#clock))
  }

  #apiBudgetsOf(baseUrl: string): PoolBudgets {
    return sharedOf(this.#apiBudgets, baseUrl, () => new PoolBudgets({ clock: this.#clock }))
  }

  #addressBudgetOf(baseUrl: string): CallBudgets {
    return sharedOf(this.#addressBudgets, baseUrl, () => new CallBudgets({ clock: this.#clock }))
  }
}

function sharedOf<Shared>(all: Map<string, Shared>, baseUrl: string, create: () => Shared): Shared {
  const origin = originOf(baseUrl)
  const shared = all.get(origin) ?? create()
  all.set(origin, shared)
  return shared
}
