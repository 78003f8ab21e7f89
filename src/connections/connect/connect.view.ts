// The connect link: what whoever asked for it sends on, and to whom.

import { button, emphasized, linkButton } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { lines, link, md, paragraphs } from '../../chat/markdown.ts';
import { type CardMessage, message, type TextMessage } from '../../chat/message.ts';
import { counted, shorten } from '../../lib/text.ts';
import { deadlineWords, instantWords } from '../../lib/time-words.ts';
import { giverWords } from '../giver-words.ts';
import { SERVICE_APPS_PATH } from './link-words.ts';
import type { Provider } from './provider.ts';

const EMAIL_MAX_CHARACTERS = 120;

export interface ConnectView {
  /** Ours. */
  readonly organizationId: string;
  readonly organizationName: string;
  /** The one-time link. */
  readonly url: string;
  readonly expiresAt: Date;
  /** The record is a wholesale customer's: only its service provider can give the grant. */
  readonly isWholesale: boolean;
  /** The record is a partner's, whose grant serves the organizations that it manages. */
  readonly isPartner?: boolean | undefined;
  /** The name of the service app that can hold it instead; null where none can. */
  readonly serviceApp?: string | null;
  /** A service app of the organization's own holds it, or held it before it was lost. */
  readonly isByOwnApp?: boolean;
  /** The record owns the service app. */
  readonly isAppOwner?: boolean;
  /** Who the record says will open the link. */
  readonly adminEmail: string | null;
  readonly now: Date;
}

/** A requested link, or one instead of a transaction that cannot be replayed without a consent. */
export function connectMessage(
  view: ConnectView & {
    readonly insteadOf?: { readonly transactionId: number; readonly why: 'never_stored' | 'lost' } | undefined;
  },
): CardMessage {
  const { insteadOf } = view;
  const why = insteadOf && `Transaction ${insteadOf.transactionId} cannot be replayed: ${reasons[insteadOf.why]}`;
  return linkMessage(`Connect ${shownName(view.organizationName)} to Webex`, view, why);
}

const reasons = {
  never_stored: 'its tokens were never stored, and Webex accepts a consent once. Here is a fresh link.',
  lost: 'its connection is lost. Here is a fresh link.',
};

/** The record has just been saved, and here is the link. */
export function savedMessage(view: ConnectView): CardMessage {
  return linkMessage(`${shownName(view.organizationName)} is saved. Now connect it to Webex.`, view);
}

function linkMessage(title: string, view: ConnectView, why: string | null = null): CardMessage {
  const about = { organization_id: view.organizationId };
  return message({
    title,
    texts: [
      why,
      `${whom(view)} The text to forward is in a message of its own, so that it can be copied whole.`,
      `The link works once, and expires ${deadlineWords(view.expiresAt, view.now)}.`,
      'Are you that administrator yourself? Then open the link here.',
      view.isPartner
        ? 'One consent serves all organizations that this partner manages. Type discover for them once it is given.'
        : null,
      view.isWholesale && !view.isPartner
        ? 'The grant must be the service provider’s: a customer’s own administrator cannot read wholesale.'
        : null,
      view.isAppOwner
        ? 'This organization owns the service app: its grant gets the tokens of every organization that has authorized the app.'
        : null,
      view.serviceApp ? appSteps(view.serviceApp) : null,
      view.isByOwnApp
        ? 'A service app of the organization’s own holds it: new tokens of that app are entered on a page of ours.'
        : null,
    ],
    buttons: [
      // Short, so that a phone shows it whole.
      emphasized(linkButton('Open link', view.url)),
      button('Revoke links', 'revoke_links', about),
      view.serviceApp ? button('App is authorized', 'connect_by_app', about) : null,
      // Where others hang on the grant, a person's consent alone holds it.
      view.isPartner || view.isAppOwner ? null : button('Enter tokens', 'connect_tokens', about),
    ],
    typed: md`Type **connect revoke** with its name to end its open links.`,
  });
}

/** The exact steps in Control Hub (help.webex.com, "Service apps"). */
export const appSteps = (name: string): string =>
  `Or let a service app hold it, which needs no person afterwards: a full administrator of this organization opens Control Hub, ${SERVICE_APPS_PATH} > ${shownName(name)}, and presses Authorize and Save. I hear of that and connect it.`;

function whom({ adminEmail, isWholesale, isPartner = false }: ConnectView): string {
  const who = giverWords({ wholesale_status: isWholesale, servesAsPartner: isPartner }, 'of this organization');
  return adminEmail === null
    ? `Send the link to ${who}. The record names nobody.`
    : `Send the link to ${shorten(adminEmail, EMAIL_MAX_CHARACTERS)}, whom the record names as ${who}.`;
}

/** Several links were asked for at once: whom each of the texts that follow is for. */
export function linksForAllMessage(
  organizations: readonly { readonly id: string; readonly name: string; readonly account_email: string | null }[],
): CardMessage {
  return message({
    title: `${counted(organizations.length, 'link')} to pass on`,
    texts: ['A text to forward follows for each. Each link works once.'],
    blocks: [
      {
        kind: 'rows',
        rows: organizations.map(({ name, account_email: email }) => ({
          name: shownName(name),
          state: `to ${email === null ? 'a full administrator: the record names nobody' : shorten(email, EMAIL_MAX_CHARACTERS)}`,
        })),
      },
    ],
    typed: md`Type **connect revoke** with a name to end its open links.`,
  });
}

/** The text to forward: nothing but what the customer's administrator is to read, without a card, and without times that are relative to now. */
export function forwardMessage({
  organizationName,
  url,
  expiresAt,
  isWholesale,
  isPartner = false,
  provider,
}: Pick<ConnectView, 'organizationName' | 'url' | 'expiresAt' | 'isWholesale' | 'isPartner'> & {
  readonly provider: Provider;
}): TextMessage {
  const { name, contact } = provider;
  const who = giverWords({ wholesale_status: isWholesale, servesAsPartner: isPartner }, 'of the organization');
  return {
    text: paragraphs([
      md`Please give ${name} access to your Webex organization **${shownName(organizationName)}**.`,
      lines([md`Open this link, and sign in on Webex’s own page as ${who}:`, link(url)]),
      md`It works once, until ${instantWords(expiresAt)}. Its page says what is read and why, and how to end the access later.`,
      contact === null ? null : md`Questions? ${contact}`,
    ]),
  };
}

/** Links of an organization were ended by hand. Their number is not said: whoever asks for a link gets one to open and one to forward. */
export function revokedMessage(view: {
  readonly organization: { readonly id: string; readonly name: string };
  readonly count: number;
}): CardMessage {
  const { organization, count } = view;
  const name = shownName(organization.name);
  const about = { organization_id: organization.id };
  return message({
    ...(count > 0 && { mark: '✅' }),
    title:
      count === 0
        ? `${name} has no open connect link`
        : `${count === 1 ? 'The open connect link' : 'All open connect links'} of ${name} ${count === 1 ? 'is' : 'are'} revoked`,
    texts: [
      count === 0
        ? null
        : `Whoever opens ${count === 1 ? 'it' : 'one of them'} reads that it does not work. The connection itself stays as it is.`,
    ],
    buttons: [button('Connect', 'connect', about), button('Show', 'show', about)],
    typed: md`Type **connect** with its name for a new link.`,
  });
}
