// Acts that somebody may do, each with what the answer says then: what is allowed is not refused.
import { sql } from 'drizzle-orm';
import { type Db, rows } from '../../src/db/database.ts';
import type { Asked } from './bare-service.ts';
import {
  anywhere,
  may,
  mayPlace,
  type Node,
  type Person,
  pick,
  type Random,
  type Space,
  type World,
} from './random-world.ts';

/** Asked one after the other; the last answer says all of `says`. */
export interface Allowed {
  asked: Asked['what'][];
  says: readonly string[];
}

interface Drawing {
  db: Db;
  random: Random;
  world: World;
  person: Person;
  /** Where the person is answered. */
  space: Space;
}

let labels = 0;

/** What the person may do with an organization and a node, both drawn at random. */
export async function drawAllowed({ db, random, world, person, space }: Drawing): Promise<Allowed[]> {
  const reaches = (what: 'see' | 'change') => (at: Node) => may(person, what, at, space);
  const seen = world.organizations.filter(({ at, isDeleted }) => !isDeleted && reaches('see')(at));
  const changed = seen.filter(({ at }) => reaches('change')(at));
  const allowed: Allowed[] = [];
  const clicks = (says: readonly string[], ...inputs: Record<string, string | number | boolean>[]) =>
    allowed.push({ says, asked: inputs.map((one) => ({ inputs: one })) });
  const types = (text: string, says: readonly string[]) => allowed.push({ asked: [{ text }], says });

  if (seen.length > 0) {
    const { id, number, secret, transactionId } = pick(random, seen);
    clicks([secret], { action: 'show', organization_id: id });
    types(`show ${number}`, [secret]);
    types(`transaction ${transactionId}`, [secret]);
    // In both files.
    types('export', [...seen.map((org) => org.secret), '.csv', '.json']);
  }
  const named = world.nodes.filter(({ id, secret }) => secret !== id);
  const visible = named.filter(reaches('see'));
  if (visible.length > 0) {
    const { id, secret } = pick(random, visible);
    clicks([secret], { action: 'settings', customer_id: id });
    clicks([secret], { action: 'customers', customer_id: id });
  }
  if (changed.length > 0) {
    const { id, number, secret, draftId } = pick(random, changed);
    clicks([secret], { action: 'edit', organization_id: id });
    clicks([secret], { action: 'edit-record-draft', draft_id: draftId });
    types(`connect ${number}`, [secret]);
    const label = `label${++labels}`;
    const labeled = { action: 'label', organization_id: id, label };
    clicks([secret, label], labeled);
    clicks(
      [secret, label, 'labeled'],
      { ...labeled },
      { ...labeled, act: 'take' },
      { action: 'audit', organization_id: id },
    );
    clicks(
      [secret, label, '.csv'],
      { ...labeled },
      { ...labeled, act: 'take' },
      { action: 'audit', organization_id: id, export: 'yes' },
    );
  }
  const changes = (node: Node) => may(person, 'change', node, anywhere(world));
  const targets = named.filter((node) =>
    changes(space.at) ? changes(node) : mayPlace(space, node, { world, person }),
  );
  if (!space.isDirect && targets.length > 0) {
    const { id, secret } = pick(random, targets);
    clicks([secret, 'This space stands at'], { action: 'use', customer_id: id });
  }
  const changeable = named.filter(reaches('change'));
  if (changeable.length > 0) {
    const node = pick(random, changeable);
    if (changed.length > 0) {
      const { id, secret } = pick(random, changed);
      clicks([secret, node.secret], { action: 'move-organization', organization_id: id, customer_id: node.id });
    }
    const stranger = world.people.find(({ isProvider, held }) => !isProvider && held.every(({ at }) => at !== node));
    if (stranger) {
      const { email, personId } = stranger;
      const given = { action: 'give-right', typed: `${email} viewer`, customer_id: node.id };
      const taken = { action: 'remove-rights', person_id: personId, customer_id: node.id };
      clicks([email, node.secret, 'viewer'], given);
      clicks([email, node.secret, 'no rights any more'], given, taken);
    }
    const level = { level: 'customer', customer_id: node.id };
    clicks([node.secret], { action: 'edit-settings', ...level });
    // Those of the tree's root have a level of their own.
    const [kept, subject] = node === world.root ? ['provider', ''] : ['customer', node.id];
    const [own] = await rows<{ at: Date }>(
      db,
      sql`select updated_at as at from settings where level = ${kept} and subject = ${subject}`,
    );
    const days = String(100 + Math.floor(random() * 200));
    const form = {
      settings: 'warning_days',
      warning_days: days,
      seen_at: own ? new Date(own.at).toISOString() : 'never',
    };
    clicks([node.secret, 'changed the settings', days], { action: 'save-settings', ...level, ...form });
  }
  return allowed;
}
