import { createAccountTable } from './column-types.ts'
import type { Migration } from './migration.ts'

/** Accounts, the streams with their rollups and series, balances, coverage and sync states. */
export const firstSchema: Migration = {
  number: 1,
  name: 'first schema',
  async apply(db, engine) {
    await createAccountTable(db, engine, 'accounts', {}, { exchange: 'text', base_url: 'text', added_at: 'instant', may_repay: 'whole' })
    await createAccountTable(
      db,
      engine,
      'charges',
      // Time first: reports read spans of time, and pages of an exchange come in its order.
      { at: 'instant', asset: 'text', inst_id: 'text', margin_mode: 'text', loan_type: 'text' },
      {
        principal: 'decimal',
        rate: 'decimal',
        interest: 'decimal',
        total_liability: 'decimal?',
        free_liability: 'decimal?',
        extra: 'text?',
        received_at: 'instant',
      },
    )
    await createAccountTable(
      db,
      engine,
      'charge_series',
      { asset: 'text', inst_id: 'text', margin_mode: 'text', loan_type: 'text' },
      { first_at: 'instant', last_at: 'instant' },
    )
    await createAccountTable(db, engine, 'interest_days', { asset: 'text', day: 'whole' }, { charges: 'whole', interest: 'decimal' })
    await createAccountTable(db, engine, 'exchange_runs', { started_at: 'instant' }, { ended_at: 'instant', received_at: 'instant' })
    await createAccountTable(
      db,
      engine,
      'exchange_run_details',
      { started_at: 'instant', position: 'whole' },
      { asset: 'text', negative_balance: 'decimal', maximum_threshold: 'decimal' },
    )
    await createAccountTable(
      db,
      engine,
      'balances',
      { asset: 'text', taken_at: 'instant' },
      { total: 'decimal', owed: 'decimal', free: 'decimal', um: 'decimal', cm: 'decimal', interest: 'decimal', updated_at: 'instant' },
    )
    await createAccountTable(db, engine, 'balance_series', { asset: 'text' }, { last_at: 'instant' })
    await createAccountTable(
      db,
      engine,
      'coverage',
      { stream: 'text', from_at: 'instant', to_at: 'instant', proven_at: 'instant' },
      { proven_by: 'text' },
    )
    await createAccountTable(db, engine, 'proven', { stream: 'text', from_at: 'instant' }, { to_at: 'instant' })
    await createAccountTable(db, engine, 'sync_states', {}, { last_success_at: 'instant?', last_error_at: 'instant?', last_error: 'text?' })
  },
}
