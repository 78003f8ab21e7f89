// The page behind a connect link, before Webex's own: who asks for which organization, what is read and why, and how to end it later.

import { renderPage } from '../../http/page.ts';
import { distanceWords, instantWords } from '../../lib/time-words.ts';
import { writesCalling } from '../../webex/scopes.ts';
import { askedScope } from '../scopes.ts';
import { CONTROL_HUB_PATH } from './link-words.ts';
import type { Provider } from './provider.ts';

export interface ConsentPageView {
  readonly provider: Provider;
  readonly organization: {
    readonly name: string;
    readonly account_number_external: string;
    readonly wholesale_status: boolean;
  };
  readonly scopes: readonly string[];
  /** When the link expires. */
  readonly expiresAt: Date;
  readonly now: Date;
  /** The integration's client id. */
  readonly appId: string;
  /** Webex's page, where the one button leads. */
  readonly authorizeUrl: string;
}

/** A page without script, whose button is a plain link: opening it changes nothing, and it works in any browser. */
export function consentPage(view: ConsentPageView): string {
  const { provider, organization, expiresAt, now } = view;
  return renderPage('consent.page', {
    title: `${provider.name} asks for access to ${organization.name}`,
    provider: provider.name,
    contact: provider.contact,
    contactUrl: contactUrl(provider.contact),
    organization: organization.name,
    promise: promiseOf(view),
    signsInAs: organization.wholesale_status
      ? `an administrator of ${provider.name} with wholesale rights`
      : `a full administrator of ${organization.name}`,
    number: organization.account_number_external,
    scopes: view.scopes.map(askedScope),
    expires: { instant: expiresAt.toISOString(), at: instantWords(expiresAt), distance: distanceWords(expiresAt, now) },
    controlHubPath: CONTROL_HUB_PATH,
    appId: view.appId,
    authorizeUrl: view.authorizeUrl,
    eventsPath: null,
  });
}

/** What is changed with this access: as much as the scopes are asked for. */
function promiseOf({ provider, organization, scopes }: ConsentPageView): string {
  const changes = [
    ...(organization.wholesale_status
      ? [`Packages are changed where an administrator of ${provider.name} confirms it`]
      : []),
    ...(scopes.includes(writesCalling)
      ? ['Your people get the default calling behaviour that was agreed with you']
      : []),
  ];
  return changes.length === 0 ? 'Nothing in it is changed.' : `${changes.join('; ')}; nothing else in it is changed.`;
}

/** A contact that can be pressed: an e-mail or a web address. Everything else is text. */
function contactUrl(contact: string | null): string | null {
  if (contact === null) return null;
  if (/^[^\s@<>"]+@[^\s@<>"]+$/.test(contact)) return `mailto:${encodeURIComponent(contact).replace('%40', '@')}`;
  return URL.canParse(contact) && new URL(contact).protocol === 'https:' ? new URL(contact).href : null;
}
