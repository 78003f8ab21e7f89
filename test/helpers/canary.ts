// Finds secrets where they do not belong: in logs, pages, messages, cards and tables, in every form in which a program may carry a text along.
import { sql } from 'drizzle-orm';
import { type Db, rows } from '../../src/db/database.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';

export interface Secret {
  /** What it is, for whoever reads of a leak. */
  name: string;
  value: string;
  /** The only places where it may stand. */
  belongs?: RegExp;
}

/** Something that was written or shown, and where. */
export interface Place {
  where: string;
  text: string;
}

/** Each secret in each place where it stands and does not belong, as "what in which form: where". Never the secret itself. */
export function leaksIn(places: readonly Place[], secrets: readonly Secret[]): string[] {
  return secrets.flatMap(({ name, value, belongs }) =>
    Object.entries(formsOf(value)).flatMap(([form, written]) =>
      places
        .filter(({ where, text }) => !belongs?.test(where) && written.some((one) => text.includes(one)))
        .map(({ where }) => `${name}, ${form}: ${where}`),
    ),
  );
}

/** A text as programs write it; a form that is the text itself is left out. */
function formsOf(value: string): Record<string, string[]> {
  if (value.length < 8) throw new Error('a secret this short would be found everywhere');
  const inside = JSON.stringify(value).slice(1, -1);
  const forms = {
    plain: [value],
    'URL-encoded': [encodeURIComponent(value), new URLSearchParams({ value }).toString().slice('value='.length)],
    'JSON-escaped': [inside, JSON.stringify(inside).slice(1, -1), inside.replaceAll('/', '\\/')],
    'HTML-escaped': [value.replaceAll('&', '&amp;').replaceAll('=', '&#x3D;').replaceAll('"', '&quot;')],
    'Markdown-escaped': [value.replaceAll(/[_*\\~-]/g, '\\$&'), value.replaceAll('_', '\\_')],
    base64: [0, 1, 2].flatMap((shift) => base64Inside(value, shift)),
    hexadecimal: [Buffer.from(value).toString('hex')],
  };
  const { plain, ...others } = forms;
  const different = Object.entries(others).map(([form, all]) => [form, all.filter((one) => one !== value)]);
  return { plain, ...Object.fromEntries(different) };
}

/** What base64, of both alphabets, shows of a text that begins `shift` bytes into a group of three, whatever stands around it. */
function base64Inside(value: string, shift: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]);
  const first = Math.ceil((shift * 8) / 6);
  const last = Math.floor((bytes.length * 8) / 6);
  return [bytes.toString('base64').slice(first, last), bytes.toString('base64url').slice(first, last)];
}

/** All that the simulator has given out: tokens, codes, the integration's secret. */
export async function secretsOf(simulator: Simulator): Promise<Secret[]> {
  const { items } = (await ask(`${simulator.url}/simulator/api/secrets`)) as { items: string[] };
  return items.map((value, index) => ({ name: `secret ${index} of the simulator`, value }));
}

/** Every message that anybody can read now, cards and all. */
export async function messagesOf(simulator: Simulator): Promise<Place[]> {
  const places = new Map<string, Place>();
  for (const { token } of simulator.people) {
    // Whoever was deleted reads nothing any more; the others of the space do.
    const who = await fetch(`${simulator.apiUrl}/people/me`, { headers: { authorization: `Bearer ${token}` } });
    if (who.status === 401) continue;
    const read = async (path: string) =>
      ((await ask(`${simulator.apiUrl}${path}`, token)) as { items: { id: string }[] }).items;
    for (const room of await read('/rooms?max=100')) {
      for (const message of await read(`/messages?roomId=${room.id}&max=1000`)) {
        places.set(message.id, { where: `message ${message.id}`, text: JSON.stringify(message) });
      }
    }
  }
  return [...places.values()];
}

/** Every row of every table, the job engine's included. */
export async function tablesOf(db: Db): Promise<Place[]> {
  const tables = await rows<{ schema: string; name: string }>(
    db,
    sql`select table_schema as schema, table_name as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const places: Place[] = [];
  for (const { schema, name } of tables) {
    const table = sql`${sql.identifier(schema)}.${sql.identifier(name)}`;
    const all = await rows<{ text: string }>(db, sql`select to_jsonb(t)::text as text from ${table} as t`);
    places.push({ where: `table ${schema}.${name}`, text: all.map(({ text }) => text).join('\n') });
  }
  return places;
}

async function ask(url: string, token?: string): Promise<unknown> {
  const response = await fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`the simulator answered ${response.status}`);
  return response.json();
}

/** The signed addresses of our pages among these texts: each row that holds one gives away its page. Never the address itself. */
export function signedPathsIn(places: readonly Place[]): string[] {
  return places.filter(({ text }) => /[?&]key=[0-9a-z]+\.[\w-]{20,}/.test(text)).map(({ where }) => where);
}
