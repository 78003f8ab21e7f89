// Writes what was recorded: each statement once, and the journeys as lists of them, with names in braces for ids of their own.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createNames } from './own-ids.ts';
import { type Journey, type Sent, withoutRepeats } from './record.ts';
import { moved } from './world.ts';

export interface Raw {
  recorded: readonly Journey[];
  /** The transactions that were made while it was recorded, in order, and for which organization. */
  made: readonly { id: number; organization: string }[];
  /** Before any name was given. */
  dump: string;
  /** Names what belongs to the simulated Webex. */
  named: (text: string) => string;
  /** From the recorded instants to those of the files, in milliseconds. */
  byApp: number;
}

export async function writeRecord({ recorded, made, dump, named, byApp }: Raw): Promise<void> {
  const all = recorded
    .flatMap(({ units }) => units.flat())
    .flatMap(({ values }) => values.join('\n'))
    .join('\n');
  const name = createNames({ dump, all });
  const isOwn = (value: string) => name(value) !== value;
  const statements: string[] = [];
  const indexOf = (sql: string) => {
    const known = statements.indexOf(sql);
    return known >= 0 ? known : statements.push(sql) - 1;
  };
  const written = ({ sql, values }: Sent) => ({
    s: indexOf(named(sql)),
    ...(values.length > 0 && {
      v: values.map((value) => (value === null ? null : moved(named(name(value)), byApp))),
    }),
  });
  const journeys = withoutRepeats(recorded, isOwn).map((journey) => ({
    name: journey.name,
    units: journey.units.map((unit) => unit.map(written)),
  }));
  const nth = new Map<string, number>();
  const transactions = made.map(({ id, organization }) => {
    const count = (nth.get(organization) ?? 0) + 1;
    nth.set(organization, count);
    return [`{{transactions:${id}}}`, { organization: name(organization), nth: count }];
  });
  const lines = journeys.map(({ name: its, units }) =>
    [`{"name":${JSON.stringify(its)},"units":[`, units.map((unit) => JSON.stringify(unit)).join(',\n'), ']}'].join(
      '\n',
    ),
  );
  const text = `{"statements":[\n${statements.map((sql) => JSON.stringify(sql)).join(',\n')}\n],\n"transactions":${JSON.stringify(Object.fromEntries(transactions))},\n"journeys":[\n${lines.join(',\n')}\n]}\n`;
  await writeFile(join(import.meta.dirname, 'statements.json'), text);
}
