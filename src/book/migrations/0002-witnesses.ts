import { createAccountTable, createTable } from './column-types.ts'
import type { Migration } from './migration.ts'

/** Every other history of an account, findings, prices, facts, forecasts and leases. */
export const secondSchema: Migration = {
  number: 2,
  name: 'witnesses, findings and forecasts',
  async apply(db, engine) {
    await createAccountTable(
      db,
      engine,
      'margin_charges',
      { at: 'instant', tx_id: 'text', asset: 'text' },
      { raw_asset: 'text', type: 'text', principal: 'decimal', rate: 'decimal', interest: 'decimal', received_at: 'instant' },
    )
    await createAccountTable(
      db,
      engine,
      'movements',
      { at: 'instant', stream: 'text', id: 'text', asset: 'text' },
      {
        wallet: 'text',
        kind: 'text',
        amount: 'decimal',
        balance_after: 'decimal?',
        interest: 'decimal?',
        detail: 'text',
        received_at: 'instant',
      },
    )
    await createAccountTable(
      db,
      engine,
      'rates',
      { asset: 'text', at: 'instant', source: 'text' },
      { rate: 'decimal', per: 'text', vip_level: 'whole?', received_at: 'instant' },
    )
    await createTable(db, engine, 'prices', { asset: 'text', currency: 'text', at: 'instant', source: 'text' }, { price: 'decimal' })
    await createAccountTable(db, engine, 'facts', { name: 'text', at: 'instant' }, { value: 'text' })
    await createAccountTable(
      db,
      engine,
      'findings',
      { at: 'instant', digest: 'text' },
      { stream: 'text', kind: 'text', row_name: 'text', came: 'text', sentence: 'text', found_at: 'instant', request: 'text?' },
    )
    await createAccountTable(
      db,
      engine,
      'forecasts',
      { charge_at: 'instant', day: 'instant', asset: 'text', position: 'text' },
      { made_at: 'instant', low: 'decimal', amount: 'decimal', high: 'decimal' },
    )
    await createAccountTable(db, engine, 'leases', {}, { holder: 'text', until_at: 'instant' })
    for (const column of ['failures', 'next_attempt_at']) {
      await db.schema
        .alterTable('sync_states')
        .addColumn(column, engine === 'sqlite' ? 'integer' : 'bigint')
        .execute()
    }
    // Rows whose key begins with their asset, or that are asked for by it.
    for (const [table, columns] of [
      ['rates', ['account', 'at', 'asset', 'source']],
      ['balances', ['account', 'taken_at', 'asset']],
      ['movements', ['account', 'asset', 'at']],
    ] as const) {
      await db.schema
        .createIndex(`${table}_by_${columns[1]}`)
        .on(table)
        .columns([...columns])
        .execute()
    }
  },
}
