// What somebody would write to keep an organization's people: all pages are collected, then stored in one transaction.

import postgres from 'postgres';
import { peakMbOf } from './child.ts';

const { API_URL: url = '', DATABASE_URL: databaseUrl = '' } = process.env;

interface Page {
  items: { id: string }[];
}

const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
await sql`create table if not exists collected_people (id text primary key, person jsonb not null)`;
const startedAtMs = performance.now();
const people = new Map<string, object>();
for (let next: string | undefined = `${url}/people?orgId=org&max=1000`; next !== undefined; ) {
  const response: Response = await fetch(next, { headers: { authorization: 'Bearer access-1' } });
  if (!response.ok) throw new Error(`no people: ${response.status}`);
  for (const person of ((await response.json()) as Page).items) people.set(person.id, person);
  next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
}
await sql.begin(async (tx) => {
  const all = [...people.entries()].map(([id, person]) => ({ id, person }));
  for (let from = 0; from < all.length; from += 1_000) {
    await tx`insert into collected_people
      select * from jsonb_to_recordset(${JSON.stringify(all.slice(from, from + 1_000))}::text::jsonb) as one(id text, person jsonb)
      on conflict (id) do update set person = excluded.person`;
  }
});
const seconds = (performance.now() - startedAtMs) / 1_000;
await sql.end();
process.stdout.write(`ready ${JSON.stringify({ seconds, peakMb: peakMbOf(process.pid) })}\n`);
