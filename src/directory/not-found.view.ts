// What is answered where Webex does not find what the local copy has.

import { button, emphasized } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';

const nounOf = { locations: 'location', licenses: 'license' } as const;

/** `goneAt`: when a sync has seen it gone. Where none has, one is offered. */
export function notFoundMessage(view: {
  readonly kind: keyof typeof nounOf;
  readonly name: string;
  readonly goneAt: Date | null;
  readonly organization: { readonly id: string; readonly name: string };
}): CardMessage {
  const { kind, organization } = view;
  const about = { organization_id: organization.id };
  const isNews = view.goneAt === null;
  const before = isNews
    ? `had it when its ${kind} were last read`
    : `had no such ${nounOf[kind]} at the last sync either`;
  return message({
    title: `Webex does not find ${shownName(view.name)}`,
    texts: [`It may be deleted there, or hidden from this grant. ${shownName(organization.name)} ${before}.`],
    buttons: [
      isNews ? emphasized(button('Sync', 'sync', { ...about, kinds: kind })) : null,
      button(`All ${kind}`, kind, about),
    ],
    typed: isNews ? md`Type **sync** with the organization’s name and ${kind} to read them anew.` : undefined,
  });
}
