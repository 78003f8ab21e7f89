// Somebody opened a connect link and Webex sent them back without a grant: why, and what to do.

import { actionSets, emphasized, submitButton } from '../../chat/buttons.ts';
import { reply } from '../../chat/compose.ts';
import { shownName } from '../../chat/facts.ts';
import { md, paragraphs } from '../../chat/markdown.ts';
import { renderCard } from '../../chat/render.ts';
import type { Reply } from '../../chat/reply.ts';
import { shorten } from '../../lib/text.ts';

const CODE_MAX_CHARACTERS = 80;

/** `error` is the OAuth error code that came back, such as `access_denied`. */
export function connectRefusedReply({
  organization,
  error,
}: {
  readonly organization: { readonly id: string; readonly name: string };
  readonly error: string;
}): Reply {
  const title = `${shownName(organization.name)} was not connected`;
  const { what, hint } = explain(error);
  return reply(
    paragraphs([md`❌ **${title}**`, md`${what} ${hint}`, md`Type **connect** with its name for a new link.`]),
    renderCard('message', {
      title: `❌ ${title}`,
      color: 'attention',
      texts: [what, hint],
      actionSets: actionSets([
        emphasized(submitButton('Connect', { action: 'connect', organization_id: organization.id })),
        submitButton('Show', { action: 'show', organization_id: organization.id }),
      ]),
    }),
  );
}

function explain(error: string): { what: string; hint: string } {
  switch (error) {
    case 'access_denied':
      return {
        what: 'Whoever opened the link declined, or Control Hub blocks this integration.',
        hint: 'Ask a full administrator of the organization to allow the integration and to accept, with a new link.',
      };
    case 'invalid_scope':
      return {
        what: 'The integration lacks a permission that this record needs.',
        hint: 'The operator of this bot must add the missing scopes to the integration; then ask for a new link.',
      };
    default:
      return {
        what: `Webex sent the browser back without a grant (${shorten(error, CODE_MAX_CHARACTERS)}).`,
        hint: 'Try again with a new link; if it happens again, tell the operator of this bot.',
      };
  }
}
