// What `workspaces` answers.

import { button, emphasized } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { whoPermits } from '../../connections/scopes.ts';
import { counted, shorten } from '../../lib/text.ts';
import { fieldNamed } from '../../organizations/organization-fields.ts';
import { readsWorkspaces } from '../../webex/scopes.ts';
import type { WorkspacesFound } from './workspace-rules.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    workspaces: { organization_id: string };
  }
}

const ADDRESS_MAX_CHARACTERS = 80;
const NAME_MAX_CHARACTERS = 60;

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Those that are not as the record says, and a fresh address to copy. */
export function workspacesMessage(
  view: WorkspacesFound & { readonly organization: Named; readonly domain: string },
): CardMessage {
  const { organization, domain, total, odd, oddTotal, fresh } = view;
  const name = shownName(organization.name);
  const hidden = oddTotal - odd.length;
  return message({
    mark: oddTotal > 0 ? '⚠️' : undefined,
    title:
      total === 0
        ? `No workspace of ${name} has hybrid calling`
        : `${oddTotal} of ${counted(total, 'workspace')} with hybrid calling of ${name} ${oddTotal === 1 ? 'is' : 'are'} not in ${shorten(domain, ADDRESS_MAX_CHARACTERS)}`,
    texts: [
      oddTotal === 0
        ? null
        : 'Webex lets nobody set the address by its API: make the user at Unified CM, and enter its address in Control Hub under Workspaces → Calling.',
    ],
    blocks: [
      {
        kind: 'rows',
        rows: odd.map((one) => ({
          name: shownName(shorten(one.name, NAME_MAX_CHARACTERS)),
          state: one.address === null ? 'No address' : shorten(one.address, ADDRESS_MAX_CHARACTERS),
        })),
      },
      ...(hidden > 0 ? [{ kind: 'text' as const, text: `${hidden} more are not shown.` }] : []),
      { kind: 'terms', title: 'For the next one', terms: [{ term: 'A fresh address', words: fresh }] },
    ],
    buttons: [
      button('Another address', 'workspaces', { organization_id: organization.id }),
      button('Show', 'show', { organization_id: organization.id }),
    ],
  });
}

/** The record names no domain. */
export const noDomainMessage = ({ id, name }: Named): CardMessage =>
  message({
    title: `The record of ${shownName(name)} has no ${fieldNamed('email_domain').label}`,
    texts: ['With it I list the workspaces whose address is in another domain, and give fresh addresses.'],
    buttons: [
      emphasized(button('Edit', 'edit', { organization_id: id })),
      button('Show', 'show', { organization_id: id }),
    ],
    typed: md`Type **edit** with the name to fill it in.`,
  });

/** They cannot be read. */
export function unreadWorkspacesMessage(
  { id, name }: Named,
  why: 'not_connected' | 'lost' | 'not_granted',
): CardMessage {
  const words = {
    not_connected: `${shownName(name)} is not connected.`,
    lost: `The connection of ${shownName(name)} is lost.`,
    not_granted: `The grant of ${shownName(name)} does not allow to read workspaces. ${whoPermits([readsWorkspaces])}`,
  };
  return message({
    mark: '⚠️',
    title: `The workspaces of ${shownName(name)} cannot be read`,
    texts: [words[why]],
    buttons: [
      emphasized(button(why === 'not_connected' ? 'Connect' : 'Reconnect', 'connect', { organization_id: id })),
      button('Show', 'show', { organization_id: id }),
    ],
    typed: md`Type **connect** with the name for a link.`,
  });
}
