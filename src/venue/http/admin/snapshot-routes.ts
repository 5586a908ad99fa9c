import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { AdminHost } from './admin-host.ts'
import { errorResponses, instantField, jsonBody, jsonReply } from './schemas.ts'

const nameField = z.string().min(1).max(64).openapi({ example: 'before-the-crash' })
const named = z.object({ name: nameField.openapi({ param: { name: 'name', in: 'path' } }) })

const snapshotReply = z
  .object({ name: nameField, at: instantField, journalLength: z.int().openapi({ description: 'How many entries its journal has.' }) })
  .openapi('Snapshot')

const restoredReply = z.object({ now: instantField, journalLength: z.int() }).openapi('Restored')

/** Keeping the venue as it is under a name, and going back to it. */
export function addSnapshotRoutes(app: OpenAPIHono, host: AdminHost): void {
  const list = createRoute({
    method: 'get',
    path: '/snapshots',
    summary: 'List the snapshots, oldest first',
    tags: ['Snapshots'],
    responses: { 200: jsonReply('The snapshots.', z.object({ snapshots: z.array(snapshotReply) })), ...errorResponses },
  })
  app.openapi(list, (context) => context.json({ snapshots: [...host.snapshots()] }, 200))

  const keep = createRoute({
    method: 'post',
    path: '/snapshots',
    summary: 'Keep the venue as it is under a name: accounts, keys, money, charges, journal and clock',
    tags: ['Snapshots'],
    request: { body: jsonBody(z.strictObject({ name: nameField }).openapi('NewSnapshot')) },
    responses: { 200: jsonReply('Kept; durably, when the venue has a directory.', snapshotReply), ...errorResponses },
  })
  app.openapi(keep, (context) => context.json(host.snapshot(context.req.valid('json').name), 200))

  const restore = createRoute({
    method: 'post',
    path: '/snapshots/{name}/restore',
    summary: 'Go back to a snapshot. What came after it is gone, from the journal too; snapshots stay.',
    tags: ['Snapshots'],
    request: { params: named },
    responses: { 200: jsonReply('Restored.', restoredReply), ...errorResponses },
  })
  app.openapi(restore, (context) => {
    host.restore(context.req.valid('param').name)
    return context.json({ now: host.clock.now(), journalLength: host.engine().sequence }, 200)
  })

  const drop = createRoute({
    method: 'delete',
    path: '/snapshots/{name}',
    summary: 'Drop a snapshot',
    tags: ['Snapshots'],
    request: { params: named },
    responses: { 200: jsonReply('Dropped.', z.object({ name: nameField })), ...errorResponses },
  })
  app.openapi(drop, (context) => {
    const { name } = context.req.valid('param')
    host.dropSnapshot(name)
    return context.json({ name }, 200)
  })
}
