// `forget <organization> directory`: empties the local copy of what Webex says of an organization, once that is confirmed.

import type { Action, Command } from '../chat/command.ts';
import { failureMessage } from '../chat/refusals.ts';
import { goneAnswer, organizationOfCard, resolveOrganization } from '../organizations/organization.lookup.ts';
import { countDirectory } from './directory.store.ts';
import { type ForgetDeps, forgetDirectory } from './forget.ts';
import { CONFIRM_FORGET, confirmForgetMessage, forgottenMessage, nothingToForgetMessage } from './forget.view.ts';
import { syncRunsMessage } from './sync/sync.view.ts';

export const forget: Command<ForgetDeps> = {
  name: 'forget',
  usage: 'forget <organization> directory',
  summary: 'Delete the local copy of an organization’s roles, licenses and other data. The next sync brings it back.',
  group: 'Directory',
  examples: ['forget acme directory'],
  async run({ db }, input) {
    const { argument, scope } = input;
    const [, name] = /^(.*?)\s*\bdirectory$/is.exec(argument) ?? [];
    if (argument !== '' && name === undefined) return { content: howMessage };
    const resolved = await resolveOrganization(db, { ...input, argument: name ?? '', command: 'forget' });
    if ('answer' in resolved) return resolved.answer;
    const { found: organization } = resolved;
    const counts = await countDirectory(db, { scope, organizationId: organization.id });
    if (counts.length === 0) return { content: nothingToForgetMessage(organization) };
    return { content: confirmForgetMessage({ organization, counts }) };
  },
};

const howMessage = failureMessage({
  what: 'Say what to forget: the directory alone can be.',
  hint: 'Type forget, the organization’s name and directory, such as forget acme directory.',
});

export const confirmForget: Action<ForgetDeps> = {
  name: CONFIRM_FORGET,
  async run(deps, input) {
    const named = await organizationOfCard(deps.db, input);
    if ('answer' in named) return named.answer;
    const { found: organization } = named;
    const { scope, actor, place, cardMessageId } = input;
    const result = await forgetDirectory(deps, { organizationId: organization.id, by: actor, roomId: place.roomId });
    if (result.outcome === 'gone') return { content: await goneAnswer(deps.db, { scope, id: organization.id }) };
    if (result.outcome === 'running') {
      return { content: syncRunsMessage({ organization, transactionId: result.transactionId }) };
    }
    return {
      content: forgottenMessage({ organization, by: actor.email, counts: result.lines }),
      replacesMessageId: cardMessageId,
    };
  },
};
