// Which organization a person means: one from a card, a number of the last list, a Webex id, a name, or a unique part of a name.

import { z } from 'zod';
import type { Answer } from '../chat/answer.ts';
import type { CommandInput } from '../chat/command.ts';
import { failureReply, notFoundReply } from '../chat/refusals.ts';
import type { Db } from '../db/database.ts';
import { findSpace } from '../spaces/space.store.ts';
import { parseOrganizationNumber } from '../webex/ids.ts';
import { chooseReply, MATCHES_MAX } from './choose.view.ts';
import {
  findOrganizationByWebexUuid,
  findOrganizationWithConnection,
  type OrganizationWithConnection,
  organizationsFrom,
  searchOrganizations,
} from './organization.store.ts';

type Found = { found: OrganizationWithConnection } | { answer: Answer };

/** What else the command was told, which a choice on a card sends along. */
type Kept = Readonly<Record<string, string | number>>;

interface Asking {
  command: string;
  keep: Kept;
}

const cardInput = z.object({ organization_id: z.uuid() });

/** One more than a card offers, to know whether there are others. */
const mostRead = MATCHES_MAX + 1;

/**
 * The organization that the command is about, or the answer that asks for it. A guess is never acted on: where several names
 * match, none is taken, unless one of them is exactly what was typed.
 */
export async function resolveOrganization(
  db: Db,
  { command, argument, inputs, place, keep = {} }: CommandInput & { command: string; keep?: Kept },
): Promise<Found> {
  const fromCard = cardInput.safeParse(inputs);
  if (fromCard.success) {
    const chosen = await findOrganizationWithConnection(db, fromCard.data.organization_id);
    return chosen ? { found: chosen } : { answer: { content: goneReply } };
  }
  const asking = { command, keep };
  if (argument === '') return askWhich(db, asking);
  if (/^\d{1,6}$/.test(argument)) {
    const listed = await fromLastList(db, place.roomId, Number(argument));
    if (listed) return { found: listed };
  }
  const number = parseOrganizationNumber(argument);
  if ('uuid' in number) {
    const organization = await findOrganizationByWebexUuid(db, number.uuid);
    return foundOr(organization && (await findOrganizationWithConnection(db, organization.id)), argument);
  }
  return findByName(db, asking, argument);
}

async function findByName(db: Db, asking: Asking, typed: string): Promise<Found> {
  const matches = await searchOrganizations(db, { part: typed, limit: mostRead });
  const exact = matches.filter(({ organization }) => organization.name.toLowerCase() === typed.toLowerCase());
  const [only] = exact.length === 1 ? exact : matches;
  if (only && (exact.length === 1 || matches.length === 1)) return { found: only };
  if (matches.length === 0) return { answer: { content: notFoundReply({ typed }) } };
  return choose(asking, typed, matches);
}

async function fromLastList(db: Db, roomId: string, number: number): Promise<OrganizationWithConnection | undefined> {
  const list = (await findSpace(db, roomId))?.lastList;
  const id = list?.organizationIds[number - list.firstNumber];
  return id === undefined ? undefined : findOrganizationWithConnection(db, id);
}

/** Nothing was named: the only organization there is, or a choice among the first. */
async function askWhich(db: Db, asking: Asking): Promise<Found> {
  const first = await organizationsFrom(db, { offset: 0, limit: mostRead });
  const [only] = first;
  if (first.length === 1 && only) return { found: only };
  if (first.length === 0) return { answer: { content: notFoundReply({ typed: '' }) } };
  return choose(asking, '', first);
}

function choose(asking: Asking, typed: string, matches: readonly OrganizationWithConnection[]): Found {
  return {
    answer: {
      content: chooseReply({
        ...asking,
        typed,
        matches: matches.slice(0, MATCHES_MAX).map(({ organization }) => organization),
        hasMore: matches.length > MATCHES_MAX,
      }),
    },
  };
}

/** Cards outlive the records that they name. */
export const goneReply = failureReply({
  what: 'That organization does not exist any more.',
  hint: 'Type list to see those that do.',
});

function foundOr(organization: OrganizationWithConnection | undefined, typed: string): Found {
  return organization ? { found: organization } : { answer: { content: notFoundReply({ typed }) } };
}
