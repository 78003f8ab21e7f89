// Which organization a person means: one from a card, a number of the list that the person saw last in the space, a Webex id, a name, or a unique part of a name.

import { z } from 'zod';
import type { ActionName } from '../chat/actions.ts';
import type { Answer } from '../chat/answer.ts';
import type { CommandInput } from '../chat/command.ts';
import type { Message } from '../chat/message.ts';
import { duplicateMessage, failureMessage, notFoundMessage } from '../chat/refusals.ts';
import type { Db } from '../db/database.ts';
import type { Scope } from '../db/scope.ts';
import { searchKey } from '../lib/search-key.ts';
import { parseOrganizationNumber } from '../webex/ids.ts';
import { chooseMessage, closestMessage, MATCHES_MAX } from './choose.view.ts';
import { type DeletedOrganization, deletedInScope, findDeletedInScope } from './delete/deletion.store.ts';
import { beingDeletedMessage } from './delete/deletion.view.ts';
import {
  findOrganizationInScope,
  findWebexOrganizationInScope,
  firstOrganizations,
  type Organization,
} from './organization.store.ts';
import { closestOrganizations, organizationsCalled, searchOrganizations } from './organization-search.store.ts';

type Resolved = { found: Organization } | { answer: Answer };

/** The command's other inputs, which a choice on a card sends along. */
type Kept = Readonly<Record<string, string | number>>;

interface Asking {
  command: ActionName;
  /** How the command is typed, where that is not its name. */
  typedAs?: string | undefined;
  keep: Kept;
}

const cardInput = z.object({ organization_id: z.uuid() });

/** One more than a card offers, to know whether there are others. */
const mostRead = MATCHES_MAX + 1;

/** How many names are offered in place of a mistyped one. */
const mostOffered = 5;

/**
 * The organization that the command is about, or the answer that asks for it. Where several names match, the person chooses, unless one
 * is exactly what was typed.
 */
export async function resolveOrganization(db: Db, input: CommandInput & Asked): Promise<Resolved> {
  const resolved = await resolve(db, input);
  if ('found' in resolved) input.concerns(resolved.found.id);
  return resolved;
}

/** The command that asks, as its button and its choices name it and, where that differs, as people type it. */
interface Asked {
  command: ActionName;
  typedAs?: string;
  keep?: Kept;
}

async function resolve(
  db: Db,
  { command, typedAs, argument, inputs, standing, scope, keep = {} }: CommandInput & Asked,
): Promise<Resolved> {
  const fromCard = cardInput.safeParse(inputs);
  if (fromCard.success) {
    const chosen = await findOrganizationInScope(db, { scope, id: fromCard.data.organization_id });
    return chosen
      ? { found: chosen }
      : { answer: { content: await goneAnswer(db, { scope, id: fromCard.data.organization_id }) } };
  }
  const asking: Asking = { command, typedAs, keep };
  if (argument === '') return askWhich(asking, await firstOrganizations(db, { scope, limit: mostRead }));
  if (/^\d{1,6}$/.test(argument)) {
    const id = idInLastList(standing, Number(argument));
    const listed = id === undefined ? undefined : await findOrganizationInScope(db, { scope, id });
    if (listed) return { found: listed };
  }
  const number = parseOrganizationNumber(argument);
  if ('uuid' in number) {
    const found = await findWebexOrganizationInScope(db, { scope, uuid: number.uuid });
    if (found) return { found };
    const deleted = await findDeletedInScope(db, { scope, uuid: number.uuid });
    return { answer: { content: deleted ? beingDeletedOf(deleted) : notFoundMessage({ typed: argument }) } };
  }
  const [called, ...alsoCalled] = await organizationsCalled(db, { scope, name: argument, limit: 2 });
  if (called && alsoCalled.length === 0) return { found: called };
  const matches = await searchOrganizations(db, { scope, part: argument, limit: mostRead });
  if (matches.length > 0) return byNameOf(asking, argument, matches);
  const [deleted] = await deletedInScope(db, { scope, part: argument, limit: 1 });
  if (deleted) return { answer: { content: beingDeletedOf(deleted) } };
  const nearest = await closestOrganizations(db, { scope, typed: argument, limit: mostOffered });
  if (nearest.length === 0) return { answer: { content: notFoundMessage({ typed: argument }) } };
  // A guess is offered, and never acted on.
  return { answer: { content: closestMessage({ ...asking, typed: argument, matches: nearest }) } };
}

/** The only match; of several the one whose name was typed in full, if need be to the letter. */
function byNameOf(asking: Asking, typed: string, matches: readonly Organization[]): Resolved {
  const key = searchKey(typed);
  const called = matches.filter(({ searchName }) => searchName === key);
  const calledExactly = called.filter(({ name }) => name.normalize('NFC') === typed.normalize('NFC'));
  for (const named of [matches, called, calledExactly]) {
    const [only] = named;
    if (only && named.length === 1) return { found: only };
  }
  return choose(asking, typed, matches);
}

const idInLastList = ({ lastList }: CommandInput['standing'], number: number): string | undefined =>
  lastList?.organizationIds[number - lastList.firstNumber];

/** Nothing was named: the only organization there is, or a choice among the first. */
function askWhich(asking: Asking, first: readonly Organization[]): Resolved {
  const [only] = first;
  if (first.length === 1 && only) return { found: only };
  if (first.length === 0) return { answer: { content: notFoundMessage({ typed: '' }) } };
  return choose(asking, '', first);
}

function choose(asking: Asking, typed: string, matches: readonly Organization[]): Resolved {
  return {
    answer: {
      content: chooseMessage({
        ...asking,
        typed,
        matches: matches.slice(0, MATCHES_MAX),
        hasMore: matches.length > MATCHES_MAX,
      }),
    },
  };
}

const beingDeletedOf = ({ deletion, ...organization }: DeletedOrganization) =>
  beingDeletedMessage({ organization, deletion });

/** The answer about an organization that a card names and that is not there: it is deleted, or out of scope, or gone for good. */
export async function goneAnswer(db: Db, asked: { scope: Scope; id: string }): Promise<Message> {
  const deleted = await findDeletedInScope(db, asked);
  return deleted ? beingDeletedOf(deleted) : goneMessage;
}

const namedOnCard = z.object({ organization_id: z.uuid() });

/** The organization that a button names, or the answer where it is not in scope. What the button is about is noted for the log. */
export async function organizationOfCard(
  db: Db,
  { inputs, scope, concerns }: Pick<CommandInput, 'inputs' | 'scope' | 'concerns'>,
): Promise<Resolved> {
  const sent = namedOnCard.safeParse(inputs);
  if (!sent.success) return { answer: { content: goneMessage } };
  const asked = { scope, id: sent.data.organization_id };
  const found = await findOrganizationInScope(db, asked);
  if (!found) return { answer: { content: await goneAnswer(db, asked) } };
  concerns(found.id);
  return { found };
}

/** The answer where the Organization Account Number of a form belongs to another record: one that lives, is deleted, or is out of scope. */
export async function duplicateAnswer(db: Db, asked: { scope: Scope; id: string }): Promise<Message> {
  const existing = await findOrganizationInScope(db, asked);
  const deleted = existing ? undefined : await findDeletedInScope(db, asked);
  if (!deleted) return duplicateMessage({ existing });
  const { deletion, ...organization } = deleted;
  return beingDeletedMessage({ organization, deletion, isDuplicate: true });
}

/** Cards outlive the records that they name. */
export const goneMessage = failureMessage({
  what: 'That organization no longer exists.',
  hint: 'Type list to see all organizations.',
});
