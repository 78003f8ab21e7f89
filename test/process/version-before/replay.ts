// Sends what the version before sent, again, with rows of its own each time.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { createSealer } from '../../../src/db/seal/seal.ts';
import { encodeWebexId } from '../../../src/webex/ids.ts';
import { encryptionKey } from '../program.ts';
import { dumpedAt, moved, named, recordedName } from './world.ts';

/** One statement: which, and its values as text. */
export interface Recorded {
  s: number;
  v?: (string | null)[];
}

export interface Journey {
  name: string;
  units: Recorded[][];
}

const record = JSON.parse(readFileSync(join(import.meta.dirname, 'statements.json'), 'utf8')) as {
  statements: string[];
  /** By name: the how manyth transaction of which organization it was. */
  transactions: Record<string, { organization: string; nth: number }>;
  journeys: Journey[];
};

export const { journeys } = record;
export const sqlOf = ({ s }: Recorded): string => record.statements[s] ?? '';

const sealer = createSealer([{ id: 'test', key: encryptionKey }]);

export type Round = ReturnType<typeof createRound>;

/** The ids of one replay of all journeys. `world` is the simulated Webex that the database belongs to. */
export function createRound(world: ReadonlyMap<string, string>) {
  const byMs = Date.now() - dumpedAt.getTime();
  const known = new Map(world);
  const organizationName = `${recordedName}${randomBytes(4).toString('hex')}`;

  function valueNamed(name: string): string {
    const found = known.get(name);
    if (found !== undefined) return found;
    const made = make(name.slice(2, -2));
    known.set(name, made);
    return made;
  }

  function make(name: string): string {
    const [kind = '', ...rest] = name.split(':');
    if (kind === 'uuid') return randomUUID();
    if (kind === 'hash') return createHash('sha256').update(randomUUID()).digest('hex');
    if (kind === 'webex') {
      const [cluster = '', type = ''] = (rest[0] ?? '').split('/');
      return encodeWebexId({
        cluster,
        kind: type as 'ORGANIZATION',
        value: valueNamed(`{{${rest.slice(1).join(':')}}}`),
      });
    }
    if (kind === 'sealed') {
      const [table = '', column = ''] = (rest[0] ?? '').split('.');
      // The last part counts those of one place; before it stands the row's id, or the name of one.
      const row = rest.slice(1, -1);
      const id = row.length > 1 ? valueNamed(`{{${row.join(':')}}}`) : (row[0] ?? '');
      return sealer.seal('sealed by the version before', { table, column, id });
    }
    throw new Error(`nothing has made ${name} yet`);
  }

  return {
    valueNamed,
    has: (name: string) => known.has(name),
    knows: (name: string, value: string) => void known.set(name, value),
    /** What the organization of this replay is called. */
    organizationName,
    fill: (text: string) => moved(text, byMs).replace(named, valueNamed).replaceAll(recordedName, organizationName),
  };
}

export type Session = ReturnType<typeof openSession>;

/** A connection as the version before had it: one statement at a time, prepared where it stood outside a transaction. */
export function openSession(url: string) {
  const sql = postgres(url, {
    max: 1,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: 'the version before' },
  });
  // Every value goes to the server as the text that was recorded.
  Object.assign(
    sql.options.serializers,
    Object.fromEntries(
      [16, 20, 21, 23, 25, 114, 700, 701, 1082, 1114, 1184, 3802].map((type) => [type, (text: unknown) => text]),
    ),
  );
  let isIn = false;

  /** Finds the number that the database has given to the transaction of that name. */
  async function number(round: Round, name: string): Promise<void> {
    if (round.has(name)) return;
    const { organization, nth } = record.transactions[name] ?? { organization: '', nth: 1 };
    const id = organization.startsWith('{{') ? round.valueNamed(organization) : organization;
    const made = await sql`select id from transactions where organization_id = ${id} order by id`;
    // An organization of the dump has transactions of other replays, too.
    const its = organization.startsWith('{{') ? (made[nth - 1] ?? made.at(-1)) : made.at(-1);
    round.knows(name, String(its?.['id'] ?? /\d+/.exec(name)?.[0]));
  }

  return {
    async send(round: Round, recorded: Recorded): Promise<void> {
      const text = sqlOf(recorded);
      const names = JSON.stringify(recorded.v ?? []).match(/transactions:\d+/g) ?? [];
      for (const name of new Set(names)) await number(round, `{{${name}}}`);
      const values = (recorded.v ?? []).map((value) => (value === null ? null : round.fill(value)));
      await sql.unsafe(text, values, { prepare: !isIn && values.length > 0 });
      if (/^begin$/i.test(text)) isIn = true;
      if (/^(commit|rollback)$/i.test(text)) isIn = false;
    },
    /** Whether a statement of the database waits for a lock. */
    async isAnyoneWaiting(): Promise<boolean> {
      const waiting =
        await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return waiting.length > 0;
    },
    close: () => sql.end({ timeout: 5 }),
  };
}
