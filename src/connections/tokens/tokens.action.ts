// `connect <organization> tokens`, and the button for it: a fresh one-time link to the page on which tokens are entered.

import type { Answer } from '../../chat/answer.ts';
import type { Action, CommandInput } from '../../chat/command.ts';
import type { Db } from '../../db/database.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { tokenForwardNotice, tokenLinkNotice } from './token-link.notice.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    /** Gives a link to the page on which the tokens of an organization are entered. */
    connect_tokens: { organization_id: string };
  }
}

/** What is typed behind `connect`: a name, and at its end that tokens are to be entered. A name may be that word: so something must stand before it. */
export function readTokensArgument(argument: string): { name: string } | undefined {
  const [, name] = /^(.*\S)\s+(?:tokens|own[ -]app)$/is.exec(argument) ?? [];
  return name === undefined ? undefined : { name };
}

/** The link of an organization that was found, with the text to forward. */
export function tokenLinkAnswer({ actor }: Pick<CommandInput, 'actor'>, organization: Organization): Answer {
  const about = { organizationId: organization.id, askedBy: actor.email, askedById: actor.personId };
  return { content: tokenLinkNotice.of(about), further: [tokenForwardNotice.of(about)] };
}

export async function connectByTokens({ db }: { db: Db }, input: CommandInput): Promise<Answer> {
  const resolved = await resolveOrganization(db, { ...input, command: 'connect_tokens', typedAs: 'connect' });
  return 'answer' in resolved ? resolved.answer : tokenLinkAnswer(input, resolved.found);
}

export const connectTokens: Action<{ db: Db }> = { name: 'connect_tokens', run: connectByTokens };
