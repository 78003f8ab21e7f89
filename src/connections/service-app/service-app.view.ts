// What is said of the service app: who owns it, what it holds, and where it was authorized.

import { button, emphasized } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message, type TextMessage } from '../../chat/message.ts';
import { failureMessage } from '../../chat/refusals.ts';
import { type Holder, holderWords } from '../connection-words.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

export const noAppMessage = failureMessage({
  what: 'No service app is configured.',
  hint: 'The operator makes one at developer.webex.com, and sets WEBEX_SERVICE_APP_CLIENT_ID and WEBEX_SERVICE_APP_CLIENT_SECRET.',
});

export const ownerUnknownMessage = failureMessage({
  what: 'The organization that owns the service app cannot be saved: its record is being deleted, or Webex does not say which it is.',
  hint: 'Bring it back with undo, or add its record and type connect service app with its name.',
});

export const ownerBelowMessage = ({ name }: { readonly name: string }): TextMessage =>
  failureMessage({
    what: `The record of ${shownName(name)} stands below the provider, whose people would read how much the service app holds.`,
    hint: `Type move ${shownName(name)} to the provider’s name, then connect service app ${shownName(name)}.`,
  });

export function heldByAppMessage({ id, name }: Named): CardMessage {
  return message({
    title: `${shownName(name)} is held by a service app: no person is needed`,
    buttons: [button('Show', 'show', { organization_id: id })],
    typed: md`Type **show** with its name to see how it stands.`,
  });
}

export function connectingMessage({ id, name }: Named): CardMessage {
  return message({
    title: `${shownName(name)} is being connected already`,
    buttons: [button('Show', 'show', { organization_id: id })],
    typed: md`Type **transactions** to see how far it is.`,
  });
}

/** Other organizations are held by its grant. */
export function needsConsentMessage({ id, name }: Named): CardMessage {
  return message({
    title: `${shownName(name)} can be held by a consent alone: its grant serves other organizations`,
    texts: [
      'No other way brings a grant that could serve them: a machine account manages no customers, and a partner’s grant is not its own. Nothing was changed.',
    ],
    buttons: [button('Connect', 'connect', { organization_id: id })],
    typed: md`Type **connect** with its name for a fresh link.`,
  });
}

/** A living connection stands: whoever reads this decides whether the app takes its place. */
export function appAuthorizedMessage(view: { readonly organization: Named; readonly connection: Holder }): CardMessage {
  const { organization, connection } = view;
  const about = { organization_id: organization.id };
  return message({
    title: `${shownName(organization.name)} has authorized the service app`,
    texts: [
      `Its connection is ${holderWords(connection)}, and stays for now.`,
      connection.way === 'service_app'
        ? 'This one needs nobody who enters tokens. It is proven before it takes the place of the connection.'
        : 'The service app needs no person. It is proven before it takes the place of the connection, which is then revoked at Webex.',
    ],
    buttons: [
      emphasized(button('Migrate', 'migrate', { ...about, way: 'service_app' })),
      button('Show', 'show', about),
    ],
    typed: md`Type **migrate** with its name and **service app** for the same.`,
  });
}

/** Nobody has added this organization. Where Webex does not name it, `name` is its number, too. */
export function strangerAuthorizedMessage({
  name,
  uuid,
}: {
  readonly name: string;
  readonly uuid: string;
}): CardMessage {
  const isNamed = name !== uuid;
  return message({
    title: `${isNamed ? shownName(name) : `The organization ${uuid}`} has authorized the service app, and has no record`,
    texts: [
      isNamed ? null : 'Webex does not say its name: the app may lack the scope for that.',
      'Add it, and the app connects it without a person.',
    ],
    facts: [{ title: 'Organization Account Number', value: uuid }],
    buttons: [emphasized(button('Add', 'add', { ...(isNamed && { name }), account_number_external: uuid }))],
    typed: md`Type **add** to open the form.`,
  });
}
