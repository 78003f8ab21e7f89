// `calling`: how the default calling behaviour stands with an organization's people; a dry run, setting it, and putting it back are buttons of its card.

import { z } from 'zod';
import type { Answer } from '../../chat/answer.ts';
import type { Action, Command, CommandInput } from '../../chat/command.ts';
import { goneAnswer, organizationOfCard, resolveOrganization } from '../../organizations/organization.lookup.ts';
import {
  APPLY_CALLING,
  callingMessage,
  LOOK_AT_CALLING,
  NO_PROFILE,
  startAnswer,
  UNDO_CALLING,
} from './calling.view.ts';
import { callingState, profileNamed } from './calling-state.ts';
import { type StartCallingDeps, type StartCallingInput, startCalling } from './start-calling.ts';

export const calling: Command<StartCallingDeps> = {
  name: 'calling',
  words: ['calling behaviour', 'calling behavior'],
  usage: 'calling <organization>',
  summary: 'Show whose calling behaviour the record’s default would change, then set it or put it back.',
  group: 'Directory',
  examples: ['calling acme'],
  async run({ db, clock }, input) {
    const resolved = await resolveOrganization(db, { ...input, command: 'calling' });
    if ('answer' in resolved) return resolved.answer;
    const { found: organization } = resolved;
    const { scope } = input;
    const now = clock.now();
    return {
      content: callingMessage({ organization, ...(await callingState(db, { scope, organization, now })), now }),
    };
  },
};

const lookOnCard = z
  .object({ transaction_id: z.coerce.number().int(), organization_id: z.uuid() })
  .transform(({ transaction_id: transactionId, organization_id: organizationId }) => ({
    transactionId,
    organizationId,
  }));

export const lookAtCalling: Action<StartCallingDeps> = {
  name: LOOK_AT_CALLING,
  run: (deps, input) => begin(deps, input, { mode: 'look' }),
};

/** What was confirmed counts for people who are as the look has found them. */
export const applyCalling: Action<StartCallingDeps> = {
  name: APPLY_CALLING,
  async run(deps, input) {
    const { inputs } = input;
    const sent = lookOnCard.safeParse(inputs);
    const chosen = z.string().catch(NO_PROFILE).parse(inputs['profile']);
    const profileId = sent.success ? await profileNamed(deps.db, { ...sent.data, chosen }) : null;
    const overwrites = String(inputs['overwrite']) === 'true';
    return begin(deps, input, { mode: 'apply', look: sent.data?.transactionId ?? null, overwrites, profileId });
  },
};

export const undoCalling: Action<StartCallingDeps> = {
  name: UNDO_CALLING,
  run: (deps, input) =>
    begin(deps, input, { mode: 'undo', shown: z.coerce.number().int().catch(0).parse(input.inputs['people']) }),
};

async function begin(
  deps: StartCallingDeps,
  input: CommandInput,
  what: Pick<StartCallingInput, 'mode' | 'look' | 'overwrites' | 'profileId' | 'shown'>,
): Promise<Answer | undefined> {
  const named = await organizationOfCard(deps.db, input);
  if ('answer' in named) return named.answer;
  const { found: organization } = named;
  const { actor: by, place, scope } = input;
  const result = await startCalling(deps, { ...what, organizationId: organization.id, by, place });
  if (result.outcome === 'gone') return { content: await goneAnswer(deps.db, { scope, id: organization.id }) };
  return startAnswer(result, organization);
}
