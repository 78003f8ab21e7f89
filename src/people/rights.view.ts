// What is said of rights: who was given which, what is asked before they are taken away, and why neither was done.

import type { CustomerNode } from '../chat/actor.ts';
import { button, emphasized } from '../chat/buttons.ts';
import type { Role } from '../chat/chat.schema.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { failureMessage } from '../chat/refusals.ts';
import { counted, shorten } from '../lib/text.ts';
import type { RightBefore } from './give-rights.ts';
import { roleWords } from './rights-words.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    /** Takes away what the person holds, at one node or at all that the clicker may change. */
    'remove-rights': { person_id: string; customer_id?: string };
  }
}

type Node = Pick<CustomerNode, 'name' | 'kind'>;

const may = {
  administrator: 'may change what stands there or below',
  viewer: 'may read what stands there or below',
} as const;

/** `before`: the right that it replaces. */
export const rightSavedMessage = (view: {
  email: string;
  role: Role;
  node: Node;
  before: RightBefore | undefined;
}): CardMessage =>
  message({
    mark: '✅',
    title: `${shownName(view.email)} is ${roleWords(view.role, view.node)} at ${shownName(view.node.name)}`,
    texts: [
      `This person ${may[view.role]}. I tell the person so in a direct message.`,
      view.before === undefined ? null : replacedWords(view.before, view),
    ],
    buttons: [button('Administrators', 'admins')],
    typed: md`Type **admins remove** with the e-mail to take it away.`,
  });

/** What has changed: the role, or whose the right is. */
function replacedWords(before: RightBefore, { role, email }: { role: Role; email: string }): string {
  if (before.email === email && !before.isOfOtherOrganization) return `Before it was ${before.role}.`;
  const was = before.role === role ? '' : ` as ${before.role}`;
  const whose = before.isOfOtherOrganization ? 'in another Webex organization' : `as ${shownName(before.email)}`;
  return `Before, the person had the right${was} ${whose}. It counts for what Webex shows of the person now.`;
}

export const rightUnchangedMessage = (view: { email: string; role: Role; node: Node }) =>
  failureMessage({
    what: `${shownName(view.email)} is ${roleWords(view.role, view.node)} at ${shownName(view.node.name)} already.`,
    hint: 'Nothing was changed.',
  });

/** What the person reads who was given a right; `node` undefined where it is gone again. */
export const rightGivenMessage = (view: { node: Node | undefined; role: Role; by: string }): CardMessage =>
  message({
    title: `${shownName(view.by)} made you ${view.node ? `${roleWords(view.role, view.node)} at ${shownName(view.node.name)}` : view.role}`,
    texts: [`You ${may[view.role]}. In this space I show all that your rights reach.`],
    buttons: [emphasized(button('List organizations', 'list')), button('Help', 'help')],
    typed: md`Type **list** for the organizations, **help** for all that I can do.`,
  });

export const unknownPersonMessage = ({ email, outcome }: { email: string; outcome: 'unknown' | 'ambiguous' }) =>
  failureMessage(
    outcome === 'unknown'
      ? {
          what: `Webex knows nobody with the e-mail ${shorten(email, 80)}.`,
          hint: 'Nothing was changed. Correct the e-mail, or have the person sign in to Webex once.',
        }
      : {
          what: `Webex knows several people with the e-mail ${shorten(email, 80)}.`,
          hint: 'Nothing was changed. Use another address of the person that is meant.',
        },
  );

/** The kind of administrator that was typed does not fit the node. */
export const kindMismatchMessage = ({ kind, node }: { kind: CustomerNode['kind']; node: Node }) =>
  failureMessage({
    what: `${shownName(node.name)} is no ${kind}.`,
    hint: `Nothing was changed. Type the name of a ${kind} behind the role, or leave the word ${kind} out.`,
  });

/** `rights` are those that would be taken away. */
export const confirmTakeMessage = (view: {
  email: string;
  personId: string;
  customerId: string | undefined;
  rights: readonly { readonly role: Role; readonly node: Node }[];
}): CardMessage =>
  message({
    mark: '⚠️',
    title: `Take rights away from ${shownName(view.email)}?`,
    blocks: [
      {
        kind: 'rows',
        rows: view.rights
          .slice(0, 10)
          .map(({ role, node }) => ({ name: shownName(node.name), state: roleWords(role, node) })),
      },
    ],
    texts: [
      view.rights.length > 10 ? `And ${view.rights.length - 10} more.` : null,
      'What the person changed stays. Organizations that are told of in this person’s direct space are told of in yours.',
    ],
    buttons: [
      emphasized(
        button('Take away', 'remove-rights', {
          person_id: view.personId,
          ...(view.customerId === undefined ? {} : { customer_id: view.customerId }),
        }),
      ),
      button('Administrators', 'admins'),
    ],
    typed: md`Press **Take away** on the card; a client that shows no cards cannot confirm.`,
  });

export const rightsTakenMessage = (view: { email: string; nodes: readonly string[]; rehomed: number }): CardMessage =>
  message({
    mark: '✅',
    title: `${shownName(view.email)} has no rights any more at ${view.nodes.slice(0, 3).map(shownName).join(', ')}`,
    texts: [
      view.nodes.length > 3 ? `And at ${counted(view.nodes.length - 3, 'other node')}.` : null,
      view.rehomed === 0
        ? null
        : `${counted(view.rehomed, 'organization')} of this person’s direct space: I tell you directly what happens to them.`,
    ],
    buttons: [button('Administrators', 'admins')],
  });

export const noRightsMessage = (email: string) =>
  failureMessage({
    what: `${shorten(email, 80)} holds no rights that you may take away here.`,
    hint: 'Type admins to see who holds which.',
  });

/** The person is named in ADMINS. */
export const configuredMessage = (email: string) =>
  failureMessage({
    what: `${shorten(email, 80)} is an administrator by the operator’s configuration.`,
    hint: 'Nothing was changed. The operator takes the e-mail out of ADMINS and restarts the service.',
  });

export const noEmailMessage = failureMessage({
  what: 'An e-mail address is missing.',
  hint: 'Type admins add or admins remove with an address, for example admins add bob@north.example viewer North.',
});
