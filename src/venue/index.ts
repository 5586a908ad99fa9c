/** The public entry `overdraft/venue`: an exchange of your own, in-process or on a port. */
export { okxFreeQuotaDefaults } from '../rules/okx-free-quota.ts'
export type { AccountAccess, KeyAccess } from './account-access.ts'
export type { FaceBehaviour } from './behaviour.ts'
export type { Connection } from './connection.ts'
export { createVenue } from './create-venue.ts'
export type { ApiKey, ClockMode, Command, JournalEntry, KeyKind, Wallet } from './engine/command.ts'
export type { ChargeQuery, Engine, OkxBillQuery, OkxChargeQuery } from './engine/engine-interface.ts'
export type {
  AccountState,
  BinanceBalance,
  BinanceCharge,
  ExchangeRun,
  OkxAccountStatus,
  OkxBalance,
  OkxBill,
  OkxCharge,
} from './engine/record.ts'
export type { FaultState, GivenFault, VenueFaults } from './faults/fault-desk.ts'
export type { FaultKind } from './faults/kinds.ts'
export type { FaultInput, FaultRule, FaultScope, FaultTerms } from './faults/rule.ts'
export { listenVenue } from './http/listen.ts'
export type { Listening, ListenOptions } from './http/listening.ts'
export { okxBillsFile } from './http/okx/answers/bills-file.ts'
export { loadScenario, parseScenario, type Scenario } from './scenarios/scenario.ts'
export type { Snapshot } from './snapshot.ts'
export type { StreamEnd, StreamReader, StreamScope } from './streams/user-streams.ts'
export type { Venue } from './venue.ts'
export type { StartingMode, VenueClock } from './venue-clock.ts'
export type { EventStreamOptions, VenueEvent } from './venue-events.ts'
export type { ForkOptions, ScenarioChoice, VenueBehaviour, VenueOptions } from './venue-options.ts'
export type { AccountStanding, AccountTruth, AssetTruth, RateTruth, VenueTruth } from './venue-truth.ts'
export type { WrittenCommand } from './written-command.ts'
