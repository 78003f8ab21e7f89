// Says of the rows of an import what each would do: all that is wrong with it, or how it differs from the record that is there.

import { randomUUID } from 'node:crypto';
import type { Db } from '../db/database.ts';
import { isInScope, type Scope } from '../db/scope.ts';
import type { Sealer } from '../db/seal/seal.ts';
import { importedProxyPlace } from '../db/seal/sealed-places.ts';
import type { Clock } from '../lib/clock.ts';
import { shorten } from '../lib/text.ts';
import { changesOfRecord } from '../organizations/changes-of-record.ts';
import { checkOrganization, type OrganizationValues } from '../organizations/check-organization.ts';
import { holdsOthers } from '../organizations/holds-others.ts';
import { labelsOfMany } from '../organizations/labels/label.store.ts';
import { ORGANIZATION_FIELDS, type SecretName } from '../organizations/organization-fields.ts';
import type { RecordHooks } from '../organizations/record-hooks.ts';
import { parseOrganizationNumber } from '../webex/ids.ts';
import type { Columns } from './columns.ts';
import type { CsvRow } from './csv-rows.ts';
import type { CustomerPaths } from './customer-paths.ts';
import { rowsOfUuids } from './import.store.ts';
import type { Verdict } from './import-rules.ts';
import { lackingOfRow } from './lacking-scopes.ts';
import { type PlacedOrganization, placedOrganizations } from './placed-organizations.store.ts';
import { type ReadCells, type RowProblem, readCells } from './read-cells.ts';
import type { importRows } from './transfer.schema.ts';

/** What an import is judged by. */
export interface Judging {
  importId: string;
  columns: Columns;
  /** What whoever sent the file may change in this space. */
  scope: Scope;
  paths: CustomerPaths;
  /** The node at which the space stands, for new organizations whose row names none; undefined where the person may not add any there. */
  customerId: string | undefined;
}

export interface JudgeDeps {
  db: Db;
  sealer: Sealer;
  clock: Clock;
  recordHooks: readonly Pick<RecordHooks<never>, 'lacksFor'>[];
}

export type JudgedRow = typeof importRows.$inferInsert;

/** The verdicts of the next rows of a file; all rows before must be saved already, since a number may stand in a file once. */
export async function judgeRows(
  { db, sealer, clock, recordHooks }: JudgeDeps,
  judging: Judging,
  rows: readonly CsvRow[],
): Promise<JudgedRow[]> {
  const read = rows.map(({ number, cells }) => readRow(judging.columns, number, cells));
  const uuids = [...new Set(read.flatMap(({ uuid }) => (uuid === undefined ? [] : [uuid])))];
  const before = new Map(await rowsOfUuids(db, { importId: judging.importId, uuids }));
  const known = new Map(
    (await placedOrganizations(db, uuids)).map((one) => [one.organization.account_number_external, one]),
  );
  const labels = await labelsOfMany(
    db,
    [...known.values()].map(({ organization }) => organization.id),
  );
  const judged = read.map((row) => {
    const first = row.uuid === undefined ? undefined : before.get(row.uuid);
    if (row.uuid !== undefined && first === undefined) before.set(row.uuid, row.number);
    const placed = row.uuid === undefined ? undefined : known.get(row.uuid);
    const carried = placed === undefined ? [] : (labels.get(placed.organization.id) ?? []);
    return judge(sealer, judging, { row, first, placed, carried });
  });
  const now = clock.now();
  for (const { webexUuid, values, changes } of judged) {
    const record = known.get(webexUuid ?? '')?.organization;
    if (record && values && changes) changes.push(...(await lackingOfRow(db, recordHooks, { record, values, now })));
  }
  return judged;
}

interface ReadRow extends ReadCells {
  number: number;
  name: string;
  /** As it was typed: the number that Control Hub shows or, where a file has no other, the internal one. */
  typedNumber: string;
  uuid: string | undefined;
}

function readRow(columns: Columns, number: number, cells: readonly string[]): ReadRow {
  const read = readCells(columns, cells);
  const external = read.given.account_number_external ?? '';
  const typedNumber = external.trim() === '' ? read.accountNumber : external;
  const parsed = parseOrganizationNumber(typedNumber);
  const uuid = 'problem' in parsed ? undefined : parsed.uuid;
  const problems = [...read.problems, ...numbersDisagree(read.accountNumber, uuid)];
  return { ...read, number, typedNumber, uuid, name: read.given.name ?? '', problems };
}

function numbersDisagree(internal: string, uuid: string | undefined): RowProblem[] {
  if (internal === '' || uuid === undefined) return [];
  const parsed = parseOrganizationNumber(internal);
  if (!('problem' in parsed) && parsed.uuid === uuid) return [];
  const message =
    'account_number is the number of another organization than account_number_external: correct one, or empty account_number.';
  return [{ field: 'account_number', message }];
}

const shownMaxCharacters = 200;

function judge(
  sealer: Sealer,
  { importId, scope, paths, customerId }: Judging,
  {
    row,
    first,
    placed,
    carried,
  }: {
    row: ReadRow;
    first: number | undefined;
    placed: PlacedOrganization | undefined;
    carried: readonly string[];
  },
): JudgedRow {
  const isMine = placed !== undefined && isInScope(scope, placed.path);
  const record = isMine ? placed.organization : undefined;
  const customer = row.customer === '' ? undefined : paths.find(row.customer);
  const checked = checkOrganization({
    ...(record && typedValues(record)),
    ...row.given,
    account_number_external: row.typedNumber,
  });
  const place = typeof customer === 'object' ? customer.id : (record?.customerId ?? customerId);
  const problems = [
    ...row.problems,
    ...('problems' in checked ? checked.problems : []),
    ...customerProblems(row.customer, customer),
    ...(record && place !== record.customerId && holdsOthers(record) ? [mustStay] : []),
    ...(first === undefined ? [] : [alreadyInRow(first)]),
    ...(placed !== undefined && !isMine ? [notHere] : []),
    ...(isMine && placed.isDeleted ? [beingDeleted] : []),
    ...(record === undefined ? row.kept.map(nothingKept) : []),
    ...(place === undefined && row.customer === '' ? [placeMissing] : []),
  ];
  const base = {
    id: randomUUID(),
    importId,
    number: row.number,
    name: shorten(row.name, shownMaxCharacters),
    accountNumber: shorten(row.typedNumber, shownMaxCharacters),
    webexUuid: row.uuid ?? null,
  };
  if (problems.length > 0 || 'problems' in checked || place === undefined)
    return { ...base, verdict: 'wrong', problems };

  const { values } = checked;
  const secrets: SecretName[] = ['http_proxy', 'https_proxy'];
  const kept = record === undefined ? [] : secrets.filter((name) => row.given[name] === undefined);
  const changes =
    record === undefined
      ? []
      : [
          ...changesOfRecord(sealer, record, { values, kept }),
          ...(place === record.customerId
            ? []
            : [{ field: 'customer', from: paths.pathOf(record.customerId), to: paths.pathOf(place) }]),
          ...labelsChange(carried, row.labels),
        ];
  const verdict: Verdict = record === undefined ? 'new' : changes.length > 0 ? 'changed' : 'same';
  const organizationId = record?.id ?? randomUUID();
  if (verdict === 'same') return { ...base, verdict, organizationId };
  const { http_proxy: _http, https_proxy: _https, ...open } = values;
  const sealed = (column: SecretName) => {
    const value = values[column];
    return value === null || kept.includes(column) ? null : sealer.seal(value, importedProxyPlace(column, base.id));
  };
  return {
    ...base,
    verdict,
    organizationId,
    expectedVersion: record?.updatedAt ?? null,
    values: {
      ...open,
      customerId: place,
      ...(row.labels && { labels: row.labels, labelsBefore: carried }),
      kept,
      changed: changes.map(({ field }) => field),
    },
    http_proxy: sealed('http_proxy'),
    https_proxy: sealed('https_proxy'),
    changes,
  };
}

/** The difference in labels, in words; none where the file does not say which ones it is to carry. */
function labelsChange(from: readonly string[], to: readonly string[] | undefined) {
  const [before, after] = [from, to ?? from].map((labels) => labels.toSorted().join(' '));
  return before === after ? [] : [{ field: 'labels', from: before || 'none', to: after || 'none' }];
}

/** A record's values as a form would hold them, secrets apart: what a file does not say stays as it is. */
function typedValues(record: Omit<OrganizationValues, 'account_number'>): Record<string, string> {
  return Object.fromEntries(
    ORGANIZATION_FIELDS.filter(({ kind }) => kind !== 'secret').map(({ name }) => [name, String(record[name] ?? '')]),
  );
}

function customerProblems(typed: string, found: ReturnType<CustomerPaths['find']> | undefined): RowProblem[] {
  if (found === undefined || typeof found === 'object') return [];
  const named = `“${shorten(typed, 80)}”`;
  const message =
    found === 'ambiguous'
      ? `Several customers are called ${named}: write the names from the top down, such as Reseller / Customer.`
      : `There is no customer ${named} here: type customers to see those that there are, or leave the cell empty.`;
  return [{ field: 'customer', message }];
}

const mustStay: RowProblem = {
  field: 'customer',
  message: 'Its grant holds other organizations, so it stays where it stands: leave the cell empty.',
};

const alreadyInRow = (number: number): RowProblem => ({
  field: 'account_number_external',
  message: `Row ${number} has the same number: keep one of the two rows.`,
});

/** Of an organization of another branch: nobody learns here that it exists. */
const beingDeleted: RowProblem = {
  field: 'account_number_external',
  message: 'This organization is being deleted. Type undo with its name to bring it back, and import the row again.',
};

const notHere: RowProblem = {
  field: 'account_number_external',
  message: 'This number cannot be used here: check it, or ask an administrator of your provider.',
};

const placeMissing: RowProblem = {
  field: 'customer',
  message: 'Name the customer that it belongs to: your rights do not reach the customer of this space.',
};

const nothingKept = (field: SecretName): RowProblem => ({
  field,
  message: 'This organization is new here and has no stored proxy to keep: type the proxy, or empty the cell.',
});
