// Writes the next rows of an import in one database transaction: records, labels, audit entries, and what became of each row.

import { appendAudits } from '../audit/append-audit.ts';
import { type AuditInput, changedFields } from '../audit/audit-entry.ts';
import { placeLeft } from '../audit/left-places.ts';
import { holdTree } from '../customers/tree.store.ts';
import type { Db } from '../db/database.ts';
import type { Scope } from '../db/scope.ts';
import type { Sealer } from '../db/seal/seal.ts';
import { importedProxyPlace, proxyPlace } from '../db/seal/sealed-places.ts';
import type { Clock } from '../lib/clock.ts';
import { holdsOthers } from '../organizations/holds-others.ts';
import { labelsOfMany } from '../organizations/labels/label.store.ts';
import {
  insertOrganizations,
  lockOrganizations,
  type Organization,
  updateOrganization,
} from '../organizations/organization.store.ts';
import type { SecretName } from '../organizations/organization-fields.ts';
import type { RecordHooks } from '../organizations/record-hooks.ts';
import { lockOpen } from '../transactions/transaction.store.ts';
import { type ImportRow, lockUnwritten, saveOutcomes } from './import.store.ts';
import type { RowOutcome, RowValues } from './import-rules.ts';
import { type PlaceRowsDeps, placeRows } from './place-rows.ts';
import { lockCustomersInScope } from './placed-organizations.store.ts';

export interface WriteBatchDeps extends PlaceRowsDeps {
  db: Db;
  sealer: Sealer;
  clock: Clock;
  recordHooks: readonly RecordHooks<never>[];
}

export interface Batch {
  importId: string;
  transactionId: number;
  /** What whoever confirmed may change now. */
  scope: Scope;
  by: { personId: string; email: string };
  /** The space that is notified of the new organizations, and of those that move out of reach of theirs. */
  roomId: string;
  limit: number;
}

type Row = ImportRow & { values: RowValues; organizationId: string };

/**
 * Gives how many rows have an outcome now; 0 where none is left, or the transaction has ended or is to be canceled. What was changed since the check is
 * left alone, and the row says so.
 */
export async function writeBatch(deps: WriteBatchDeps, batch: Batch): Promise<number> {
  return deps.db.transaction(async (tx) => {
    await holdTree(tx);
    const open = await lockOpen(tx, batch.transactionId);
    if (!open || open.cancelRequestedAt !== null) return 0;
    const { importId, limit, scope, by, roomId } = batch;
    const moved: string[] = [];
    const locked = (await lockUnwritten(tx, { importId, limit })) as Row[];
    const allowed = await lockCustomersInScope(tx, { scope, ids: locked.map(({ values }) => values.customerId) });
    const mine = locked.filter(({ values }) => allowed.has(values.customerId));
    const outcomes = new Map<number, RowOutcome>(locked.map(({ number }) => [number, 'not_allowed']));
    const entries = [
      ...(await create(
        deps,
        tx,
        batch,
        mine.filter(({ verdict }) => verdict === 'new'),
        { outcomes, names: allowed },
      )),
      ...(await update(
        deps,
        tx,
        batch,
        mine.filter(({ verdict }) => verdict === 'changed'),
        { outcomes, moved, names: allowed },
      )),
    ];
    const written = mine.filter(({ number }) => isWritten(outcomes.get(number)));
    await placeRows(deps, tx, { by, roomId, written, moved, now: deps.clock.now() });
    for (const outcome of new Set(outcomes.values())) {
      const numbers = locked.map(({ number }) => number).filter((number) => outcomes.get(number) === outcome);
      await saveOutcomes(tx, { importId, numbers, outcome });
    }
    await appendAudits(tx, entries);
    return locked.length;
  });
}

const isWritten = (outcome: RowOutcome | undefined) => outcome === 'created' || outcome === 'updated';

async function create(
  deps: WriteBatchDeps,
  tx: Db,
  { by, roomId }: Batch,
  rows: readonly Row[],
  { outcomes, names }: Omit<Noted, 'moved'>,
): Promise<AuditInput[]> {
  const now = deps.clock.now();
  const inserted = await insertOrganizations(
    tx,
    // In one order, so that two imports that add the same organizations never wait for each other in a circle.
    rows.toSorted(byNumber).map((row) => ({
      ...fieldsOf(row.values),
      customerId: row.values.customerId,
      ...proxiesOf(deps.sealer, row),
      id: row.organizationId,
      roomId,
      createdBy: by.email,
      createdAt: now,
      updatedAt: now,
    })),
  );
  for (const row of rows) outcomes.set(row.number, inserted.has(row.organizationId) ? 'created' : 'taken');
  return rows
    .filter(({ organizationId }) => inserted.has(organizationId))
    .map((row) => ({
      act: 'organization.added',
      by,
      roomId,
      organizationId: row.organizationId,
      organizationName: row.values.name,
      customerId: row.values.customerId,
      after: {
        ...fieldsOf(row.values),
        customer: names.get(row.values.customerId),
        ...(row.values.labels?.length ? { labels: row.values.labels.join(' ') } : {}),
        ...secretWords(row),
      },
      now,
    }));
}

interface Noted {
  readonly outcomes: Map<number, RowOutcome>;
  /** Is filled with those that stand at another node now. */
  readonly moved: string[];
  /** Of the nodes at which the rows place their organizations, by id. */
  readonly names: ReadonlyMap<string, string>;
}

async function update(
  deps: WriteBatchDeps,
  tx: Db,
  { by, roomId, scope }: Batch,
  rows: readonly Row[],
  { outcomes, moved, names }: Noted,
): Promise<AuditInput[]> {
  const now = deps.clock.now();
  const records = await lockOrganizations(
    tx,
    rows.map(({ organizationId }) => organizationId),
  );
  // Behind the locks: nobody gives or takes a label of them any more.
  const carried = await labelsOfMany(tx, [...records.keys()]);
  const places = await lockCustomersInScope(tx, {
    scope,
    ids: [...records.values()].map(({ customerId }) => customerId),
  });
  const entries: AuditInput[] = [];
  for (const row of rows) {
    const record = records.get(row.organizationId);
    const outcome = judge(row, record, { places, labels: carried.get(row.organizationId) ?? [] });
    outcomes.set(row.number, outcome);
    if (outcome !== 'updated' || record === undefined) continue;
    const { account_number: _spelling, ...fields } = fieldsOf(row.values);
    const { customerId, labels } = row.values;
    const proxies = proxiesOf(deps.sealer, row);
    await updateOrganization(tx, record.id, {
      ...fields,
      ...proxies,
      customerId,
      updatedAt: new Date(Math.max(now.getTime(), record.updatedAt.getTime() + 1)),
    });
    const isMoved = customerId !== record.customerId;
    if (isMoved) moved.push(record.id);
    for (const { edited } of deps.recordHooks) await edited?.(tx, record.id, now);
    const { before, after } = changedFields(
      { ...record, labels: (carried.get(record.id) ?? []).join(' ') },
      { ...fields, ...(labels && { labels: labels.toSorted().join(' ') }), ...proxies },
      { secrets: ['http_proxy', 'https_proxy'] },
    );
    entries.push({
      act: 'organization.edited',
      by,
      roomId,
      organizationId: record.id,
      organizationName: fields.name,
      customerId,
      before: {
        ...before,
        ...(isMoved && placeLeft('customer', { id: record.customerId, name: places.get(record.customerId) })),
      },
      after: { ...after, ...(isMoved && { customer: names.get(customerId) }) },
      now,
    });
  }
  return entries;
}

const byNumber = (one: Row, other: Row): number =>
  one.values.account_number_external < other.values.account_number_external ? -1 : 1;

function judge(
  row: Row,
  record: Organization | undefined,
  { places, labels }: { places: ReadonlyMap<string, string>; labels: readonly string[] },
): RowOutcome {
  if (record === undefined) return 'gone';
  if (!places.has(record.customerId)) return 'not_allowed';
  const { labelsBefore, customerId } = row.values;
  if (customerId !== record.customerId && holdsOthers(record)) return 'conflict';
  if (labelsBefore && labelsBefore.toSorted().join() !== labels.toSorted().join()) return 'conflict';
  return record.updatedAt.getTime() === row.expectedVersion?.getTime() ? 'updated' : 'conflict';
}

/** The fields of the record, without the node at which it stands. */
function fieldsOf({
  kept: _kept,
  changed: _changed,
  labels: _labels,
  labelsBefore: _before,
  customerId: _node,
  ...fields
}: RowValues) {
  return fields;
}

const secrets: readonly SecretName[] = ['http_proxy', 'https_proxy'];

/** Sealed for the record; those that stay as they are stored are left out. */
function proxiesOf(sealer: Sealer, row: Row): Partial<Record<SecretName, string | null>> {
  return Object.fromEntries(
    secrets
      .filter((name) => !row.values.kept.includes(name))
      .map((name) => {
        const value = row[name];
        const open = value === null ? null : sealer.open(value, importedProxyPlace(name, row.id));
        return [name, open === null ? null : sealer.seal(open, proxyPlace(name, row.organizationId))];
      }),
  );
}

const secretWords = (row: Row) =>
  Object.fromEntries(secrets.filter((name) => row[name] !== null).map((name) => [name, 'changed']));
