// What is asked before an organization moves to another customer, and what is said after.

import { button, emphasized } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** `from`: undefined where the reader may not see it. */
export const confirmMoveMessage = (view: { organization: Named; from: Named | undefined; to: Named }): CardMessage =>
  message({
    mark: '⚠️',
    title: `Move ${shownName(view.organization.name)} to ${shownName(view.to.name)}?`,
    texts: [
      view.from === undefined ? null : `It belongs to ${shownName(view.from.name)}.`,
      'People with rights there see it no more, people with rights at the new customer do, and settings of the new customer count. The connection stays.',
    ],
    buttons: [
      emphasized(
        button('Move', 'move-organization', { organization_id: view.organization.id, customer_id: view.to.id }),
      ),
      button('Show', 'show', { organization_id: view.organization.id }),
    ],
    typed: md`Press **Move** on the card; a client that shows no cards cannot confirm.`,
  });

/** `isRehomed`: its old space may not be told of it any more, and this one is. */
export const movedMessage = (view: { organization: Named; from: Named; to: Named; isRehomed: boolean }): CardMessage =>
  message({
    mark: '✅',
    title: `${shownName(view.organization.name)} belongs to ${shownName(view.to.name)} now`,
    texts: [
      `It belonged to ${shownName(view.from.name)}.`,
      view.isRehomed ? 'What happens to it is told in this space from now on.' : null,
    ],
    buttons: [
      button('Show', 'show', { organization_id: view.organization.id }),
      button('Customer', 'customers', { customer_id: view.to.id }),
    ],
  });

export const standsThereMessage = (view: { organization: Named; to: Named }): CardMessage =>
  message({
    mark: '✅',
    title: `${shownName(view.organization.name)} belongs to ${shownName(view.to.name)}`,
    texts: ['Nothing had to be changed.'],
    buttons: [button('Show', 'show', { organization_id: view.organization.id })],
  });

export const holdsOthersMessage = (organization: Named): CardMessage =>
  message({
    mark: '❌',
    title: `${shownName(organization.name)} stays where it stands`,
    texts: ['Its grant holds other organizations: people of another branch would read of all of them.'],
    buttons: [button('Show', 'show', { organization_id: organization.id })],
  });
